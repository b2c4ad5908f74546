/**
 * The other end of a connection, for tests: it is told what to answer.
 *
 * @module
 */

import { type Clock, virtualClock } from "../../clock.ts";
import {
  decode,
  decodeHeader,
  encode,
  FrameReader,
  type Message,
  messageId,
  messages,
  sockclntCreate,
  sockclntCreateIds,
} from "../wire/mod.ts";
import { connectApi, type ConnectOptions } from "./connect.ts";
import type { ApiConnection } from "./connection.ts";
import type { Transport } from "./message_stream.ts";

/** A message that arrived at the peer. */
export interface Arrival {
  readonly message: Message<unknown>;
  readonly fields: unknown;
  readonly context: number;
}

/** What the peer does with a message that is not the handshake's. */
export type Answering = (arrival: Arrival, peer: Peer) => void;

/** Ids as a VPP would give them: in no order that means anything. */
const ids = new Map(messages.map(({ key }, index) => [key, 100 + 7 * index]));
const byId = new Map(messages.map((message) => [ids.get(message.key) ?? 0, message]));

/** A stand-in for VPP behind a socket. */
export class Peer {
  readonly arrivals: Arrival[] = [];
  /** The most messages that were there without an answer at once. */
  mostUnanswered = 0;
  readonly transport: Transport;
  #unanswered = 0;
  #inbox: Uint8Array[] = [];
  #reading: (() => void) | null = null;
  #isClosed = false;

  /** Without a table it does not even answer the handshake. */
  constructor(answer: Answering, table: ReadonlyMap<string, number> | null = ids) {
    const frames = new FrameReader();
    this.transport = {
      read: async (buffer) => {
        while (this.#inbox.length === 0 && !this.#isClosed) {
          await new Promise<void>((resolve) => this.#reading = resolve);
        }
        const chunk = this.#inbox.shift();
        if (chunk === undefined) return null;
        buffer.set(chunk.subarray(0, buffer.length));
        if (chunk.length > buffer.length) this.#inbox.unshift(chunk.subarray(buffer.length));
        return Math.min(chunk.length, buffer.length);
      },
      write: (bytes) => {
        for (const body of frames.read(bytes.slice())) this.#take(body, answer, table);
        return Promise.resolve(bytes.length);
      },
      close: () => this.hangUp(),
    };
  }

  /** Whether either end has closed the connection. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Answers a message. */
  reply<T>(message: Message<T>, fields: NoInfer<T>, context: number): void {
    this.#unanswered--;
    const id = message.name === "sockclnt_create_reply"
      ? sockclntCreateIds.reply
      : ids.get(message.key) ?? 0;
    this.send(encode(message, fields, { id, clientIndex: 0, context }));
  }

  /** Sends bytes as they are. */
  send(bytes: Uint8Array): void {
    this.#inbox.push(bytes);
    this.#reading?.();
  }

  /** Closes the connection. */
  hangUp(): void {
    this.#isClosed = true;
    this.#reading?.();
  }

  #take(body: Uint8Array, answer: Answering, table: ReadonlyMap<string, number> | null): void {
    this.mostUnanswered = Math.max(this.mostUnanswered, ++this.#unanswered);
    const id = messageId(body);
    const message = id === sockclntCreateIds.request ? sockclntCreate : byId.get(id);
    if (message === undefined) throw new Error(`message ${id} is not one that was offered`);
    const { context } = decodeHeader(message, body);
    const arrival = { message, fields: decode(message, body), context };
    this.arrivals.push(arrival);
    if (message !== sockclntCreate) return answer(arrival, this);
    if (table === null) return;
    const messageTable = [...table].map(([name, index]) => ({ name, index }));
    this.reply(sockclntCreate.reply, { response: 0, index: 0x80000001, messageTable }, context);
  }
}

/** A client that is connected to a peer, on a virtual clock. */
export async function connected(
  answer: Answering,
  { table = ids, ...options }: Partial<ConnectOptions> & {
    readonly table?: ReadonlyMap<string, number>;
  } = {},
): Promise<{ api: ApiConnection; peer: Peer; clock: ReturnType<typeof virtualClock> }> {
  const clock = virtualClock();
  const peer = new Peer(answer, table);
  const api = await connectTo(peer, { clock, ...options });
  return { api, peer, clock };
}

/** Connects to a peer. */
export function connectTo(
  peer: Peer,
  options: ConnectOptions & { readonly clock: Clock },
): Promise<ApiConnection> {
  return connectApi({ ...options, open: () => Promise.resolve(peer.transport) });
}
