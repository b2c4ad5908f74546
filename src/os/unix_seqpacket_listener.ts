/**
 * The other side of {@link receiveDescriptor}: a Unix socket that hands out descriptors. It is what a
 * simulated VPP has where the real one has its statistics.
 *
 * @module
 */

import type { Clock, Timer } from "../clock.ts";
import { CLOSED, closeDescriptor, closeOnError, isReadable, openSocket } from "./descriptor.ts";
import { CMSGHDR, INT_BYTES, MSG_NOSIGNAL, SOCK_CLOEXEC, SOCK_NONBLOCK } from "./layout.ts";
import { lastError, libc, succeeded } from "./libc.ts";
import { messages, putControl } from "./message.ts";
import type { OsError } from "./os_error.ts";
import { unixAddress } from "./unix_address.ts";
import { rights, rightsLength, seqpacket } from "./unix_seqpacket.ts";

/** A client that connected. */
export interface SeqpacketConnection {
  /**
   * Sends a message without data that carries the descriptor, which stays open here. Returns the
   * error if that is not possible, because the client has gone away for example.
   */
  sendDescriptor(descriptor: number): OsError | undefined;
  /** Closes the connection. Harmless a second time. */
  close(): void;
}

/** Options of {@link listenSeqpacket}. */
export interface SeqpacketListenerOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Takes each connection, and closes it when it has no more use for it. */
  readonly onConnection: (connection: SeqpacketConnection) => void;
}

/** A socket that clients can connect to. */
export interface SeqpacketListener {
  /** Stops listening and removes the path. Connections stay. Harmless a second time. */
  close(): void;
}

/** VPP answers within 3 to 20 ms. */
const ACCEPT_EVERY_MS = 2;

/** How many clients can wait to be accepted, and are accepted at a time. */
const BACKLOG = 16;

/**
 * Listens on a path. A socket file that nobody listens on any more is replaced.
 *
 * @throws {OsError} Somebody listens there (`EADDRINUSE`), there is a file that is no such socket
 * (likewise), or the folder is not there or not writable.
 * @throws {RangeError} The path cannot be that of a socket.
 */
export function listenSeqpacket(options: SeqpacketListenerOptions): SeqpacketListener {
  const { path, clock, onConnection } = options;
  const address = unixAddress(path);
  if (isAbandoned(path, address)) Deno.removeSync(path);
  const socket = closeOnError(openSocket(seqpacket, path), (socket) => {
    succeeded(libc().bind(socket, address, address.length), "bind", path);
    succeeded(libc().listen(socket, BACKLOG), "listen", path);
    return socket;
  });

  let timer: Timer | undefined;
  const acceptLater = () => {
    timer = clock.setTimer(ACCEPT_EVERY_MS, () => {
      acceptLater();
      for (const connection of accepted(socket)) onConnection(connection);
    });
  };
  acceptLater();
  const close = () => {
    if (timer === undefined) return;
    timer.cancel();
    timer = undefined;
    closeDescriptor(socket);
    removeIfThere(path);
  };
  return { close };
}

/** Whether there is a socket file on which nobody listens. In doubt it is not. */
function isAbandoned(path: string, address: Uint8Array<ArrayBuffer>): boolean {
  if (!isSocket(path)) return false;
  const socket = openSocket(seqpacket, path);
  try {
    const refused = libc().connect(socket, address, address.length) < 0;
    return refused && lastError("connect", path).code === "ECONNREFUSED";
  } finally {
    closeDescriptor(socket);
  }
}

function isSocket(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSocket === true;
  } catch {
    // If there is more to it than that nothing is there, `bind` tells.
    return false;
  }
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function accepted(listener: number): SeqpacketConnection[] {
  const connections: SeqpacketConnection[] = [];
  while (connections.length < BACKLOG && isReadable(listener)) {
    const socket = libc().accept4(listener, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC);
    // The client has gone away, or descriptors have run out: the next turn sees to it.
    if (socket < 0) break;
    connections.push(connectionOf(socket));
  }
  return connections;
}

function connectionOf(accepted: number): SeqpacketConnection {
  let socket = accepted;
  return {
    sendDescriptor: (descriptor) => {
      const [message] = messages(1, { name: 0, data: 0, control: rightsLength }).each;
      putControl(message.control, rights, INT_BYTES);
      message.control.view.setInt32(CMSGHDR.data, descriptor, true);
      const sent = libc().sendmsg(socket, message.header, MSG_NOSIGNAL);
      return sent < 0 ? lastError("sendmsg", "") : undefined;
    },
    close: () => {
      if (socket !== CLOSED) closeDescriptor(socket);
      socket = CLOSED;
    },
  };
}
