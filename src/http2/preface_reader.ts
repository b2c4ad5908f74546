/**
 * How a server finds out whether it is spoken to in HTTP/2.
 *
 * @module
 */

import { ConnectionError } from "./error_code.ts";
import { preface } from "./frame.ts";

/** Reads what a client has to say before its first frame. */
export interface PrefaceReader {
  /** Whether all of it has come. */
  readonly isDone: boolean;
  /**
   * Takes it off what came, and gives the rest.
   *
   * @throws {ConnectionError} It is something else.
   */
  take(bytes: Uint8Array): Uint8Array;
}

/** Makes a reader. */
export function prefaceReader(): PrefaceReader {
  let left = preface;
  return {
    get isDone() {
      return left.length === 0;
    },
    take(bytes) {
      const length = Math.min(bytes.length, left.length);
      if (left.subarray(0, length).some((byte, index) => byte !== bytes[index])) {
        throw new ConnectionError("PROTOCOL_ERROR", "this is not HTTP/2");
      }
      left = left.subarray(length);
      return bytes.subarray(length);
    },
  };
}

/** The first byte of TLS. */
const tlsHandshake = 0x16;

/**
 * What those get who speak an older HTTP, or TLS where there is none, so that they can tell where they
 * are: TLS sees that it is not answered in kind.
 */
export const plainAnswer: Uint8Array = new TextEncoder().encode(
  "HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n" +
    "This port is for gRPC, which needs HTTP/2.\n",
);

/** Whether somebody speaks an older HTTP, or TLS. */
export function isMistaken(bytes: Uint8Array): boolean {
  return bytes[0] === tlsHandshake ||
    /^[A-Z]{3,7} \//.test(String.fromCharCode(...bytes.subarray(0, 9)));
}
