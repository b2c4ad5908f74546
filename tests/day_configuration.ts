/**
 * The site of the daemon's day: its servers, and the two files that it is reloaded to and from.
 *
 * @module
 */

/** Servers by name: `web` are probed over TCP every 5 s, `app` over HTTP every 20 s. */
export const dayServers = {
  web1: { address: "127.0.0.11", speaks: "tcp" },
  web2: { address: "127.0.0.12", speaks: "tcp" },
  web3: { address: "127.0.0.13", speaks: "tcp" },
  web4: { address: "127.0.0.14", speaks: "tcp" },
  web5: { address: "127.0.0.15", speaks: "tcp" },
  app1: { address: "127.0.0.21", speaks: "http" },
  app2: { address: "127.0.0.22", speaks: "http" },
} as const;

/** The name of a server. */
export type DayServer = keyof typeof dayServers;

/** The servers' names. */
export const dayServerNames = Object.keys(dayServers) as DayServer[];

/** The file that the day begins with, or the other one: it has more, and other weights. */
export function dayConfiguration(port: number, version: "first" | "second"): string {
  const isFirst = version === "first";
  const backend = (name: DayServer) =>
    `    ${name}: { address: ${dayServers[name].address}, healthcheck: ${name.slice(0, 3)} }\n`;
  const backends = dayServerNames.filter((name) => !isFirst || name !== "web5").map(backend);
  const more = isFirst ? "" : `    more:
      address: 198.51.100.3
      pools: [{ name: all, backends: { web3: {}, app1: {} } }]
`;
  return `maglev:
  healthchecks:
    web: { type: tcp, port: ${port}, interval: 5s, timeout: 1s, rise: 2, fall: 3 }
    app:
      type: http
      port: ${port}
      interval: 20s
      fast-interval: 5s
      timeout: 100ms
      rise: 1
      fall: 2
  backends:
${backends.join("")}    sorry: { address: 10.0.9.1 }
  frontends:
    www:
      address: 198.51.100.1
      protocol: tcp
      port: 80
      pools:
        - name: primary
          backends: { web1: { weight: ${isFirst ? 100 : 40} }, web2: {}${
    isFirst ? "" : ", web5: {}"
  } }
        - { name: last-resort, backends: { web3: {}, web4: {} } }
    api:
      address: 2001:db8::1
      protocol: tcp
      port: 443
      flush-on-down: false
      pools:
        - { name: primary, backends: { app1: {}, app2: {} } }
        - { name: last-resort, backends: { sorry: {} } }
${more}  vpp:
    lb:
      ipv4-src-address: 192.0.2.1
      ipv6-src-address: "2001:db8::2"
      sticky-buckets-per-core: 1024
`;
}
