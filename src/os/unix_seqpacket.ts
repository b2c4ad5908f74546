/**
 * Receives the descriptor that a server hands to whoever connects to its Unix socket.
 *
 * VPP gives away its statistics so: on a socket of type SOCK_SEQPACKET it sends one message that has
 * no data and carries one descriptor, and closes. Receiving that returns 0, as the end of the stream
 * does: what counts is whether a descriptor came with it.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { closeDescriptor, isReadable, openSocket } from "./descriptor.ts";
import {
  AF_UNIX,
  CMSGHDR,
  INT_BYTES,
  MSG_CMSG_CLOEXEC,
  MSG_CTRUNC,
  SCM_RIGHTS,
  SOCK_SEQPACKET,
  SOL_SOCKET,
} from "./layout.ts";
import { lastError, libc } from "./libc.ts";
import { type ControlKind, controlLength, holdsControl, messages } from "./message.ts";
import { unixAddress } from "./unix_address.ts";

/** The socket of {@link receiveDescriptor} and of the listener that serves it. */
export const seqpacket = { family: AF_UNIX, type: SOCK_SEQPACKET } as const;

/** The control message that carries descriptors. */
export const rights: ControlKind = { level: SOL_SOCKET, type: SCM_RIGHTS };

/**
 * How much room a descriptor takes. Without the padding that a control message has at its end: in
 * it the kernel would put a second descriptor, if one were sent, and nobody would close that.
 */
export const rightsLength = controlLength(INT_BYTES);

/** Options of {@link receiveDescriptor}. */
export interface ReceiveDescriptorOptions {
  readonly clock: Clock;
  /** How long to wait, for room in the server's queue and for its message. */
  readonly timeoutMs: number;
  /** Ends the wait early. Default: nothing does. */
  readonly signal?: AbortSignal | undefined;
}

/** The server was reached, and no descriptor came. */
export class DescriptorError extends Error {
  override readonly name = "DescriptorError";
  /**
   * The server closed at once, sent something else, or sent nothing in time; or it sent one, and this
   * process could not take it.
   */
  readonly code: "CLOSED" | "UNEXPECTED" | "TIMEOUT" | "NOT_TAKEN";

  constructor(code: DescriptorError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** A look at a socket costs some microseconds, an answer of VPP takes 3 to 20 ms. */
const LOOK_EVERY_MS = 2;

/**
 * Connects to a Unix socket and resolves to the descriptor that the server sends, which the caller
 * then owns. Rejects with the signal's reason as soon as it aborts. The event loop is never blocked.
 *
 * @throws {OsError} There is no such socket, nobody listens on it, or it may not be used.
 * @throws {DescriptorError} No descriptor came, or something else did.
 * @throws {RangeError} The path cannot be that of a socket.
 */
export async function receiveDescriptor(
  path: string,
  { clock, timeoutMs, signal }: ReceiveDescriptorOptions,
): Promise<number> {
  const address = unixAddress(path);
  const deadlineMs = clock.monotonic() + timeoutMs;
  const wait = async () => {
    const remainingMs = deadlineMs - clock.monotonic();
    if (remainingMs <= 0) {
      throw new DescriptorError("TIMEOUT", `${path}: no answer within ${timeoutMs} ms`);
    }
    await clock.sleep(Math.min(LOOK_EVERY_MS, remainingMs), { signal });
  };
  signal?.throwIfAborted();
  const socket = openSocket(seqpacket, path);
  try {
    while (!connect(socket, address, path)) await wait();
    while (!isReadable(socket)) await wait();
    return receive(socket, path);
  } finally {
    closeDescriptor(socket);
  }
}

/** Whether it is connected. It is not yet if the server's queue is full. */
function connect(socket: number, address: Uint8Array<ArrayBuffer>, path: string): boolean {
  if (libc().connect(socket, address, address.length) === 0) return true;
  const error = lastError("connect", path);
  if (error.code !== "EAGAIN") throw error;
  return false;
}

function receive(socket: number, path: string): number {
  const [message] = messages(1, { name: 0, data: 1, control: rightsLength }).each;
  const length = libc().recvmsg(socket, message.header, MSG_CMSG_CLOEXEC);
  if (length < 0) throw lastError("recvmsg", path);
  const { control, flags } = message.received();
  const isCutOff = (flags & MSG_CTRUNC) !== 0;
  if (holdsControl(message.control, control, rights, INT_BYTES)) {
    const descriptor = message.control.view.getInt32(CMSGHDR.data, true);
    if (!isCutOff) return descriptor;
    closeDescriptor(descriptor);
    throw new DescriptorError("UNEXPECTED", `${path}: sent more than one descriptor`);
  }
  if (isCutOff) {
    const reason = "perhaps because too many files are open";
    throw new DescriptorError("NOT_TAKEN", `${path}: its descriptor could not be taken, ${reason}`);
  }
  if (length > 0) throw new DescriptorError("UNEXPECTED", `${path}: sent data, no descriptor`);
  throw new DescriptorError("CLOSED", `${path}: closed without sending a descriptor`);
}
