/**
 * How long messages take: a full sync has tens of thousands, while the daemon has one thread.
 *
 * @module
 */

import { decode, encode } from "./codec.ts";
import { sockclntCreate } from "./core_messages.ts";
import { frame, FrameReader, maxMessageToVppBytes } from "./frame.ts";
import { lbAsSetWeight, lbAsV2Dump } from "./lb_messages.ts";
import { messageTable } from "./message_table.ts";
import { recorded } from "./recording_fixture.ts";
import { attributes } from "./text.ts";

const { bytes: request } = recorded(lbAsSetWeight);
const fields = decode(lbAsSetWeight, request);
const header = { id: 101, clientIndex: 0x80000001, context: 1 };

Deno.bench("encode lb_as_set_weight", () => {
  encode(lbAsSetWeight, fields, header);
});

Deno.bench("decode lb_as_set_weight", () => {
  decode(lbAsSetWeight, request);
});

Deno.bench("decode lb_as_set_weight_reply", () => {
  decode(lbAsSetWeight.reply, reply);
});

const { bytes: reply } = recorded(lbAsSetWeight.reply);
const { bytes: details } = recorded(lbAsV2Dump.details);

Deno.bench("decode lb_as_v2_details", () => {
  decode(lbAsV2Dump.details, details);
});

Deno.bench("log attributes of lb_as_set_weight", () => {
  attributes(lbAsSetWeight, fields);
});

const { bytes: tableBytes, frame: tableFrame } = recorded(sockclntCreate.reply);
const table = decode(sockclntCreate.reply, tableBytes);

Deno.bench("decode a message table of 873 entries", () => {
  messageTable(decode(sockclntCreate.reply, tableBytes));
});

Deno.bench("encode a message table of 873 entries", () => {
  encode(sockclntCreate.reply, table, header);
});

Deno.bench("frames: a message table in chunks of 4096 bytes", () => {
  const reader = new FrameReader();
  for (let at = 0; at < tableFrame.length; at += 4096) {
    for (const _ of reader.read(tableFrame.subarray(at, at + 4096)));
  }
});

const tiny = frame(request, maxMessageToVppBytes);
const many = new Uint8Array(1000 * tiny.length);
for (let index = 0; index < 1000; index++) many.set(tiny, index * tiny.length);

Deno.bench("frames: 1000 small messages in one chunk", () => {
  for (const _ of new FrameReader().read(many));
});
