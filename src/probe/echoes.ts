/**
 * Echo requests to any number of servers: one socket a family and network namespace serves all.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Family } from "../config/mod.ts";
import {
  type EchoReply,
  type IcmpSocket,
  networkNamespaceIdentity,
  openIcmpSocket,
  OsError,
  type Poller,
  type Watch,
  withNetworkNamespace,
} from "../os/mod.ts";
import { osErrorOf } from "./failure.ts";

/** Where echo requests are sent from. Addresses are the 4 or 16 bytes of one of the family. */
export interface EchoOrigin {
  readonly family: Family;
  readonly netns: string | null;
  readonly source?: Uint8Array | undefined;
}

/** An echo request to make. */
export interface EchoRequest extends EchoOrigin {
  readonly destination: Uint8Array;
  /** Is told how long ago the reply arrived. */
  readonly onReply: (waitedMs: number) => void;
}

/** Sends echo requests and hands their replies to whoever waits for them. */
export interface Echoes {
  /**
   * Opens the socket that requests from there take, if it is not open.
   *
   * @throws {OsError} It cannot be opened.
   */
  open(origin: EchoOrigin): void;
  /**
   * Sends a request. Returns what ends the wait for its reply.
   *
   * @throws {OsError} It cannot be sent.
   */
  ask(request: EchoRequest): () => void;
  /** Closes all sockets. */
  close(): void;
}

/** Options of {@link openEchoes}. */
export interface EchoesOptions {
  readonly poller: Poller;
  readonly clock: Pick<Clock, "monotonic">;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** What nobody can guess who has not seen the request. */
const payloadBytes = 56;

/** Another program's ping may have the identifier that we drew. */
const mostIdentifiers = 16;

/** Waits for one reply. */
interface Waiter {
  readonly payload: Uint8Array;
  readonly onReply: (waitedMs: number) => void;
}

/** An open socket with the requests that were sent from it. */
interface EchoSocket {
  readonly socket: IcmpSocket;
  readonly watch: Watch;
  /** The namespace that it is in: there may be another one under the same name by now. */
  readonly namespace: string | undefined;
  /** By sequence. */
  readonly waiters: Map<number, Waiter>;
  lastSequence: number;
}

/** Makes {@link Echoes}, which open their sockets when they are needed. */
export function openEchoes({ poller, clock, randomBytes }: EchoesOptions): Echoes {
  const sockets = new Map<string, EchoSocket>();

  /** Closes a socket, if there is one. Whoever waits for a reply to it hears nothing, and times out. */
  const drop = (key: string) => {
    const dropped = sockets.get(key);
    dropped?.watch.stop();
    dropped?.socket.close();
    sockets.delete(key);
  };

  const socketFor = ({ family, netns, source }: EchoOrigin): EchoSocket => {
    // The kernel lets no ping socket of IPv6 choose its source.
    const kinds = family === 6 && source !== undefined
      ? ["raw"] as const
      : ["ping", "raw"] as const;
    const key = `${family} ${kinds.length} ${netns}`;
    const namespace = netns === null ? "own" : networkNamespaceIdentity(netns);
    const known = sockets.get(key);
    if (known !== undefined && known.namespace === namespace) return known;
    drop(key);
    const open = () => openSocket(family, kinds, randomBytes);
    const socket = netns === null ? open() : withNetworkNamespace(netns, open);
    const waiters = new Map<number, Waiter>();
    const watch = poller.watch(socket.descriptor, "readable", () => {
      try {
        for (const reply of socket.receive()) take(waiters, reply);
      } catch (error) {
        osErrorOf(error);
        drop(key);
      }
    });
    const opened = { socket, watch, namespace, waiters, lastSequence: 0 };
    sockets.set(key, opened);
    return opened;
  };

  const ask = (request: EchoRequest) => {
    const { destination, source, onReply } = request;
    const opened = socketFor(request);
    const { socket, waiters } = opened;
    const sequence = nextSequence(opened);
    const payload = randomBytes(payloadBytes);
    const error = socket.send({ destination, source, sequence, payload });
    if (error !== undefined) throw error;
    const sentMs = clock.monotonic();
    // The wall clock may have been set meanwhile, and no reply came before its request.
    const onTime = (waitedMs: number) => onReply(Math.min(waitedMs, clock.monotonic() - sentMs));
    waiters.set(sequence, { payload, onReply: onTime });
    return () => void waiters.delete(sequence);
  };

  const close = () => {
    for (const key of sockets.keys()) drop(key);
  };
  return { open: socketFor, ask, close };
}

function take(waiters: Map<number, Waiter>, { sequence, payload, waitedMs }: EchoReply): void {
  const waiter = waiters.get(sequence);
  if (waiter === undefined || !areEqual(waiter.payload, payload)) return;
  waiters.delete(sequence);
  waiter.onReply(waitedMs);
}

/** There are 64 times as many as probes can be in flight. */
function nextSequence(opened: EchoSocket): number {
  do {
    opened.lastSequence = (opened.lastSequence + 1) & 0xffff;
  } while (opened.waiters.has(opened.lastSequence));
  return opened.lastSequence;
}

/**
 * Opens a socket of the first kind that the kernel allows.
 *
 * @throws {OsError} It allows none, or has no such family.
 */
function openSocket(
  family: Family,
  kinds: readonly ("ping" | "raw")[],
  randomBytes: (length: number) => Uint8Array,
): IcmpSocket {
  let failure: unknown;
  for (const kind of kinds) {
    for (let attempt = 0; attempt < mostIdentifiers; attempt++) {
      const [high = 0, low = 0] = randomBytes(2);
      try {
        return openIcmpSocket({ family, kind, identifier: Math.max(1, high << 8 | low) });
      } catch (error) {
        failure = error;
        if (!(error instanceof OsError) || error.code !== "EADDRINUSE") break;
      }
    }
  }
  throw failure;
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
