/**
 * A service manager for tests: a datagram socket that keeps what it is told.
 *
 * @module
 */

import { closeDescriptor, isReadable, openSocket } from "../src/os/descriptor.ts";
import { AF_UNIX, SOCK_DGRAM } from "../src/os/layout.ts";
import { libc, succeeded } from "../src/os/libc.ts";
import { unixAddress } from "../src/os/unix_address.ts";

/** A socket that messages are sent to. */
export interface NotifySocket {
  /** All messages so far. */
  received(): readonly string[];
  close(): void;
}

/** Listens at a path that is free. */
export function listenForNotifications(path: string): NotifySocket {
  const address = unixAddress(path);
  const socket = openSocket({ family: AF_UNIX, type: SOCK_DGRAM }, path);
  succeeded(libc().bind(socket, address, address.length), "bind", path);
  const messages: string[] = [];
  const buffer = new Uint8Array(4096);
  return {
    received: () => {
      while (isReadable(socket)) {
        const length = succeeded(libc().recv(socket, buffer, 4096n, 0), "recv", path);
        messages.push(new TextDecoder().decode(buffer.subarray(0, length)));
      }
      return messages;
    },
    close: () => closeDescriptor(socket),
  };
}
