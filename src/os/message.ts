/**
 * Messages as `sendmsg`, `recvmsg` and `recvmmsg` take them: a header that points to an address, to
 * data and to control messages. All of it is laid out once, in one piece of memory, and used again.
 *
 * @module
 */

import { CMSGHDR, IOVEC, MMSGHDR, MSGHDR } from "./layout.ts";
import { memory } from "./memory.ts";

/** The parts of a message, in bytes. */
export interface MessageSizes {
  /** The address of the other side. */
  readonly name: number;
  readonly data: number;
  /** The control messages, with their headers. */
  readonly control: number;
}

/** One part of a message. */
export interface MessagePart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView<ArrayBuffer>;
}

/** Room for one message. */
export interface Message {
  /** What the calls take. */
  readonly header: Uint8Array<ArrayBuffer>;
  readonly name: MessagePart;
  readonly data: MessagePart;
  readonly control: MessagePart;
  /**
   * Says how much of each part is to be sent, or may be filled: all, until this is called. To be
   * called again before a message is used again.
   */
  prepare(sizes: MessageSizes): void;
  /** What the kernel filled in: `data` is known after `recvmmsg` only. */
  received(): MessageSizes & { readonly flags: number };
}

/** Room for several messages. */
export interface Messages {
  /** What `recvmmsg` takes. */
  readonly headers: Uint8Array<ArrayBuffer>;
  readonly each: readonly [Message, ...Message[]];
}

/** Makes room for `count` messages whose parts are at most as large as said. */
export function messages(count: number, sizes: MessageSizes): Messages {
  const room = { name: align(sizes.name), data: align(sizes.data), control: align(sizes.control) };
  const headersBytes = count * MMSGHDR.bytes;
  const bodyBytes = IOVEC.bytes + room.name + room.data + room.control;
  const { bytes, view, address } = memory(headersBytes + count * bodyBytes);

  const part = (offset: number, size: number): MessagePart => ({
    bytes: bytes.subarray(offset, offset + size),
    view: new DataView(bytes.buffer, offset, size),
  });

  const messageAt = (index: number): Message => {
    const header = index * MMSGHDR.bytes;
    const iovec = headersBytes + index * bodyBytes;
    const name = iovec + IOVEC.bytes;
    const data = name + room.name;
    const control = data + room.data;
    const point = (field: number, to: number) =>
      view.setBigUint64(field, address + BigInt(to), true);
    // Emulators of other machines write a name also where there is room for none.
    if (room.name > 0) point(header + MSGHDR.name, name);
    point(header + MSGHDR.iovec, iovec);
    point(header + MSGHDR.control, control);
    point(iovec + IOVEC.base, data);
    view.setUint32(header + MSGHDR.iovecCount, 1, true);
    const prepare = (sizes: MessageSizes) => {
      // The upper halves of these 64-bit lengths are zero, and stay so.
      view.setUint32(header + MSGHDR.nameLength, sizes.name, true);
      view.setUint32(iovec + IOVEC.length, sizes.data, true);
      view.setUint32(header + MSGHDR.controlLength, sizes.control, true);
    };
    prepare(sizes);
    return {
      header: bytes.subarray(header, header + MMSGHDR.bytes),
      name: part(name, sizes.name),
      data: part(data, sizes.data),
      control: part(control, sizes.control),
      prepare,
      received: () => ({
        name: view.getUint32(header + MSGHDR.nameLength, true),
        data: view.getUint32(header + MMSGHDR.length, true),
        control: view.getUint32(header + MSGHDR.controlLength, true),
        flags: view.getUint32(header + MSGHDR.flags, true),
      }),
    };
  };
  return {
    headers: bytes.subarray(0, headersBytes),
    each: [messageAt(0), ...Array.from({ length: count - 1 }, (_, index) => messageAt(index + 1))],
  };
}

/** The kinds of control messages are told apart by two numbers. */
export interface ControlKind {
  readonly level: number;
  readonly type: number;
}

/** The length of a control message with so much data: what its header says. */
export function controlLength(dataBytes: number): number {
  return CMSGHDR.data + dataBytes;
}

/** Writes the header of the only control message of a part; its data is at `CMSGHDR.data`. */
export function putControl({ view }: MessagePart, kind: ControlKind, dataBytes: number): void {
  view.setBigUint64(CMSGHDR.length, BigInt(controlLength(dataBytes)), true);
  view.setInt32(CMSGHDR.level, kind.level, true);
  view.setInt32(CMSGHDR.type, kind.type, true);
}

/** Whether a part, of which so much is used, begins with a whole control message of this kind. */
export function holdsControl(
  { view }: MessagePart,
  used: number,
  kind: ControlKind,
  dataBytes: number,
): boolean {
  return used >= controlLength(dataBytes) &&
    view.getUint32(CMSGHDR.length, true) === controlLength(dataBytes) &&
    view.getInt32(CMSGHDR.level, true) === kind.level &&
    view.getInt32(CMSGHDR.type, true) === kind.type;
}

/** The parts begin at multiples of 8, as control messages must. */
function align(size: number): number {
  return Math.ceil(size / 8) * 8;
}
