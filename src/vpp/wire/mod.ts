/**
 * VPP's binary API as bytes: types, messages, frames. Nothing here reads or writes a socket.
 *
 * A message is declared as a table of fields. Its codec, its TypeScript type and its text follow:
 *
 * @example A request, and the reply to it
 * ```ts
 * import { decode, describe, encode, frameHeaderBytes, lbAsSetWeight } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const fields = {
 *   pfx: { address: { family: 4, text: "198.51.100.1" }, length: 32 },
 *   protocol: "tcp",
 *   port: 80,
 *   asAddress: { family: 4, text: "10.0.0.1" },
 *   weight: 0,
 *   isFlush: true,
 * } as const;
 * const bytes = encode(lbAsSetWeight, fields, { id: 101, clientIndex: 0x80000001, context: 19 });
 * assert.equal(bytes.length, 66);
 * assert.equal(
 *   describe(lbAsSetWeight, fields),
 *   "lb_as_set_weight pfx=198.51.100.1/32 protocol=tcp port=80 as_address=10.0.0.1 weight=0 is_flush=true",
 * );
 *
 * const reply = encode(lbAsSetWeight.reply, { retval: -6 }, { id: 102, clientIndex: 0, context: 19 });
 * assert.equal(decode(lbAsSetWeight.reply, reply.subarray(frameHeaderBytes)).retval, -6);
 * ```
 *
 * @module
 */

export type * from "./addresses.ts";
export * from "./codec.ts";
export * from "./core_messages.ts";
export * from "./frame.ts";
export * from "./ip_messages.ts";
export * from "./lb_messages.ts";
export type * from "./message.ts";
export * from "./message_table.ts";
export * from "./registry.ts";
export * from "./retval.ts";
export * from "./text.ts";
export * from "./wire_error.ts";
