import assert from "node:assert/strict";
import { forSeeds, type Random } from "../../tests/seeded.ts";
import type { Family } from "../config/mod.ts";
import { echoReplyFilter, internetChecksum, putEchoRequest, readEchoReply } from "./icmp_echo.ts";

const families: readonly Family[] = [4, 6];

const viewOf = (bytes: readonly number[]) => new DataView(Uint8Array.from(bytes).buffer);

const randomBytes = (random: Random, length: number) =>
  Array.from({ length }, () => random.int(0, 255));

Deno.test("a request is laid out as in RFC 792 and RFC 4443", () => {
  const echo = { identifier: 0x1234, sequence: 0xfffe, payload: Uint8Array.of(1, 2, 3) };
  const cases: [Family, number[]][] = [
    // 0x0800 + 0x1234 + 0xfffe + 0x0102 + 0x0300, folded and inverted.
    [4, [8, 0, 0xe1, 0xca, 0x12, 0x34, 0xff, 0xfe, 1, 2, 3]],
    [6, [128, 0, 0, 0, 0x12, 0x34, 0xff, 0xfe, 1, 2, 3]],
  ];
  for (const [family, bytes] of cases) {
    const packet = new Uint8Array(20).fill(0xaa);
    const length = putEchoRequest(new DataView(packet.buffer, 4), family, echo);
    assert.deepEqual([...packet.subarray(4, 4 + length)], bytes);
    assert(packet.subarray(0, 4).every((byte) => byte === 0xaa));
    assert(packet.subarray(4 + length).every((byte) => byte === 0xaa));
  }
});

Deno.test("the checksum of a packet with its checksum in place is 0", () => {
  assert.equal(
    internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7)),
    0x220d,
  );
  forSeeds(200, (random) => {
    const payload = Uint8Array.from(randomBytes(random, random.int(0, 64)));
    const packet = new Uint8Array(8 + payload.length);
    const echo = { identifier: random.int(0, 65535), sequence: random.int(0, 65535), payload };
    putEchoRequest(new DataView(packet.buffer), 4, echo);
    assert.equal(internetChecksum(packet), 0);
  });
});

Deno.test("a reply is read, with and without a header of IP before it", () => {
  const reply = (type: number) => [type, 0, 9, 9, 0x12, 0x34, 0, 7, 5, 6];
  const ip = (words: number) => [0x40 + words, ...new Array(words * 4 - 1).fill(0)];
  const cases: [Family, number[], boolean][] = [
    [4, reply(0), false],
    [4, [...ip(5), ...reply(0)], true],
    [4, [...ip(15), ...reply(0)], true],
    [6, reply(129), false],
  ];
  for (const [family, packet, withIpHeader] of cases) {
    const view = viewOf([...packet, 77, 77]);
    const length = packet.length;
    assert.deepEqual(readEchoReply(view, family, { length, withIpHeader }), {
      identifier: 0x1234,
      sequence: 7,
      payload: Uint8Array.of(5, 6),
    });
    for (let short = 0; short < length - 2; short++) {
      assert.equal(readEchoReply(view, family, { length: short, withIpHeader }), undefined);
    }
  }
});

Deno.test("what is no reply is not read", () => {
  const cases: [string, Family, number[], boolean][] = [
    ["a request", 4, [8, 0, 0, 0, 1, 2, 3, 4], false],
    ["unreachable", 4, [3, 1, 0, 0, 1, 2, 3, 4], false],
    ["a reply with a code", 4, [0, 1, 0, 0, 1, 2, 3, 4], false],
    ["a request", 6, [128, 0, 0, 0, 1, 2, 3, 4], false],
    ["a reply of the other family", 6, [0, 0, 0, 0, 1, 2, 3, 4], false],
    ["a header of IP that is too short", 4, [0x44, ...new Array(40).fill(0)], true],
  ];
  for (const [what, family, bytes, withIpHeader] of cases) {
    const read = readEchoReply(viewOf(bytes), family, { length: bytes.length, withIpHeader });
    assert.equal(read, undefined, what);
  }
});

Deno.test("no packet is too strange to be read", () => {
  forSeeds(500, (random) => {
    const length = random.int(0, 132);
    const bytes = new Uint8Array(132);
    bytes.set(randomBytes(random, length));
    const withIpHeader = random.chance();
    const echo = readEchoReply(new DataView(bytes.buffer), random.pick(families), {
      length,
      withIpHeader,
    });
    if (echo !== undefined) assert(echo.payload.length <= length - (withIpHeader ? 28 : 8));
  });
});

Deno.test("the filter is the program that tcpdump would print so", () => {
  const print = (filter: Uint8Array) => {
    const view = new DataView(filter.buffer);
    return Array.from({ length: filter.length / 8 }, (_, index) => [
      view.getUint16(index * 8, true),
      view.getUint8(index * 8 + 2),
      view.getUint8(index * 8 + 3),
      view.getUint32(index * 8 + 4, true),
    ]);
  };
  const common = (type: number) => [
    [0x50, 0, 0, 0], // ldb [x + 0]
    [0x15, 0, 3, type], // jeq #type, next, last
    [0x48, 0, 0, 4], // ldh [x + 4]
    [0x15, 0, 1, 0xbeef], // jeq #0xbeef, next, last
    [0x06, 0, 0, 0xffffffff], // ret all
    [0x06, 0, 0, 0], // ret nothing
  ];
  assert.deepEqual(print(echoReplyFilter(4, 0xbeef)), [[0xb1, 0, 0, 0], ...common(0)]); // ldxb 4*([0]&0xf)
  assert.deepEqual(print(echoReplyFilter(6, 0xbeef)), [[0x01, 0, 0, 0], ...common(129)]); // ldx #0
});
