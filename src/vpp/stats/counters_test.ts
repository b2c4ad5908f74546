import assert from "node:assert/strict";
import { combinedCounters, simpleCounters } from "./counters.ts";
import { forSeeds } from "../../../tests/seeded.ts";

function bytesOf(counters: readonly (number | bigint)[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(BigUint64Array.from(counters, BigInt).buffer);
}

Deno.test("a counter is summed over the threads, of which some have fewer or none", () => {
  const counters = simpleCounters([[1, 2, 3], [10], [], [100, 200]].map(bytesOf));
  assert.deepEqual(counters.lengths, [3, 1, 0, 2]);
  assert.deepEqual([0, 1, 2, 3, 1e9].map(counters.sum), [111, 202, 3, 0, 0]);
});

Deno.test("packets and bytes are summed each for itself", () => {
  const counters = combinedCounters([[1, 100, 2, 200], [10, 1000]].map(bytesOf));
  assert.deepEqual(counters.lengths, [2, 1]);
  assert.deepEqual(counters.sum(0), { packets: 11, bytes: 1100 });
  assert.deepEqual(counters.sum(1), { packets: 2, bytes: 200 });
  assert.deepEqual(counters.sum(2), { packets: 0, bytes: 0 });
});

Deno.test("the counter of one thread is 0 where the index or the thread is not there", () => {
  const counters = simpleCounters([[1, 2], [10]].map(bytesOf));
  const at = (index: number, thread: number) => counters.at(index, thread);
  assert.deepEqual([at(0, 0), at(1, 0), at(0, 1), at(1, 1), at(0, 2)], [1, 2, 10, 0, 0]);
});

Deno.test("a sum is the number nearest to the true one, however large the counters are", () => {
  forSeeds(500, (random) => {
    const word = () => BigInt(Math.floor(random.next() * 2 ** 32));
    const counter = () => (word() << 32n | word()) >> BigInt(random.int(0, 63));
    const threads = Array.from({ length: random.int(0, 40) }, () => [counter()]);
    const sum = threads.flat().reduce((total, each) => total + each, 0n);
    assert.equal(simpleCounters(threads.map(bytesOf)).sum(0), Number(sum));
  });
});
