/**
 * From values to bytes and back, for any declared message.
 *
 * @module
 */

import { Reader, Writer } from "./cursor.ts";
import {
  frameHeaderBytes,
  maxMessageFromVppBytes,
  maxMessageToVppBytes,
  sealFrame,
} from "./frame_header.ts";
import type { Message } from "./message.ts";
import { u16, u32 } from "./scalars.ts";
import { WireError } from "./wire_error.ts";

/** What stands before the fields of a message. */
export interface Header {
  /** The number by which this VPP knows the message, until it restarts. */
  readonly id: number;
  /** What VPP gave the client at the handshake. */
  readonly clientIndex: number;
  /** What the client wants to know the answer by. */
  readonly context: number;
}

/**
 * The message in its frame, for one write. Only those numbers of the header are used that this
 * kind of message has. The bytes may share their buffer with other messages: do not transfer it.
 *
 * @throws {WireError} A value that its field cannot hold: `bad-value`. More bytes than may be sent:
 * `too-large`.
 */
export function encode<T>(
  message: Message<T>,
  fields: NoInfer<T>,
  header: Header,
): Uint8Array<ArrayBuffer> {
  const writer = new Writer(frameHeaderBytes + headerBytes(message) + message.body.size);
  writer.advance(frameHeaderBytes);
  try {
    u16.write(writer, header.id);
    for (const field of message.header) u32.write(writer, header[field]);
    message.body.write(writer, fields);
    const frame = writer.finish();
    const isRequest = message.kind === "request" || message.kind === "dump";
    sealFrame(frame, isRequest ? maxMessageToVppBytes : maxMessageFromVppBytes);
    return frame;
  } catch (error) {
    throw error instanceof WireError ? error.within(message.name) : error;
  }
}

/**
 * The fields of a message. Bytes behind the last field are ignored: VPP ignores them in requests, and
 * sends one itself, a NUL, behind `get_api_json_reply`. They cannot be fields unknown here, since a
 * message with those would have another CRC.
 *
 * @throws {WireError} The bytes are no such message.
 */
export function decode<T>(message: Message<T>, bytes: Uint8Array): T {
  const reader = new Reader(bytes);
  try {
    reader.advance(headerBytes(message));
    return message.body.read(reader);
  } catch (error) {
    throw error instanceof WireError ? error.within(message.name) : error;
  }
}

/**
 * The header of a message. A number that this kind of message lacks is 0.
 *
 * @throws {WireError} The bytes end before the header does: `short`.
 */
export function decodeHeader(message: Message<unknown>, bytes: Uint8Array): Header {
  const reader = new Reader(bytes);
  try {
    const header = { id: u16.read(reader), clientIndex: 0, context: 0 };
    for (const field of message.header) header[field] = u32.read(reader);
    return header;
  } catch (error) {
    throw error instanceof WireError ? error.within(message.name) : error;
  }
}

/**
 * The id of a message, which tells which one it is.
 *
 * @throws {WireError} Not even an id is there: `short`.
 */
export function messageId(bytes: Uint8Array): number {
  return u16.read(new Reader(bytes));
}

function headerBytes({ header }: Message<unknown>): number {
  return u16.size + u32.size * header.length;
}
