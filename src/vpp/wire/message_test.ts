/**
 * What a declaration gives: a name, a key, and a TypeScript type that refuses what VPP would.
 *
 * @module
 */

import assert from "node:assert/strict";
import { decode, encode } from "./codec.ts";
import { controlPing } from "./core_messages.ts";
import { frameHeaderBytes } from "./frame.ts";
import { lbAsSetWeight, lbVipDump } from "./lb_messages.ts";
import {
  answer,
  dump,
  event,
  type FieldsOf,
  type Request,
  request,
  retvalOnly,
  withAnswer,
} from "./message.ts";
import { u16, u32, u8 } from "./scalars.ts";
import { count, list } from "./struct.ts";
import { addressOf } from "./testing.ts";

const header = { id: 1, clientIndex: 2, context: 3 };
const fields: FieldsOf<typeof lbAsSetWeight> = {
  pfx: { address: addressOf("198.51.100.1"), length: 32 },
  protocol: "tcp",
  port: 80,
  asAddress: addressOf("10.0.0.1"),
  weight: 0,
  isFlush: false,
};

Deno.test("a message's key is its name and its CRC in eight digits", () => {
  assert.equal(lbAsSetWeight.key, "lb_as_set_weight_2d89bdbd");
  assert.equal(request("a", 0x1f, {}, retvalOnly).key, "a_0000001f");
});

Deno.test("a reply and details have the name of what they answer", () => {
  const ask = request("ask", 1, {}, retvalOnly);
  assert.deepEqual(withAnswer(ask).map(({ key }) => key), ["ask_00000001", "ask_reply_e8d4e804"]);
  const look = dump("look_dump", 2, {}, answer(3, { seen: u8 }));
  assert.deepEqual(withAnswer(look).map(({ name }) => name), ["look_dump", "look_details"]);
  const happening = event("happening", 4, { seen: u8 });
  assert.deepEqual(withAnswer(happening), [happening]);
});

Deno.test("a count is no field of its own", () => {
  const reply = answer(2, { nIds: count(u8), ids: list(u16, "n_ids") });
  const ids = request("ids", 1, {}, reply).reply;
  const bytes = encode(ids, { ids: [7, 8] }, header);
  assert.equal(bytes.subarray(22).toHex(), "0200070008");
  // @ts-expect-error The list tells its count.
  encode(ids, { nIds: 2, ids: [7, 8] }, header);
});

Deno.test("fields that are missing, wrong or unknown do not compile", () => {
  const checks = [
    () => encode(lbAsSetWeight, fields, header),
    // @ts-expect-error A field is missing.
    () => encode(lbAsSetWeight, { pfx: fields.pfx, protocol: "tcp", port: 80 }, header),
    // @ts-expect-error A field has the wrong type.
    () => encode(lbAsSetWeight, { ...fields, weight: "100" }, header),
    // @ts-expect-error A field has a word that it does not know.
    () => encode(lbAsSetWeight, { ...fields, protocol: "sctp" }, header),
    // @ts-expect-error A field is in VPP's spelling.
    () => encode(lbAsSetWeight, { ...fields, "is_flush": true }, header),
    // @ts-expect-error A field is unknown.
    () => encode(controlPing, { retval: 0 }, header),
    // @ts-expect-error The header lacks the context.
    () => encode(controlPing, {}, { id: 1, clientIndex: 2 }),
    // @ts-expect-error A structure lacks a member.
    () => encode(lbVipDump, { ...fields, pfxMatcher: { le: 0 } }, header),
    // @ts-expect-error Fields of the reply are not those of the request.
    () => encode(lbAsSetWeight.reply, fields, header),
  ];
  assert.equal(checks.length, 9);
});

Deno.test("what is read has the type of what is written", () => {
  type Equal<A, B> = [A, B] extends [B, A] ? true : false;
  const isReply: Equal<FieldsOf<typeof lbAsSetWeight.reply>, { readonly retval: number }> = true;
  const isEmpty: Equal<FieldsOf<typeof controlPing>, Record<string, never>> = true;
  const protocol: Equal<typeof fields.protocol, "tcp" | "udp" | "any" | number> = true;
  assert(isReply && isEmpty && protocol);
});

Deno.test("what sends any request has the types of each", () => {
  const call = <T, R>(request: Request<T, R>, fields: NoInfer<T>, reply: NoInfer<R>): R => {
    assert(encode(request, fields, header).length > frameHeaderBytes);
    return decode(request.reply, encode(request.reply, reply, header).subarray(frameHeaderBytes));
  };
  const { vpePid } = call(controlPing, {}, { retval: 0, clientIndex: 0, vpePid: 7 });
  assert.equal(vpePid, 7);
  // @ts-expect-error A dump has no reply.
  assert.throws(() => call(lbVipDump, fields, {}));
});

Deno.test("numbers of any width may be declared", () => {
  assert.equal(request("sizes", 1, { a: u8, b: u16, c: u32 }, retvalOnly).body.size, 7);
});
