import assert from "node:assert/strict";
import {
  frame,
  frameHeaderBytes,
  FrameReader,
  maxMessageFromVppBytes,
  maxMessageToVppBytes,
} from "./frame.ts";
import { sockclntCreate } from "./core_messages.ts";
import { recorded } from "./recording_fixture.ts";
import { assertWireError } from "./testing.ts";

/** A frame whose header claims a length, and as much of the message as given. */
function claiming(length: number, message = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  const bytes = frame(message, maxMessageFromVppBytes);
  new DataView(bytes.buffer).setUint32(8, length);
  return bytes;
}

function* chunksOf(
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function repeated(bytes: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(count * bytes.length);
  for (let index = 0; index < count; index++) all.set(bytes, index * bytes.length);
  return all;
}

Deno.test("a frame is 16 bytes, the length in the middle, and the message", () => {
  const bytes = frame(Uint8Array.of(0, 15, 7), maxMessageToVppBytes);
  assert.equal(bytes.toHex(), "0000000000000000" + "00000003" + "00000000" + "000f07");
});

Deno.test("a message beyond the limit is not framed", () => {
  const message = "a message of 65537 bytes where 65536 are allowed";
  assertWireError(() => frame(new Uint8Array(65537), maxMessageToVppBytes), "too-large", message);
});

Deno.test("chunks of any size give the same messages", () => {
  const messages = [Uint8Array.of(0, 1), new Uint8Array(0), Uint8Array.of(0, 2, 3, 4, 5)];
  const frames = messages.map((message) => [...frame(message, maxMessageToVppBytes)]);
  const stream = Uint8Array.from(frames.flat());
  for (let size = 1; size <= stream.length; size++) {
    const reader = new FrameReader();
    const seen = [...chunksOf(stream, size)].flatMap((chunk) => [...reader.read(chunk)]);
    assert.deepEqual(seen.map((each) => [...each]), messages.map((each) => [...each]));
  }
});

Deno.test("a message table in chunks of 4096 bytes, as VPP sends it, is one message", () => {
  const { frame, bytes } = recorded(sockclntCreate.reply);
  const reader = new FrameReader();
  const seen = [...chunksOf(frame, 4096)].flatMap((chunk) => [...reader.read(chunk)]);
  assert.deepEqual(seen.map((each) => each.toHex()), [bytes.toHex()]);
});

Deno.test("a message within one chunk is a view of it", () => {
  const chunk = frame(Uint8Array.of(0, 1), maxMessageToVppBytes);
  const [message] = new FrameReader().read(chunk);
  assert.equal(message?.buffer, chunk.buffer);
});

Deno.test("a message of several chunks survives when their memory is used again", () => {
  const stream = frame(Uint8Array.from({ length: 100 }, (_, index) => index), maxMessageToVppBytes);
  const memory = new Uint8Array(7);
  const reader = new FrameReader();
  const seen: Uint8Array[] = [];
  for (const chunk of chunksOf(stream, 7)) {
    memory.set(chunk);
    seen.push(...reader.read(memory.subarray(0, chunk.length)));
  }
  assert.deepEqual(seen, [stream.slice(frameHeaderBytes)]);
});

Deno.test("a length beyond the limit is refused when the header is there, after what came before", () => {
  const good = frame(Uint8Array.of(0, 1), maxMessageToVppBytes);
  const bad = claiming(maxMessageFromVppBytes + 1);
  const message = "a message of 16777217 bytes where 16777216 are allowed";
  for (const size of [1, 15, 16, 17, 100]) {
    const reader = new FrameReader();
    const seen: Uint8Array[] = [];
    assertWireError(
      () => {
        for (const chunk of chunksOf(Uint8Array.from([...good, ...bad]), size)) {
          for (const each of reader.read(chunk)) seen.push(each.slice());
        }
      },
      "too-large",
      message,
    );
    assert.deepEqual(seen, [Uint8Array.of(0, 1)]);
  }
});

Deno.test("the limit may be another one", () => {
  const reader = new FrameReader(maxMessageToVppBytes);
  const message = "a message of 65537 bytes where 65536 are allowed";
  assertWireError(() => [...reader.read(claiming(65537))], "too-large", message);
});

Deno.test("a claimed length alone takes no memory", () => {
  const claim = claiming(maxMessageFromVppBytes, new Uint8Array(100));
  const before = Deno.memoryUsage().external;
  const readers = Array.from({ length: 1000 }, () => new FrameReader());
  for (const reader of readers) assert.deepEqual([...reader.read(claim)], []);
  const grown = Deno.memoryUsage().external - before;
  assert(grown < readers.length * 8192, `${grown} bytes`);
});

Deno.test("a message of 16 MiB in tiny chunks is put together in one pass", () => {
  const stream = frame(new Uint8Array(maxMessageFromVppBytes).fill(7), maxMessageFromVppBytes);
  const reader = new FrameReader();
  let seen = 0;
  for (const chunk of chunksOf(stream, 64)) {
    for (const message of reader.read(chunk)) {
      seen++;
      assert.equal(message.length, maxMessageFromVppBytes);
      assert.equal(message.at(-1), 7);
    }
  }
  assert.equal(seen, 1);
});

Deno.test("a million tiny messages are a million messages", () => {
  const stream = repeated(frame(Uint8Array.of(0, 1), maxMessageToVppBytes), 1_000_000);
  const reader = new FrameReader();
  let seen = 0;
  for (const chunk of chunksOf(stream, 4096)) {
    for (const message of reader.read(chunk)) seen += message.length / 2;
  }
  assert.equal(seen, 1_000_000);
});
