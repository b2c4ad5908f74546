/**
 * One client of the simulated VPP: what VPP's session layer does with its messages.
 *
 * @module
 */

import {
  controlPing,
  decode,
  decodeHeader,
  type Dump,
  encode,
  FrameReader,
  memclntKeepalive,
  type Message,
  messageId,
  type Request,
  sockclntCreate,
  sockclntCreateIds,
  sockclntDelete,
  WireError,
} from "../wire/mod.ts";
import { withAnswer } from "../wire/message.ts";
import type { SimulatedVpp } from "./simulated_vpp.ts";

/** The messages of the session, which every VPP has. */
const sessionMessages = [sockclntCreate, sockclntDelete, controlPing, memclntKeepalive] as const;

/** The first id that is given away. Real ones depend on plugins, and clients may not guess them. */
const firstId = 1_000;

/** The message table: which messages there are, by the ids that this VPP knows them by. */
export interface SimulatedTable {
  readonly entries: readonly { readonly name: string; readonly index: number }[];
  readonly byId: ReadonlyMap<number, Message<unknown>>;
  idOf(message: Message<unknown>): number;
}

/** The table of a VPP. `rename` makes it one of another release, or of one without a plugin. */
export function simulatedTable(
  vpp: SimulatedVpp,
  rename: (key: string) => string | null = (key) => key,
): SimulatedTable {
  const all = [...sessionMessages, ...vpp.messages].flatMap(withAnswer);
  const ids = new Map(all.map(({ key }, index) => [key, firstId + 3 * index]));
  ids.set(sockclntCreate.key, sockclntCreateIds.request);
  ids.set(sockclntCreate.reply.key, sockclntCreateIds.reply);
  return {
    entries: [...ids].flatMap(([key, index]) => {
      const name = rename(key);
      return name === null ? [] : [{ name, index }];
    }),
    byId: new Map(all.map((message) => [ids.get(message.key) ?? 0, message])),
    idOf: ({ key }) => ids.get(key) ?? 0,
  };
}

/** What a session needs of the VPP that it is with. */
export interface SessionParts {
  readonly vpp: SimulatedVpp;
  readonly table: SimulatedTable;
  /** The number that the client is given, with bit 31 set. */
  readonly clientIndex: number;
  /** What `control_ping` tells of this process. */
  readonly pid: number;
  /** Makes VPP refuse a request whose reply is a number, for tests. */
  readonly refuse: (message: Message<unknown>, fields: unknown) => number | null;
}

/**
 * Takes the bytes that a client sends and gives the frames that answer them.
 *
 * VPP answers nothing at all to an unknown id, a message that is too short, or another client's index.
 */
export class Session {
  readonly #parts: SessionParts;
  readonly #frames = new FrameReader();
  #isOver = false;

  /** Whether the client has said good-bye: after the last answer VPP hangs up. */
  get isOver(): boolean {
    return this.#isOver;
  }

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /**
   * The answers to the messages that are complete with this chunk.
   *
   * @throws {WireError} The stream makes no sense any more.
   * @throws {VppCrash} VPP would not have survived this.
   */
  *take(chunk: Uint8Array): Generator<readonly Uint8Array[]> {
    for (const body of this.#frames.read(chunk)) {
      const answers = this.#answer(body);
      if (answers !== null) yield answers;
    }
  }

  #answer(body: Uint8Array): readonly Uint8Array[] | null {
    const { table, clientIndex } = this.#parts;
    try {
      const message = table.byId.get(messageId(body));
      if (message === undefined) return null;
      const header = decodeHeader(message, body);
      if (message !== sockclntCreate && header.clientIndex !== clientIndex) return null;
      return this.#reply(message, decode(message, body), header.context);
    } catch (error) {
      if (error instanceof WireError && error.code === "short") return null;
      throw error;
    }
  }

  #reply(
    message: Message<unknown>,
    fields: unknown,
    context: number,
  ): readonly Uint8Array[] | null {
    const { vpp, table, clientIndex, pid, refuse } = this.#parts;
    const frame = <T>(answer: Message<T>, values: NoInfer<T>) =>
      encode(answer, values, { id: table.idOf(answer), clientIndex: 0, context });
    switch (message) {
      case sockclntCreate:
        return [frame(sockclntCreate.reply, {
          response: 0,
          index: clientIndex,
          messageTable: table.entries,
        })];
      case sockclntDelete:
        this.#isOver = true;
        return [frame(sockclntDelete.reply, { response: 1 })];
      case controlPing:
        return [frame(controlPing.reply, { retval: 0, clientIndex, vpePid: pid })];
    }
    if (isDump(message)) {
      return vpp.dump(message, fields).map((details) => frame(message.details, details));
    }
    if (!isRequest(message)) return null;
    const refused = refuse(message, fields);
    const reply = refused === null ? vpp.call(message, fields) : { retval: refused };
    return [frame(message.reply, reply)];
  }
}

function isDump(message: Message<unknown>): message is Dump<unknown, unknown> {
  return message.kind === "dump";
}

function isRequest(message: Message<unknown>): message is Request<unknown, unknown> {
  return message.kind === "request";
}
