import assert from "node:assert/strict";
import { decode, decodeHeader, encode, messageId } from "./codec.ts";
import {
  cliInband,
  controlPing,
  showVersion,
  showVpeSystemTime,
  sockclntCreate,
} from "./core_messages.ts";
import { frameHeaderBytes, maxMessageToVppBytes } from "./frame.ts";
import { ipRouteLookup } from "./ip_messages.ts";
import { lbAddDelAsV2, lbAsSetWeight, lbAsV2Dump, lbConfGet, lbVipDump } from "./lb_messages.ts";
import { dump, event, retvalOnly } from "./message.ts";
import { u32 } from "./scalars.ts";
import { string } from "./strings.ts";
import { addressOf, assertWireError } from "./testing.ts";
import { WireError } from "./wire_error.ts";

const header = { id: 99, clientIndex: 0x80000001, context: 23 };

Deno.test("a request is the frame, the header and the fields, in one piece", () => {
  const frame = encode(lbAddDelAsV2, {
    pfx: { address: addressOf("198.51.100.1"), length: 32 },
    protocol: "tcp",
    port: 80,
    asAddress: addressOf("10.1.0.2"),
    weight: 50,
    isDel: false,
    isFlush: false,
  }, header);
  const parts = [
    "0000000000000000" + "00000033" + "00000000",
    "0063" + "80000001" + "00000017",
    "00" + "c6336401" + "000000000000000000000000" + "20",
    "06" + "0050",
    "00" + "0a010002" + "000000000000000000000000",
    "32" + "00" + "00",
  ];
  assert.equal(frame.toHex(), parts.join(""));
});

Deno.test("a reply has the context and no client index", () => {
  const hex = "005c000000080000000" + "0c000020120010db80000000000000000000000010000100000000028";
  const bytes = Uint8Array.fromHex(hex);
  assert.deepEqual(decodeHeader(lbConfGet.reply, bytes), { id: 92, clientIndex: 0, context: 8 });
  assert.deepEqual(decode(lbConfGet.reply, bytes), {
    retval: 0,
    ip4SrcAddress: addressOf("192.0.2.1"),
    ip6SrcAddress: addressOf("2001:db8::1"),
    stickyBucketsPerCore: 4096,
    flowTimeout: 40,
  });
});

Deno.test("the time is in host order, as a VPP of 26.10 sent it", () => {
  const bytes = Uint8Array.fromHex("0353" + "00000001" + "00000000" + "17ceded042c0da41");
  const { vpeSystemTime } = decode(showVpeSystemTime.reply, bytes);
  assert.equal(new Date(vpeSystemTime * 1000).toISOString(), "2026-11-21T03:08:51.481Z");
});

Deno.test("an event has the client index and no context", () => {
  const swInterfaceEvent = event("sw_interface_event", 0x2d3d95a7, { pid: u32, swIfIndex: u32 });
  const frame = encode(swInterfaceEvent, { pid: 7, swIfIndex: 1 }, header);
  const bytes = frame.subarray(frameHeaderBytes);
  assert.equal(bytes.toHex(), "0063" + "80000001" + "00000007" + "00000001");
  assert.deepEqual(decodeHeader(swInterfaceEvent, bytes), { ...header, context: 0 });
});

Deno.test("the handshake has its headers the other way round", () => {
  const request = encode(sockclntCreate, { name: "me" }, { ...header, id: 15 });
  assert.equal(request.subarray(frameHeaderBytes, 24).toHex(), "000f" + "00000017" + "6d65");
  const fields = {
    response: 0,
    index: 0x80000001,
    messageTable: [{ index: 1, name: "a_00000000" }],
  };
  const reply = encode(sockclntCreate.reply, fields, { id: 16, clientIndex: 0, context: 23 });
  assert.equal(
    reply.subarray(frameHeaderBytes, 16 + 20).toHex(),
    "0010" + "00000000" + "00000017" + "00000000" + "80000001" + "0001",
  );
  assert.equal(reply.length, frameHeaderBytes + 20 + 66);
});

Deno.test("each path of a route takes 167 bytes", () => {
  const label = { isUniform: 0, label: 0, ttl: 0, exp: 0 };
  const path = {
    swIfIndex: 0xffffffff,
    tableId: 0,
    rpfId: 0,
    weight: 1,
    preference: 0,
    type: "drop",
    flags: 0,
    proto: "ip4",
    nh: { address: new Uint8Array(16), viaLabel: 0, objId: 0, classifyTableIndex: 0 },
    nLabels: 0,
    labelStack: Array.from({ length: 16 }, () => label),
  } as const;
  const pfx = { address: addressOf("10.0.0.1"), length: 32 };
  const route = { tableId: 0, statsIndex: 21, prefix: pfx, paths: [path, path] };
  const frame = encode(ipRouteLookup.reply, { retval: 0, route }, header);
  assert.equal(frame.length - frameHeaderBytes, 37 + 2 * 167);
});

