/**
 * A connection as a stream of Node's kind, which the runtime's TLS can stand on.
 *
 * Sockets of Node's kind would do so too, but their listener is lost for good when descriptors run out
 * once. And TLS on top of a stream takes in all that comes, read or not: so whoever reads from the TLS
 * end says when more may be taken in.
 *
 * @module
 */

import { Duplex } from "node:stream";
import { writeAll } from "./conn_transport.ts";

/** A connection as a stream. Destroying it closes the connection. */
export interface ConnStream {
  readonly stream: Duplex;
  /** Takes in nothing more than what is being read already. */
  pause(): void;
  /** Takes in again. */
  resume(): void;
}

/** As much as is read at once. */
const readBytes = 64 * 1024;

/** Makes a stream of a connection, which it owns from then on. */
export function connStream(conn: Deno.Conn): ConnStream {
  const buffer = new Uint8Array(readBytes);
  let isPaused = false;
  let isWanted = false;

  const read = async () => {
    isWanted = false;
    try {
      const length = await conn.read(buffer);
      stream.push(length === null ? null : buffer.slice(0, length));
    } catch (error) {
      stream.destroy(asError(error));
    }
  };
  const stream: Duplex = new Duplex({
    read: () => {
      isWanted = true;
      if (!isPaused) void read();
    },
    write: (bytes: Uint8Array, _encoding, done) => {
      writeAll(conn, bytes).then(() => done(), done);
    },
    final: (done) => {
      conn.closeWrite().then(() => done(), () => done());
    },
    destroy: (error, done) => {
      conn.close();
      done(error);
    },
  });
  return {
    stream,
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
      if (isWanted) void read();
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
