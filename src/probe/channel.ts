/**
 * What a request goes out on and its answer comes in by, encrypted or not.
 *
 * @module
 */

import { OsError, receiveBytes, sendBytes } from "../os/mod.ts";
import type { Connection } from "./connection.ts";

/** Sends bytes to a server. */
export interface Channel {
  /** Sends a request. Called once. */
  send(bytes: Uint8Array<ArrayBuffer>): void;
}

/** Hears what comes from a server. */
export interface Listener {
  /** Something arrived. The bytes are good for the length of the call. */
  received(bytes: Uint8Array): void;
  /** The server has said all it has to say. */
  ended(): void;
  /** The connection broke. */
  failed(error: ChannelError): void;
}

/** Why a connection broke. */
export interface ChannelError {
  readonly code?: string | undefined;
  readonly message: string;
}

/** What all plain channels read into, one after the other. */
const room = new Uint8Array(64 * 1024);

/** A channel over the connection as it is. */
export function plainChannel(connection: Connection, listener: Listener): Channel {
  const { descriptor, watch, onReady } = connection;

  const receive = () => {
    const count = receiveBytes(descriptor, room);
    if (count === undefined) return;
    if (count instanceof OsError) listener.failed(count);
    else if (count === 0) listener.ended();
    else listener.received(room.subarray(0, count));
  };

  const send = (bytes: Uint8Array<ArrayBuffer>) => {
    const sent = sendBytes(descriptor, bytes);
    if (sent instanceof OsError) return listener.failed(sent);
    if (sent < bytes.length) return onReady(() => send(bytes.subarray(sent)));
    watch.change("readable");
    onReady(receive);
  };
  return { send };
}
