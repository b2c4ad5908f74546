/**
 * The recorded session, frame by frame and value by value.
 *
 * @module
 */

import assert from "node:assert/strict";
import { decode, decodeHeader, encode } from "./codec.ts";
import { controlPing, sockclntCreate, sockclntDelete } from "./core_messages.ts";
import { frameHeaderBytes } from "./frame.ts";
import { parsePythonObject, type PythonObject, type PythonValue } from "./python_value_fixture.ts";
import { fixture, type Recorded, recorded, recording } from "./recording_fixture.ts";
import type { Member, WireType } from "./wire_type.ts";

/** A call as the recorded client printed it: what it asked, and all answers. */
interface Call {
  readonly name: string;
  readonly asked: PythonObject;
  readonly answers: readonly PythonObject[];
}

const calls: readonly Call[] = fixture("api-calls.txt").trim().split(/\n(?=\S)/).map((text) => {
  const [first = "", ...rest] = text.split("\n");
  const space = first.indexOf(" ");
  const asked = parsePythonObject(first.slice(space + 1));
  const answers = rest.map((line) => parsePythonObject(line.trim()));
  return { name: first.slice(0, space), asked, answers };
});

/** The frames of a call, the sent one first. A dump shares its context with the ping behind it. */
function framesOf({ name }: Call, context: number): readonly Recorded[] {
  const isPing = ({ message }: Recorded) => message.name.startsWith(controlPing.name);
  return recording.filter((each) => each.context === context)
    .filter((each) => name === controlPing.name || !isPing(each));
}

Deno.test("every recorded frame is decoded, and encoded again to the same bytes", () => {
  assert.equal(recording.length, 131);
  for (const { isToVpp, message, frame, bytes } of recording) {
    const again = encode(message, decode(message, bytes), decodeHeader(message, bytes));
    // VPP's frame headers hold its own pointers beside the length.
    if (!isToVpp) {
      again.set(frame.subarray(0, 8));
      again.set(frame.subarray(12, frameHeaderBytes), 12);
    }
    assert.equal(again.toHex(), frame.toHex(), message.name);
  }
});

Deno.test("every recorded frame has the values that VPP's own client sent or saw", () => {
  let seen = 0;
  for (const [index, { name, asked, answers }] of calls.entries()) {
    const frames = framesOf({ name, asked, answers }, index + 1);
    assert.deepEqual(frames.map(({ message }) => message.name), [
      name,
      ...answers.map((a) => a.name),
    ]);
    for (const [index, frame] of frames.entries()) {
      const expected = [asked, ...answers][index];
      assert(expected !== undefined && frame.isToVpp === (index === 0));
      compareRecorded(frame, expected);
    }
    seen += frames.length;
  }
  const dumps = calls.filter(({ name }) => name.endsWith("_dump")).length;
  const handshakeAndGoodbye = 4;
  assert.equal(seen + 2 * dumps + handshakeAndGoodbye, recording.length);
});

Deno.test("the handshake tells the client's name and brings the index that VPP gave it", () => {
  assert.deepEqual(decode(sockclntCreate, recorded(sockclntCreate).bytes), { name: "fixture" });
  const reply = recorded(sockclntCreate.reply);
  const { response, index, messageTable } = decode(sockclntCreate.reply, reply.bytes);
  assert.deepEqual([response, index, messageTable.length], [0, 0x80000001, 873]);
  assert.deepEqual(messageTable[0], { index: 0x26a, name: "mpls_ip_bind_unbind_c7533b32" });
  assert.deepEqual(decodeHeader(sockclntCreate.reply, reply.bytes), {
    id: 16,
    clientIndex: 0,
    context: 0x7c,
  });
});

Deno.test("the goodbye is answered with 1", () => {
  const goodbye = decode(sockclntDelete, recorded(sockclntDelete).bytes);
  assert.deepEqual(goodbye, { index: 0x80000001 });
  const reply = decode(sockclntDelete.reply, recorded(sockclntDelete.reply).bytes);
  assert.deepEqual(reply, { response: 1 });
});

function compareRecorded({ message, bytes }: Recorded, expected: PythonObject): void {
  const { id, context } = decodeHeader(message, bytes);
  assert.equal(expected.fields.get("_0") ?? id, id);
  assert.equal(expected.fields.get("context") ?? context, context);
  compare(message.body, decode(message, bytes), expected, message.name);
}

/** Compares a value with what Python printed of it, as far as it did: it left out zeros it sent. */
function compare(
  type: WireType<unknown>,
  actual: unknown,
  expected: PythonValue,
  place: string,
): void {
  const { parts } = type;
  if (parts.kind === "struct") {
    assert(typeof expected === "object" && "fields" in expected, place);
    for (const [name, value] of expected.fields) {
      const member = parts.members.find(({ apiName }) => apiName === name);
      if (member !== undefined) compareMember(member, actual, value, `${place}.${name}`);
      else assert(name === "_0" || name === "context", `${place}.${name}`);
    }
  } else if (parts.kind === "items") {
    assert(Array.isArray(expected) && Array.isArray(actual), place);
    assert.equal(actual.length, expected.length, place);
    expected.forEach((each, index) => compare(parts.item, actual[index], each, `${place}[]`));
  } else if (parts.kind === "enumeration") {
    const number = typeof actual === "string" ? parts.words.get(actual) : actual;
    assert.equal(number, expected, place);
  } else {
    compareLeaf(type, actual, expected, place);
  }
}

function compareMember(
  member: Member,
  actual: unknown,
  expected: PythonValue,
  place: string,
): void {
  assert(typeof actual === "object" && actual !== null, place);
  const values = new Map(Object.entries(actual));
  if (member.counts === null) compare(member.type, values.get(member.name), expected, place);
  else assert.equal(values.get(member.counts).length, expected, place);
}

function compareLeaf(
  type: WireType<unknown>,
  actual: unknown,
  expected: PythonValue,
  place: string,
): void {
  if (typeof expected === "object" && "fields" in expected) {
    // An address or prefix in its class, or the union that nobody could know the family of.
    const text = expected.argument ?? "0".repeat(32);
    assert.equal(type.plain(actual), text, place);
    if (expected.argument === null) assert.equal(expected.name, "vl_api_address_union_t");
  } else if (typeof expected === "string") {
    assert.equal(type.api === "string" ? actual : type.plain(actual), expected, place);
  } else {
    assert.equal(Number(actual), Number(expected), place);
  }
}
