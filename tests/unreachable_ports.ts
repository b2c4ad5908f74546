/**
 * Ports to which no connection comes about.
 *
 * @module
 */

import type { TestPort } from "./probed_server.ts";

/**
 * A port with a listener whose queue is full: the kernel answers nothing, and a client waits until it
 * gives up.
 */
export async function startFullBacklog(address = "127.0.0.1"): Promise<TestPort> {
  const { listener, connection } = await connectedWithoutAccept(address);
  return untilClosed(listener.addr, [connection, listener]);
}

/**
 * A port on which nobody listens: a client is refused. It is the local port of a connection, because
 * the kernel gives such a port to nobody else meanwhile, as it would if it were free.
 */
export async function startRefusing(address = "127.0.0.1"): Promise<TestPort> {
  const { listener, connection } = await connectedWithoutAccept(address);
  return untilClosed(connection.localAddr, [connection, listener]);
}

/** Linux queues one connection more than it was told to, so this one fills the queue. */
async function connectedWithoutAccept(address: string): Promise<Connected> {
  const listener = Deno.listen({ hostname: address, port: 0, tcpBacklog: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  return { listener, connection: await Deno.connect({ hostname: address, port }) };
}

interface Connected {
  readonly listener: Deno.Listener;
  readonly connection: Deno.Conn;
}

function untilClosed(place: Deno.Addr, held: { close(): void }[]): TestPort {
  const { hostname: address, port } = place as Deno.NetAddr;
  const close = () => {
    for (const resource of held.splice(0)) resource.close();
    return Promise.resolve();
  };
  return { address, port, close, [Symbol.asyncDispose]: close };
}
