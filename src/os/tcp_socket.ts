/**
 * TCP connections that a {@link Poller} waits for, each from an address of choice. They end with a
 * reset: an orderly end leaves the port taken for a minute, and probes would run out of ports.
 *
 * @module
 */

import type { Family } from "../config/mod.ts";
import { closeOnError, isHungUp, openSocket } from "./descriptor.ts";
import { familyNumber, putSocketAddress, socketAddressLength } from "./ip_socket_address.ts";
import {
  EAGAIN,
  EINPROGRESS,
  INT_BYTES,
  IP_BIND_ADDRESS_NO_PORT,
  IPPROTO_IP,
  MSG_NOSIGNAL,
  SO_ERROR,
  SO_LINGER,
  SOCK_STREAM,
  SOCKADDR_IN,
  SOL_SOCKET,
} from "./layout.ts";
import { lastErrno, libc, succeeded } from "./libc.ts";
import { OsError } from "./os_error.ts";

/** One end of a connection, in the form that the kernel takes. */
export interface TcpEndpoint {
  readonly family: Family;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * An address, as its 4 or 16 bytes, with a port; 0 where the kernel is to choose one.
 *
 * @throws {RangeError} The address is not one of the family.
 */
export function tcpEndpoint(family: Family, address: Uint8Array, port: number): TcpEndpoint {
  const bytes = new Uint8Array(socketAddressLength(family));
  const view = new DataView(bytes.buffer);
  putSocketAddress({ bytes, view }, family, address);
  // Both families have the port in the same place.
  view.setUint16(SOCKADDR_IN.port, port);
  return { family, bytes };
}

/** `struct linger`: on, for no time. */
const lingerNot = Int32Array.of(1, 0);
const one = Int32Array.of(1);
const found = Int32Array.of(0);
const foundBytes = Uint32Array.of(INT_BYTES);

/**
 * Begins to connect, in the network namespace that the thread is in, and returns the descriptor. It
 * becomes writable when {@link connectionError} knows how that went.
 *
 * @throws {OsError} It failed at once: no route, a source that is not an address of this machine (the
 * `syscall` is then `bind`), or too many open files (`socket`).
 */
export function startTcpConnection(to: TcpEndpoint, from?: TcpEndpoint): number {
  const opened = openSocket({ family: familyNumber(to.family), type: SOCK_STREAM }, "");
  return closeOnError(opened, (descriptor) => {
    const c = libc();
    c.setsockopt(descriptor, SOL_SOCKET, SO_LINGER, lingerNot, lingerNot.byteLength);
    if (from !== undefined) {
      // Without this the kernel looks for a port that no other connection has, not just none to there.
      c.setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, one, one.byteLength);
      succeeded(c.bind(descriptor, from.bytes, from.bytes.length), "bind", "");
    }
    if (c.connect(descriptor, to.bytes, to.bytes.length) < 0) {
      const errno = lastErrno();
      // The number may be another's; whether the socket is still at it is beyond doubt.
      if (errno !== EINPROGRESS && isHungUp(descriptor)) throw new OsError(errno, "connect", "");
    }
    return descriptor;
  });
}

/** Why a connection failed, or undefined if it stands. Asked once, after the socket became ready. */
export function connectionError(descriptor: number): OsError | undefined {
  foundBytes[0] = INT_BYTES;
  succeeded(
    libc().getsockopt(descriptor, SOL_SOCKET, SO_ERROR, found, foundBytes),
    "getsockopt",
    "",
  );
  const [errno = 0] = found;
  return errno === 0 ? undefined : new OsError(errno, "connect", "");
}

/** Sends what the kernel takes at present, and returns how many bytes that was. */
export function sendBytes(descriptor: number, bytes: Uint8Array<ArrayBuffer>): number | OsError {
  const sent = libc().send(descriptor, bytes, BigInt(bytes.length), MSG_NOSIGNAL);
  return sent < 0 ? failure("send", 0) : sent;
}

/**
 * Takes what has arrived, as far as there is room for it. Returns how many bytes that was, 0 when the
 * other side has ended the connection, and undefined if there is nothing yet.
 */
export function receiveBytes(
  descriptor: number,
  room: Uint8Array<ArrayBuffer>,
): number | OsError | undefined {
  const received = libc().recv(descriptor, room, BigInt(room.length), 0);
  return received < 0 ? failure("recv", undefined) : received;
}

/** Why a call failed, or what stands for "not now". */
function failure<T>(syscall: string, notNow: T): OsError | T {
  const errno = lastErrno();
  return errno === EAGAIN ? notNow : new OsError(errno, syscall, "");
}
