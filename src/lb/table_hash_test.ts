import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { hashWord } from "./table_hash.ts";

const mask = (1n << 64n) - 1n;
const primes = [
  11400714785074694791n,
  14029467366897019727n,
  1609587929392839161n,
  9650029242287828579n,
  2870177450012600261n,
] as const;

/** XXH64 of one word as its specification has it, with the seed that VPP gives it. */
function reference(word: bigint): bigint {
  const rotate = (value: bigint, bits: bigint) =>
    ((value << bits) | (value >> (64n - bits))) & mask;
  const round = (rotate((word * primes[1]) & mask, 31n) * primes[0]) & mask;
  let hash = (0x9e3779b97f4a7c13n + primes[4] + 8n) & mask;
  hash = (rotate(hash ^ round, 27n) * primes[0] + primes[3]) & mask;
  hash = ((hash ^ (hash >> 33n)) * primes[1]) & mask;
  hash = ((hash ^ (hash >> 29n)) * primes[2]) & mask;
  return hash ^ (hash >> 32n);
}

function hashed(word: bigint): bigint {
  const halves = { low: Number(word & 0xffffffffn), high: Number(word >> 32n) };
  hashWord(halves);
  return (BigInt(halves.high) << 32n) | BigInt(halves.low);
}

Deno.test("a word hashes as the reference with 64-bit arithmetic has it", () => {
  forSeeds(2000, (random) => {
    const half = () => BigInt(random.int(0, 0xffffffff));
    const word = (half() << 32n) | half();
    assert.equal(hashed(word), reference(word));
  });
});

Deno.test("words of few or nearly all bits hash as the reference has it", () => {
  for (let bit = 0n; bit < 64n; bit++) {
    for (const word of [1n << bit, (1n << bit) - 1n, mask ^ (1n << bit), mask << bit & mask]) {
      assert.equal(hashed(word), reference(word), word.toString(16));
    }
  }
});

Deno.test("a half may be negative, and those of the hash never are", () => {
  const word = { low: -1, high: -2 };
  hashWord(word);
  const expected = reference(0xfffffffe_ffffffffn);
  assert.deepEqual(word, { low: Number(expected & 0xffffffffn), high: Number(expected >> 32n) });
});
