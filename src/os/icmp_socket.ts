/**
 * Sockets for echo requests and replies: one serves any number of destinations.
 *
 * @module
 */

import type { Family } from "../config/mod.ts";
import {
  CLOSED,
  closeDescriptor,
  closeOnError,
  isReadable,
  openSocket,
  setSocketOption,
} from "./descriptor.ts";
import {
  echoHeaderBytes,
  echoReplyFilter,
  longestHeadersBytes,
  putEchoRequest,
  readEchoReply,
} from "./icmp_echo.ts";
import {
  anyAddress,
  familyNumber,
  putSocketAddress,
  putSource,
  readAddress,
  socketAddressLength,
  sourceLength,
} from "./ip_socket_address.ts";
import {
  EOPNOTSUPP,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  MSG_NOSIGNAL,
  MSG_TRUNC,
  SO_ATTACH_FILTER,
  SO_RCVBUF,
  SO_REUSEADDR,
  SOCK_DGRAM,
  SOCK_FILTER,
  SOCK_FPROG,
  SOCK_RAW,
  SOL_SOCKET,
} from "./layout.ts";
import { lastError, libc, succeeded } from "./libc.ts";
import { memory } from "./memory.ts";
import { type Message, messages } from "./message.ts";
import { OsError } from "./os_error.ts";
import { askForPacketTime, packetTimeLength, packetTimeMs, realtimeMs } from "./packet_time.ts";

/** Options of {@link openIcmpSocket}. */
export interface IcmpSocketOptions {
  readonly family: Family;
  /**
   * `ping` is for users whose group is in the kernel's setting `net.ipv4.ping_group_range`, which
   * holds for both families; `raw` needs CAP_NET_RAW.
   */
  readonly kind: "ping" | "raw";
  /**
   * From 1 to 65535: tells our replies from those of others. Two `ping` sockets cannot have the same,
   * even if they are of different families.
   */
  readonly identifier: number;
}

/** What to send. Addresses are the 4 or 16 bytes of one of the socket's family. */
export interface EchoRequest {
  readonly destination: Uint8Array;
  /**
   * The address to send from. Default: what the route says. Not for `ping` sockets of IPv6: the kernel
   * checks that the address is its own, and then sends from another one.
   */
  readonly source?: Uint8Array | undefined;
  /** 16 bits, which come back. */
  readonly sequence: number;
  /** At most {@link largestEchoPayloadBytes}, which come back. */
  readonly payload: Uint8Array;
}

/** What came back. Anybody can have sent it: only a payload that cannot be guessed proves anything. */
export interface EchoReply {
  readonly source: Uint8Array;
  readonly sequence: number;
  readonly payload: Uint8Array;
  /**
   * How long ago the packet arrived, by the system's clock: off by as much as that was set meanwhile.
   * 0 as well where the kernel does not know, which is so for a moment after the first socket opened.
   */
  readonly waitedMs: number;
}

/** A socket for echo requests, which never blocks. */
export interface IcmpSocket {
  /** For a poller to wait for replies. */
  readonly descriptor: number;
  /**
   * Sends a request. Returns the error if it was not sent: no route (`ENETUNREACH`, `EHOSTUNREACH`),
   * a source that is not an address of this machine (`EINVAL` with IPv6, `ENETUNREACH` with IPv4) or
   * that this sort of socket cannot send from (`ENOTSUP`), a full queue (`EAGAIN`), and others.
   *
   * @throws {RangeError} An address is of the other family, or the payload is too large.
   */
  send(request: EchoRequest): OsError | undefined;
  /**
   * Takes replies that have arrived, at most 64. What else arrived is dropped.
   *
   * @throws {OsError} The socket is of no use any more.
   */
  receive(): readonly EchoReply[];
  /** Closes the socket, which then sends and receives nothing. Harmless a second time. */
  close(): void;
}

/** The largest payload of an echo. */
export const largestEchoPayloadBytes = 64;

/** How many packets are received by one call. */
const BATCH = 64;

/** Room for a thousand packets or two, while the event loop is busy; the kernel may give less. */
const RECEIVE_BUFFER_BYTES = 1 << 20;

const protocols: Readonly<Record<Family, number>> = { 4: IPPROTO_ICMP, 6: IPPROTO_ICMPV6 };

/**
 * Opens a socket in the network namespace that the thread is in.
 *
 * @throws {OsError} The kernel does not allow it (`EACCES` for `ping`, `EPERM` for `raw`), does not
 * have the family (`EAFNOSUPPORT`), or another `ping` socket has the identifier (`EADDRINUSE`).
 * @throws {RangeError} The identifier is not from 1 to 65535.
 */
