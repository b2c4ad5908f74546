/**
 * Descriptors: the numbers that stand for open files and sockets. Whoever gets one closes it, once.
 *
 * @module
 */

import {
  EINTR,
  INT_BYTES,
  POLLFD,
  POLLHUP,
  POLLIN,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOL_SOCKET,
} from "./layout.ts";
import { lastErrno, libc, succeeded } from "./libc.ts";

/** Takes the place of a descriptor that was closed: the kernel knows no such file. */
export const CLOSED = -1;

/**
 * Closes a descriptor. The number may be that of another file from now on.
 *
 * @throws {OsError} It was closed already, which is a fault of the caller.
 */
export function closeDescriptor(descriptor: number): void {
  succeeded(libc().close(descriptor), "close", "");
}

/** Hands a descriptor to what works with it, and closes it when that throws. */
export function closeOnError<T>(descriptor: number, act: (descriptor: number) => T): T {
  try {
    return act(descriptor);
  } catch (error) {
    closeDescriptor(descriptor);
    throw error;
  }
}

/** What kind of socket to open, in the numbers of layout.ts. */
export interface SocketKind {
  readonly family: number;
  readonly type: number;
  /** Default: the only one, or the usual one, of family and type. */
  readonly protocol?: number;
}

/**
 * Opens a socket that never blocks and is not inherited by other programs.
 *
 * @throws {OsError} The kernel does not have it (`EAFNOSUPPORT`, …) or does not allow it (`EPERM`, …).
 */
export function openSocket({ family, type, protocol = 0 }: SocketKind, subject: string): number {
  const flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
  return succeeded(libc().socket(family, type | flags, protocol), "socket", subject);
}

/**
 * Sets an option of sockets in general that is an `int`.
 *
 * @throws {OsError} The socket does not take it.
 */
export function setSocketOption(
  descriptor: number,
  option: { readonly name: number; readonly value: number },
  subject: string,
): void {
  const value = new DataView(new ArrayBuffer(INT_BYTES));
  value.setInt32(0, option.value, true);
  succeeded(
    libc().setsockopt(descriptor, SOL_SOCKET, option.name, value, INT_BYTES),
    "setsockopt",
    subject,
  );
}

const pollfd = new DataView(new ArrayBuffer(POLLFD.bytes));

/**
 * Whether reading from it, or accepting, leads to something now: data, a connection, the end, or an
 * error. Asking first tells "nothing yet" from a failure without a look at `errno`.
 */
export function isReadable(descriptor: number): boolean {
  return poll(descriptor, POLLIN) !== 0;
}

/** Whether a socket is neither connected nor about to be. */
export function isHungUp(descriptor: number): boolean {
  return (poll(descriptor, 0) & POLLHUP) !== 0;
}

/** What a descriptor is ready for, of what is asked and of what needs no asking. */
function poll(descriptor: number, events: number): number {
  pollfd.setInt32(POLLFD.descriptor, descriptor, true);
  pollfd.setInt16(POLLFD.events, events, true);
  return pollNow(pollfd, 1) === 0 ? 0 : pollfd.getInt16(POLLFD.found, true);
}

/**
 * Looks which of some sockets are ready, and returns how many. A signal that comes at that moment
 * interrupts even a look that does not wait: then another look is taken.
 */
export function pollNow(
  polled: BufferSource & ArrayBufferView<ArrayBuffer>,
  count: number,
): number {
  let found: number;
  do found = libc().poll(polled, BigInt(count), 0); while (found < 0 && lastErrno() === EINTR);
  return succeeded(found, "poll", "");
}