Deno.test("a message that ends before its fields do is refused, and the place is named", () => {
  const whole = encode(lbAsSetWeight.reply, { retval: 0 }, header).subarray(frameHeaderBytes);
  const cut = (length: number) => () => decode(lbAsSetWeight.reply, whole.subarray(0, length));
  const place = "lb_as_set_weight_reply";
  assertWireError(cut(9), "short", `${place}.retval: 4 bytes wanted, 3 left`);
  assertWireError(cut(5), "short", `${place}: 6 bytes wanted, 5 left`);
  const headerOf = (length: number) => () => decodeHeader(controlPing, whole.subarray(0, length));
  assertWireError(headerOf(7), "short", "control_ping: 4 bytes wanted, 1 left");
  assertWireError(() => messageId(whole.subarray(0, 1)), "short", "2 bytes wanted, 1 left");
});

Deno.test("bytes behind the last field are ignored, as in VPP", () => {
  const whole = encode(lbAsSetWeight.reply, { retval: -6 }, header).subarray(frameHeaderBytes);
  const longer = new Uint8Array(whole.length + 3);
  longer.set(whole);
  assert.deepEqual(decode(lbAsSetWeight.reply, longer), { retval: -6 });
});

Deno.test("a message that claims more than is there is refused before anything is made", () => {
  const whole = encode(cliInband.reply, { retval: 0, reply: "ok" }, header);
  const bytes = whole.subarray(frameHeaderBytes);
  bytes[10] = 0xff;
  const message = "cli_inband_reply.reply: claims a text of 4278190082 bytes, 2 bytes left";
  assertWireError(() => decode(cliInband.reply, bytes), "bad-length", message);

  const table = encode(sockclntCreate.reply, { response: 0, index: 1, messageTable: [] }, header);
  const claims = "claims 65535 items of 66 bytes, 0 bytes left";
  assertWireError(
    () => decode(sockclntCreate.reply, table.fill(0xff, -2).subarray(frameHeaderBytes)),
    "bad-length",
    `sockclnt_create_reply.message_table: ${claims}`,
  );
});

Deno.test("what is decoded stays when the bytes are used again", () => {
  const fields = {
    retval: 0,
    program: "vpe",
    version: "26.10",
    buildDate: "",
    buildDirectory: "/",
  };
  const bytes = encode(showVersion.reply, fields, header).subarray(frameHeaderBytes);
  const decoded = decode(showVersion.reply, bytes);
  bytes.fill(0xff);
  assert.deepEqual(decoded, fields);
});

Deno.test("a value that its field cannot hold is refused, and the place is named", () => {
  const pfx = { address: addressOf("::"), length: 0 };
  const dump = (port: number) => () =>
    encode(lbVipDump, { pfx, pfxMatcher: { le: 0, ge: 256 }, protocol: "any", port }, header);
  assertWireError(dump(0), "bad-value", "lb_vip_dump.pfx_matcher.ge: 256 is no u8");
  const withId = (id: number) => () => encode(controlPing, {}, { ...header, id });
  assertWireError(withId(65536), "bad-value", "control_ping: 65536 is no u16");
});

Deno.test("messages made one after the other leave each other alone", () => {
  const made = Array.from(
    { length: 2000 },
    (_, context) => encode(controlPing, {}, { ...header, context }),
  );
  for (const [context, frame] of made.entries()) {
    assert.equal(frame.length, frameHeaderBytes + 10);
    assert.equal(decodeHeader(controlPing, frame.subarray(frameHeaderBytes)).context, context);
  }
});

Deno.test("a message that could not be made leaves nothing in the next one", () => {
  const filter = { protocol: "any", port: 0 } as const;
  const all = { address: addressOf("0.0.0.0"), length: 0 };
  const bad = { address: addressOf("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), length: 256 };
  const expected = encode(lbAsV2Dump, { ...filter, pfx: all }, header).toHex();
  for (let count = 0; count < 2000; count++) {
    assert.throws(() => encode(lbAsV2Dump, { ...filter, pfx: bad }, header), WireError);
    assert.equal(encode(lbAsV2Dump, { ...filter, pfx: all }, header).toHex(), expected);
  }
});

Deno.test("a request or dump has at most 64 KiB, a reply 16 MiB", () => {
  const most = maxMessageToVppBytes - 14;
  const request = (length: number) => encode(cliInband, { cmd: "x".repeat(length) }, header);
  assert.equal(request(most).length, frameHeaderBytes + 65536);
  const message = "cli_inband: a message of 65537 bytes where 65536 are allowed";
  assertWireError(() => request(most + 1), "too-large", message);
  const lookDump = dump("look_dump", 1, { filter: string }, retvalOnly);
  const look = (length: number) => encode(lookDump, { filter: "x".repeat(length) }, header);
  assert.equal(look(most).length, frameHeaderBytes + 65536);
  const alsoTooLarge = "look_dump: a message of 65537 bytes where 65536 are allowed";
  assertWireError(() => look(most + 1), "too-large", alsoTooLarge);

  const reply = (length: number) =>
    encode(cliInband.reply, { retval: 0, reply: "x".repeat(length) }, header);
  assert.equal(reply(2 ** 24 - 14).length, frameHeaderBytes + 2 ** 24);
  const tooLarge = "cli_inband_reply: a message of 16777217 bytes where 16777216 are allowed";
  assertWireError(() => reply(2 ** 24 - 13), "too-large", tooLarge);
});
