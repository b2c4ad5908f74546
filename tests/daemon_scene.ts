/**
 * What tests of the daemon's process have in common.
 *
 * @module
 */

import { type DaemonProcessOptions, type RunningDaemon, withDaemon } from "./daemon_process.ts";
import { until } from "./vpp_under_test.ts";

/** A file with one backend, which nothing answers for, probed twenty times a second. */
export const smallConfig = (weight = 100): string =>
  `maglev:
  healthchecks:
    web: { type: tcp, port: 9, interval: 50ms, timeout: 500ms }
  backends:
    web1: { address: 127.0.0.1, healthcheck: web }
  frontends:
    www:
      address: 198.51.100.1
      protocol: tcp
      port: 80
      pools: [{ name: primary, backends: { web1: { weight: ${weight} } } }]
  vpp: { lb: { ipv4-src-address: 192.0.2.1, ipv6-src-address: "2001:db8::1" } }
`;

/** The flags of a daemon that needs nothing but its file, and listens for metrics on some port. */
export const aloneFlags: readonly string[] = [
  ...["--vpp-api-addr", "", "--grpc-addr", "", "--metrics-addr", "127.0.0.1:0"],
];

/** Runs a test in a folder of its own, with a file that holds {@link smallConfig}. */
export async function withConfigFile(test: (file: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/maglev.yaml`;
  await Deno.writeTextFile(file, smallConfig());
  try {
    await test(file);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs a test with a daemon that has started. */
export async function withStartedDaemon(
  file: string,
  test: (daemon: RunningDaemon) => Promise<void>,
  options?: DaemonProcessOptions,
): Promise<void> {
  await withDaemon(["--config", file, ...aloneFlags], async (daemon) => {
    await untilLogged(daemon, "listening");
    await test(daemon);
  }, options);
}

/** Waits until the daemon has logged something so often. */
export async function untilLogged(daemon: RunningDaemon, msg: string, times = 1): Promise<void> {
  await until(() => countLogged(daemon, msg) >= times, `no ${times} ${msg}`);
}

/** How often the daemon has logged something. */
export function countLogged({ lines }: RunningDaemon, msg: string): number {
  return lines.filter((line) => line.msg === msg).length;
}

/** The names of what the daemon logged, in order. */
export function namesIn({ lines }: RunningDaemon): unknown[] {
  return lines.map(({ msg }) => msg);
}
