import assert from "node:assert/strict";
import { Pass } from "./pass.ts";
import { base } from "./segment_fixture.ts";

const size = 4096;

/** A segment of zeros but for vectors, by the offset of their first element and their length. */
function passOver(vectors: Readonly<Record<number, number>>, from = base): Pass {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  for (const [offset, length] of Object.entries(vectors)) {
    view.setUint32(Number(offset) - 8, length, true);
  }
  return new Pass(bytes, from);
}

const address = (offset: number) => base + BigInt(offset);
const damaged = { name: "StatsError", code: "bounds", message: /damaged.*; restart VPP$/ };

Deno.test("a null pointer is a vector without elements", () => {
  const pass = passOver({});
  assert.equal(pass.length(0n, 144), 0);
  assert.equal(pass.elements(0n, 8).length, 0);
  assert.equal(pass.element(0n, 8, 0).length, 0);
  assert.equal(pass.pointers(0n).length, 0);
});

Deno.test("a vector may begin right after the header and end with the segment", () => {
  const pass = passOver({ 64: (size - 64) / 16, [size]: 0 });
  assert.equal(pass.elements(address(64), 16).length, size - 64);
  assert.equal(pass.elements(address(size), 16).length, 0);
});

Deno.test("an element beyond the end of its vector is nothing", () => {
  const pass = passOver({ 128: 3 });
  assert.equal(pass.element(address(128), 16, 2).length, 16);
  assert.equal(pass.element(address(128), 16, 3).length, 0);
  assert.equal(pass.element(address(128), 16, 0xffff_ffff).length, 0);
});

const misplaced: [what: string, pointer: bigint][] = [
  ["below the segment", base - 8n],
  ["at the segment's beginning", base],
  ["into the header", address(56)],
  ["behind the segment", address(size + 8)],
  ["to 1", 1n],
  ["to the end of all memory", 2n ** 64n - 1n],
];
for (const [what, pointer] of misplaced) {
  Deno.test(`an address ${what} is refused`, () => {
    const pass = passOver({});
    assert.throws(() => pass.length(pointer, 8), damaged);
    assert.throws(() => pass.elements(pointer, 8), damaged);
    assert.throws(() => pass.element(pointer, 8, 0), damaged);
  });
}

Deno.test("a segment that says it lies elsewhere has no address that is right", () => {
  for (const from of [0n, base + 1n, 2n ** 64n - 1n]) {
    assert.throws(() => passOver({ 64: 1 }, from).length(address(64), 8), damaged);
  }
});

const tooLong: [elements: number, elementBytes: number][] = [
  [2 ** 32 - 1, 144],
  [2 ** 32 - 1, 1],
  [2 ** 31, 8],
  [(size - 128) / 8 + 1, 8],
  [size - 127, 1],
];
for (const [elements, elementBytes] of tooLong) {
  Deno.test(`${elements} elements of ${elementBytes} bytes are refused`, () => {
    const pass = passOver({ 128: elements });
    assert.throws(() => pass.length(address(128), elementBytes), damaged);
    assert.throws(() => pass.element(address(128), elementBytes, 0), damaged);
  });
}

Deno.test("a pass ends when it has copied more than a sound segment can hold", () => {
  const pass = passOver({ 128: size - 128 });
  assert.equal(pass.elements(address(128), 1).length, size - 128);
  assert.equal(pass.elements(address(128), 1).length, size - 128);
  assert.throws(() => pass.elements(address(128), 1), damaged);
});

Deno.test("a pass ends when it has copied too often, however little", () => {
  const pass = passOver({ 128: 0 });
  let copies = 0;
  assert.throws(() => {
    for (;; copies++) pass.elements(address(128), 1);
  }, damaged);
  assert.equal(copies, 2 * size / 64);
});
