/**
 * Tells the service manager how the service is: systemd's protocol of one datagram a message.
 *
 * @module
 */

import { closeDescriptor, openSocket } from "./descriptor.ts";
import { AF_UNIX, MSG_NOSIGNAL, SOCK_DGRAM } from "./layout.ts";
import { lastError, libc } from "./libc.ts";
import type { OsError } from "./os_error.ts";
import { unixAddress } from "./unix_address.ts";

/**
 * Sends one message, such as `READY=1`, to the socket that the environment variable NOTIFY_SOCKET
 * names: a path, or an abstract name after `@`. Never waits. Returns the error if the message could
 * not be sent: nobody is there, or the reader is far behind.
 *
 * @throws {OsError} No socket can be opened at all.
 * @throws {RangeError} The address cannot be that of a socket.
 */
export function sendNotification(address: string, message: string): OsError | undefined {
  const to = unixAddress(address);
  const bytes = new TextEncoder().encode(message);
  const socket = openSocket({ family: AF_UNIX, type: SOCK_DGRAM }, address);
  try {
    const sent = libc().sendto(socket, bytes, BigInt(bytes.length), MSG_NOSIGNAL, to, to.length);
    return sent < 0 ? lastError("sendto", address) : undefined;
  } finally {
    closeDescriptor(socket);
  }
}
