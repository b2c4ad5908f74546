/**
 * The TLS end of a connection as a transport.
 *
 * @module
 */

import type { TLSSocket } from "node:tls";
import type { ConnStream } from "./conn_stream.ts";
import type { Transport } from "./transport.ts";

/** With more than this unread, nothing more is taken in. */
const mostUnreadBytes = 64 * 1024;

/** Options of {@link tlsTransport}. */
export interface TlsTransportOptions {
  readonly socket: TLSSocket;
  /** What the socket stands on. */
  readonly below: ConnStream;
  /** Puts errors into words. Default: they stay as they are. */
  readonly explain?: (error: Error) => Error;
}

/** Makes a transport of a TLS socket whose handshake is done, and which it owns from then on. */
export function tlsTransport(
  { socket, below, explain = (error) => error }: TlsTransportOptions,
): Transport {
  const unread: Uint8Array[] = [];
  let unreadBytes = 0;
  let hasEnded = false;
  let failure: Error | undefined;
  let wake = () => {};

  const fail = (error: Error) => {
    failure ??= error;
    socket.destroy();
    below.stream.destroy();
    wake();
  };
  for (const stream of [socket, below.stream]) {
    stream.on("error", (error: Error) => fail(explain(error)));
    stream.on("close", () => fail(new Error("the connection is closed")));
  }
  socket.on("end", () => {
    hasEnded = true;
    wake();
  });
  socket.on("data", ({ buffer, byteOffset, byteLength }: Uint8Array) => {
    unread.push(new Uint8Array(buffer, byteOffset, byteLength));
    unreadBytes += byteLength;
    if (unreadBytes > mostUnreadBytes) below.pause();
    wake();
  });

  const read = async (): Promise<Uint8Array | null> => {
    for (;;) {
      const bytes = unread.shift();
      if (bytes !== undefined) {
        unreadBytes -= bytes.length;
        if (unreadBytes <= mostUnreadBytes) below.resume();
        return bytes;
      }
      if (hasEnded) return null;
      if (failure !== undefined) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      socket.write(bytes, (error) => error ? reject(failure ?? error) : resolve());
    });

  const close = () => {
    unread.length = 0;
    hasEnded = false;
    fail(new Error("the connection was closed here"));
  };
  return { read, write, close };
}
