/**
 * A server that sends whatever a test wants.
 *
 * @module
 */

import { closeDescriptor, openSocket } from "../descriptor.ts";
import { CMSGHDR, MSG_NOSIGNAL } from "../layout.ts";
import { libc, succeeded } from "../libc.ts";
import { controlLength, messages, putControl } from "../message.ts";
import { unixAddress } from "../unix_address.ts";
import { rights, seqpacket } from "../unix_seqpacket.ts";

/** A server that misbehaves in ways that the listener of the product does not know. */
export interface Server {
  /** Accepts a client, sends it a message with such data and descriptors, and hangs up. */
  answer(data: readonly number[], descriptors: readonly number[]): void;
  close(): void;
}

/** Leaves a socket file behind on which nobody ever listened. */
export function abandonSocket(path: string): void {
  const address = unixAddress(path);
  const socket = openSocket(seqpacket, path);
  succeeded(libc().bind(socket, address, address.length), "bind", path);
  closeDescriptor(socket);
}

/** Starts one. With a backlog of 0 one client at a time can wait to be accepted. */
export function startServer(path: string, backlog = 1): Server {
  const address = unixAddress(path);
  const socket = openSocket(seqpacket, path);
  succeeded(libc().bind(socket, address, address.length), "bind", path);
  succeeded(libc().listen(socket, backlog), "listen", path);
  const answer: Server["answer"] = (data, descriptors) => {
    const client = succeeded(libc().accept4(socket, null, null, 0), "accept4", path);
    const sizes = { name: 0, data: data.length, control: controlLength(4 * descriptors.length) };
    const [message] = messages(1, sizes).each;
    message.prepare({ ...sizes, control: descriptors.length === 0 ? 0 : sizes.control });
    message.data.bytes.set(data);
    putControl(message.control, rights, 4 * descriptors.length);
    descriptors.forEach((descriptor, index) =>
      message.control.view.setInt32(CMSGHDR.data + 4 * index, descriptor, true)
    );
    succeeded(libc().sendmsg(client, message.header, MSG_NOSIGNAL), "sendmsg", path);
    closeDescriptor(client);
  };
  return { answer, close: () => closeDescriptor(socket) };
}
