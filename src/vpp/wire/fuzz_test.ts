/**
 * Recorded messages, damaged.
 *
 * @module
 */

import assert from "node:assert/strict";
import { forSeeds, type Random } from "../../../tests/seeded.ts";
import { decode, decodeHeader, encode, messageId } from "./codec.ts";
import { sockclntCreate } from "./core_messages.ts";
import { frameHeaderBytes, FrameReader } from "./frame.ts";
import type { Message } from "./message.ts";
import { messageTable } from "./message_table.ts";
import { recorded, recording } from "./recording_fixture.ts";
import { messages } from "./registry.ts";
import { randomValue } from "./testing.ts";
import { describe } from "./text.ts";
import { WireError } from "./wire_error.ts";

const mutations: readonly ((random: Random, bytes: Uint8Array) => Uint8Array)[] = [
  function flipBit(random, bytes) {
    const at = random.int(0, bytes.length - 1);
    return bytes.with(at, (bytes[at] ?? 0) ^ 1 << random.int(0, 7));
  },
  function cutOff(random, bytes) {
    return bytes.slice(0, random.int(0, bytes.length));
  },
  function lengthen(random, bytes) {
    const longer = new Uint8Array(bytes.length + random.int(1, 300)).fill(random.int(0, 255));
    longer.set(bytes);
    return longer;
  },
  function blowUp(random, bytes) {
    const at = random.int(0, bytes.length - 1);
    const size = random.int(1, 4);
    return bytes.slice().fill(random.pick([0, 0x7f, 0xff]), at, at + size);
  },
  function moveTail(random, bytes) {
    return bytes.slice().copyWithin(random.int(0, bytes.length), random.int(0, bytes.length));
  },
];

/** The bytes with one to four things wrong with them. */
function damage(random: Random, bytes: Uint8Array): Uint8Array {
  let damaged = bytes;
  for (let count = random.int(1, 4); count > 0 && damaged.length > 0; count--) {
    damaged = random.pick(mutations)(random, damaged);
  }
  return damaged;
}

/** Runs the action; anything it throws but a WireError is a failure. */
function orWireError<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

/** How many numbers, texts and the like a value consists of. */
function leavesIn(value: unknown): number {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return 1;
  return Object.values(value).reduce((sum: number, each) => sum + leavesIn(each), 0);
}

/** Reads the damaged bytes in every way; says whether they were refused. */
function isRefused(message: Message<unknown>, damaged: Uint8Array): boolean {
  orWireError(() => messageId(damaged));
  orWireError(() => decodeHeader(message, damaged));
  const fields = orWireError(() => decode(message, damaged));
  if (fields === null) return true;
  // An address has two parts here, its family and its text.
  assert(leavesIn(fields) <= 2 * damaged.length);
  assert(describe(message, fields).length < 10_000);
  orWireError(() => encode(message, fields, { id: 0, clientIndex: 0, context: 0 }));
  return false;
}

Deno.test("damaged recordings are refused or read, within the bounds of their bytes", () => {
  const count = 100_000;
  let refused = 0;
  forSeeds(count, (random) => {
    const { message, bytes } = random.pick(recording);
    if (isRefused(message, damage(random, bytes))) refused++;
  });
  assert(refused > count / 10 && refused < count, `${refused} refused`);
});

Deno.test("damaged messages of any kind are refused or read", () => {
  forSeeds(5000, (random) => {
    const message = random.pick(messages);
    const fields = randomValue(random, message.body);
    const frame = encode(message, fields, { id: 0, clientIndex: 0, context: 0 });
    isRefused(message, damage(random, frame.subarray(frameHeaderBytes)));
  });
});

Deno.test("a damaged message table is refused or read", () => {
  const { bytes } = recorded(sockclntCreate.reply);
  forSeeds(2000, (random) => {
    orWireError(() => messageTable(decode(sockclntCreate.reply, damage(random, bytes))));
  });
});

Deno.test("a damaged stream gives messages until it is refused", () => {
  const stream = new Uint8Array(recording.slice(2).flatMap(({ frame }) => [...frame]));
  forSeeds(2000, (random) => {
    const damaged = damage(random, stream);
    const reader = new FrameReader();
    let given = 0;
    orWireError(() => {
      for (let at = 0; at < damaged.length; at += 997) {
        for (const message of reader.read(damaged.subarray(at, at + 997))) given += message.length;
      }
    });
    assert(given <= damaged.length);
  });
});
