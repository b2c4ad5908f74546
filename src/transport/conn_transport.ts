/**
 * A connection of the runtime's as a transport.
 *
 * @module
 */

import type { Transport } from "./transport.ts";

/** As much as is read at once. */
const readBytes = 64 * 1024;

/** Makes a transport of a TCP or Unix connection, which it owns from then on. */
export function connTransport(conn: Deno.Conn): Transport {
  const buffer = new Uint8Array(readBytes);
  let isClosed = false;
  return {
    read: async () => {
      const length = await conn.read(buffer);
      return length === null ? null : buffer.slice(0, length);
    },
    write: (bytes) => writeAll(conn, bytes),
    close: () => {
      if (isClosed) return;
      isClosed = true;
      conn.close();
    },
  };
}

/** Writes all the bytes, however few the kernel takes at once. */
export async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await conn.write(rest));
}

/** Has small writes sent without delay. */
export function sendAtOnce(conn: Deno.Conn): void {
  if (!("setNoDelay" in conn) || typeof conn.setNoDelay !== "function") return;
  try {
    conn.setNoDelay(true);
  } catch {
    // It is broken already, as the first read or write will tell.
  }
}
