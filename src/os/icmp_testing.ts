/**
 * What the tests of ICMP sockets share.
 *
 * @module
 */

import assert from "node:assert/strict";
import { addressBytes, type Family, parseAddress } from "../config/mod.ts";
import { closeDescriptor, isReadable, openSocket } from "./descriptor.ts";
import {
  type EchoReply,
  type IcmpSocket,
  type IcmpSocketOptions,
  openIcmpSocket,
} from "./icmp_socket.ts";
import { familyNumber, readAddress } from "./ip_socket_address.ts";
import { IPPROTO_ICMP, IPPROTO_ICMPV6, SOCK_RAW } from "./layout.ts";
import { libc, succeeded } from "./libc.ts";
import { messages } from "./message.ts";
import { withNetworkNamespace } from "./network_namespace.ts";
import { allowPingSockets, secondAddress, soon, testInNamespace } from "./testing.ts";

function bytesOf(text: string): Uint8Array {
  const parsed = parseAddress(text);
  assert("value" in parsed);
  return addressBytes(parsed.value);
}

/** The addresses that a test uses. */
export interface Addresses {
  readonly loopback: Uint8Array;
  /** Another address of this machine. */
  readonly own: Uint8Array;
  /** An address of another machine. */
  readonly foreign: Uint8Array;
}

/** Those of either family. */
export const addresses: Readonly<Record<Family, Addresses>> = {
  4: {
    loopback: bytesOf("127.0.0.1"),
    own: bytesOf("127.0.0.99"),
    foreign: bytesOf("192.0.2.99"),
  },
  6: {
    loopback: bytesOf("::1"),
    own: bytesOf(secondAddress),
    foreign: bytesOf("2001:db8::99"),
  },
};

/** Both families. */
export const families: readonly Family[] = [4, 6];
/** The payload of a request where it does not matter. */
export const payload = crypto.getRandomValues(new Uint8Array(56));

/** What a test gets: a sort of socket, a way to open one in the new namespace, and addresses. */
export interface Sort extends Pick<IcmpSocketOptions, "family" | "kind">, Addresses {
  /** The name of the namespace. */
  readonly name: string;
  /** Opens a socket of this sort, unless said otherwise, with an identifier of its own. */
  readonly open: (other?: Partial<IcmpSocketOptions>) => IcmpSocket;
}

let lastIdentifier = 1_000 + Deno.pid % 50_000;

/**
 * An identifier that no socket has had yet. A socket can outlive its closing for a moment: a child that
 * is just being started has a copy.
 */
export function newIdentifier(): number {
  return ++lastIdentifier;
}

/** Registers a test for each sort of socket, in a namespace in which all users may open them. */
export function testEachSort(
  sentence: string,
  test: (sort: Sort) => Promise<void> | void,
): void {
  testInNamespace(sentence, async (name) => {
    allowPingSockets(name);
    for (const family of families) {
      for (const kind of ["raw", "ping"] as const) {
        const open: Sort["open"] = (other) => {
          const options = { family, kind, identifier: newIdentifier(), ...other };
          return withNetworkNamespace(name, () => openIcmpSocket(options));
        };
        await test({ family, kind, name, open, ...addresses[family] });
      }
    }
  });
}

/** Runs a function, and returns the sources of the so many requests that then arrive. */
export async function sourcesOf(
  { name, family }: Sort,
  count: number,
  act: () => void,
): Promise<Uint8Array[]> {
  const protocol = family === 4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
  const kind = { family: familyNumber(family), type: SOCK_RAW, protocol };
  const socket = withNetworkNamespace(name, () => openSocket(kind, "witness"));
  act();
  const sources: Uint8Array[] = [];
  const receive = () => {
    const [message] = messages(1, { name: 28, data: 200, control: 0 }).each;
    succeeded(libc().recvmsg(socket, message.header, 0), "recvmsg", "witness");
    const type = message.data.view.getUint8(family === 4 ? 20 : 0);
    if (type === (family === 4 ? 8 : 128)) sources.push(readAddress(message.name, family));
  };
  await soon(() => {
    while (isReadable(socket)) receive();
    return sources.length >= count || undefined;
  });
  closeDescriptor(socket);
  return sources;
}

/** Receives until so many replies are there. */
export async function receiveAll(socket: IcmpSocket, count: number): Promise<EchoReply[]> {
  const replies: EchoReply[] = [];
  await soon(() => {
    replies.push(...socket.receive());
    return replies.length >= count ? true : undefined;
  });
  assert.equal(replies.length, count);
  return replies;
}