export function openIcmpSocket(options: IcmpSocketOptions): IcmpSocket {
  const { family, kind, identifier } = options;
  let descriptor = openDescriptor(options);
  const outgoing = {
    name: socketAddressLength(family),
    data: echoHeaderBytes + largestEchoPayloadBytes,
    control: sourceLength(family),
  };
  const incoming = {
    name: socketAddressLength(family),
    data: longestHeadersBytes + largestEchoPayloadBytes,
    control: packetTimeLength,
  };
  const [request] = messages(1, outgoing).each;
  const replies = messages(BATCH, incoming);

  const send = ({ destination, source, sequence, payload }: EchoRequest) => {
    if (payload.length > largestEchoPayloadBytes) {
      throw new RangeError(`a payload of ${payload.length} bytes is too large`);
    }
    if (source !== undefined && kind === "ping" && family === 6) {
      return new OsError(EOPNOTSUPP, "sendmsg", "from a chosen address");
    }
    putSocketAddress(request.name, family, destination);
    if (source !== undefined) putSource(request.control, family, source);
    const data = putEchoRequest(request.data.view, family, { identifier, sequence, payload });
    const control = source === undefined ? 0 : outgoing.control;
    request.prepare({ name: outgoing.name, data, control });
    const sent = libc().sendmsg(descriptor, request.header, MSG_NOSIGNAL);
    return sent < 0 ? lastError("sendmsg", "") : undefined;
  };

  const read = (message: Message, nowMs: number): EchoReply | undefined => {
    const { data: length, control, flags } = message.received();
    if ((flags & MSG_TRUNC) !== 0) return undefined;
    const withIpHeader = kind === "raw" && family === 4;
    const echo = readEchoReply(message.data.view, family, { length, withIpHeader });
    // A raw socket may have received something before its filter was in place.
    if (echo?.identifier !== identifier) return undefined;
    const arrivedMs = packetTimeMs(message.control, control) ?? nowMs;
    return {
      source: readAddress(message.name, family),
      sequence: echo.sequence,
      payload: echo.payload,
      waitedMs: Math.max(0, nowMs - arrivedMs),
    };
  };

  const receive = () => {
    if (!isReadable(descriptor)) return [];
    const count = libc().recvmmsg(descriptor, replies.headers, BATCH, 0, null);
    if (count < 0) throw lastError("recvmmsg", "");
    const nowMs = realtimeMs();
    return replies.each.slice(0, count).flatMap((message) => {
      const reply = read(message, nowMs);
      message.prepare(incoming);
      return reply ?? [];
    });
  };

  const close = () => {
    if (descriptor !== CLOSED) closeDescriptor(descriptor);
    descriptor = CLOSED;
  };
  return {
    get descriptor() {
      return descriptor;
    },
    send,
    receive,
    close,
  };
}

function openDescriptor({ family, kind, identifier }: IcmpSocketOptions): number {
  if (!(identifier >= 1 && identifier <= 0xffff)) {
    throw new RangeError(`${identifier} is no identifier of an echo`);
  }
  const subject = `for ICMP over IPv${family} (${kind})`;
  const type = kind === "raw" ? SOCK_RAW : SOCK_DGRAM;
  const opened = openSocket(
    { family: familyNumber(family), type, protocol: protocols[family] },
    subject,
  );
  return closeOnError(opened, (descriptor) => {
    if (kind === "raw") {
      attachFilter(descriptor, echoReplyFilter(family, identifier), subject);
    } else {
      // By default ping sockets may share an identifier, and one of them gets the replies to both.
      setSocketOption(descriptor, { name: SO_REUSEADDR, value: 0 }, subject);
      const address = anyAddress(family, identifier);
      succeeded(libc().bind(descriptor, address, address.length), "bind", subject);
    }
    askForPacketTime(descriptor, subject);
    setSocketOption(descriptor, { name: SO_RCVBUF, value: RECEIVE_BUFFER_BYTES }, subject);
    return descriptor;
  });
}

function attachFilter(descriptor: number, filter: Uint8Array, subject: string): void {
  const { bytes, view, address } = memory(SOCK_FPROG.bytes + filter.length);
  view.setUint16(SOCK_FPROG.count, filter.length / SOCK_FILTER.bytes, true);
  view.setBigUint64(SOCK_FPROG.filter, address + BigInt(SOCK_FPROG.bytes), true);
  bytes.set(filter, SOCK_FPROG.bytes);
  succeeded(
    libc().setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, bytes, SOCK_FPROG.bytes),
    "setsockopt",
    subject,
  );
}
