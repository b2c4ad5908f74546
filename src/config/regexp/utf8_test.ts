import assert from "node:assert/strict";
import { forSeeds } from "../../../tests/seeded.ts";
import { decodeCharacter, lengthInBytes } from "./utf8.ts";

Deno.test("a character is read from the bytes that it is written in", () => {
  for (const codePoint of [0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x10ffff]) {
    const bytes = new TextEncoder().encode(String.fromCodePoint(codePoint));
    assert.equal(decodeCharacter(bytes, 0), codePoint);
    assert.equal(lengthInBytes(codePoint), bytes.length);
    for (let length = 1; length < bytes.length; length++) {
      assert.equal(decodeCharacter(bytes.subarray(0, length), 0), -1);
    }
  }
  assert.equal(lengthInBytes(-1), 1);
});

Deno.test("bytes are a character exactly if the platform's decoder says so", () => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decoded = (bytes: Uint8Array): number => {
    for (let length = 2; length <= 4; length++) {
      try {
        const [character = "", ...others] = decoder.decode(bytes.subarray(0, length));
        if (others.length === 0) return character.codePointAt(0) ?? -1;
      } catch {
        continue;
      }
    }
    return -1;
  };
  forSeeds(5_000, (random) => {
    const edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
    const bytes = Uint8Array.from([
      random.int(0x80, 0xff),
      ...Array.from(
        { length: 3 },
        () => random.chance() ? random.int(0x80, 0xbf) : random.pick(edges),
      ),
    ]);
    assert.equal(decodeCharacter(bytes, 0), decoded(bytes), [...bytes].join(" "));
  });
});
