/**
 * Calls as bytes, right or wrong as a test wants them.
 *
 * @module
 */

import { flags, frame, joined, message, text } from "./frames.ts";
import { type Fields, writeFields } from "./header_block.ts";

/** The header fields of a call, in which a test can change what it likes. */
export function callFields(
  path: string,
  changes: Readonly<Record<string, string | null>> = {},
): Fields {
  const usual: Record<string, string | null> = {
    ":method": "POST",
    ":scheme": "http",
    ":path": path,
    ":authority": "test",
    "content-type": "application/grpc",
    te: "trailers",
    ...changes,
  };
  return Object.entries(usual).flatMap(([name, value]) => value === null ? [] : [[name, value]]);
}

/** The bytes of a HEADERS frame. */
export function headers(
  stream: number,
  fields: Fields,
  set: number = flags.endHeaders,
): Uint8Array<ArrayBuffer> {
  return frame("headers", { stream, flags: set, payload: writeFields(fields) });
}

/** The bytes of a whole call. */
export function callBytes(
  stream: number,
  path: string,
  body: Uint8Array = message(new Uint8Array()),
): Uint8Array<ArrayBuffer> {
  return joined(
    headers(stream, callFields(path)),
    frame("data", { stream, flags: flags.endStream, payload: body }),
  );
}

/** The request of GetBackend, PauseBackend and their like. */
export function named(name: string): Uint8Array<ArrayBuffer> {
  const bytes = text(name);
  return message(joined(new Uint8Array([0x0a, bytes.length]), bytes));
}
