/**
 * What the tests of TCP sockets share: servers, and waiting.
 *
 * @module
 */

import { systemClock } from "../clock.ts";
import type { Family } from "../config/mod.ts";
import { openPoller, type Poller, type Readiness } from "./poller.ts";
import { type TcpEndpoint, tcpEndpoint } from "./tcp_socket.ts";

/** The loopback address of each family. */
export const loopbacks: Readonly<Record<Family, Uint8Array>> = {
  4: Uint8Array.of(127, 0, 0, 1),
  6: Uint8Array.of(...new Array<number>(15).fill(0), 1),
};

/** Runs a test with a poller and a server on a loopback address. */
export async function withServer(
  family: Family,
  test: (scene: { poller: Poller; listener: Deno.TcpListener; to: TcpEndpoint }) => Promise<void>,
): Promise<void> {
  const hostname = family === 4 ? "127.0.0.1" : "::1";
  using listener = Deno.listen({ hostname, port: 0 });
  const to = tcpEndpoint(family, loopbacks[family], listener.addr.port);
  await withPoller((poller) => test({ poller, listener, to }));
}

/** Runs a test with a poller. */
export async function withPoller(test: (poller: Poller) => Promise<void>): Promise<void> {
  const poller = openPoller(systemClock);
  try {
    await test(poller);
  } finally {
    await poller.close();
  }
}

/** Resolves once a descriptor is ready. */
export function ready(poller: Poller, descriptor: number, readiness: Readiness): Promise<void> {
  return new Promise((resolve) => {
    const watch = poller.watch(descriptor, readiness, () => {
      watch.stop();
      resolve();
    });
  });
}
