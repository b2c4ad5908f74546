/**
 * The site of the demo: what its daemon is told, and what its clients do.
 *
 * @module
 */
import type { Offer } from "../../vpp/sim/server.ts";
import type { Pace } from "./pace.ts";

/** The web servers, by name: real ones, at addresses that only this machine has. */
export const serverAddresses = {
  app1: "127.0.0.11",
  app2: "127.0.0.12",
  app3: "127.0.0.13",
  spare: "127.0.0.14",
} as const;

/** The name of a web server. */
export type ServerName = keyof typeof serverAddresses;

/** The frontend's name. */
export const frontendName = "www";

/** The frontend's service, which no packet reaches but the simulated ones. */
export const service = { address: "198.51.100.1", protocol: "tcp", port: 80 } as const;

/** What clients do once they come; many flows at a time, so that their numbers are near the weights. */
export const offer: Offer = {
  newFlowsPerSecond: 200,
  packetsPerFlowPerSecond: 5,
  flowSeconds: 6,
  packetBytes: 400,
  clients: 10_000,
};

/**
 * The configuration file. VPP counts an entry of its flow table until another flow takes its place: the
 * table is small, so that this is soon.
 */
export function siteConfiguration(port: number, { interval, fastInterval }: Pace): string {
  const backends = Object.entries(serverAddresses).map(([name, address]) =>
    `    ${name}: { address: ${address}, healthcheck: web }`
  );
  return `maglev:
  healthchecks:
    web:
      type: http
      port: ${port}
      params: { path: /healthz, response-code: "200" }
      interval: ${interval}
      fast-interval: ${fastInterval}
      down-interval: ${interval}
      timeout: 1s
      rise: 2
      fall: 3
  backends:
${backends.join("\n")}
  frontends:
    ${frontendName}:
      address: ${service.address}
      protocol: ${service.protocol}
      port: ${service.port}
      flow-table-length: 1024
      pools:
        - { name: primary, backends: { app1: { weight: 100 }, app2: { weight: 50 }, app3: { weight: 50 } } }
        - { name: standby, backends: { spare: { weight: 100 } } }
  vpp:
    lb:
      ipv4-src-address: 192.0.2.1
      ipv6-src-address: "2001:db8::1"
      sticky-buckets-per-core: 1024
      flow-timeout: 2s
      startup-min-delay: 0s
      startup-max-delay: 0s
`;
}
