import assert from "node:assert/strict";
import { outbound } from "./outbound.ts";

const bytes = (...values: number[]) => new Uint8Array(values);

/** What became of some promises, as far as they are settled. */
async function outcomes(promises: readonly Promise<void>[]): Promise<string[]> {
  const each = promises.map((promise) =>
    Promise.race([
      promise.then(() => "sent", (error) => error.message),
      new Promise((resolve) => setImmediate(() => resolve("waits"))),
    ])
  );
  return await Promise.all(each) as string[];
}

Deno.test("bytes are taken in order, in pieces no larger than asked for", async () => {
  const half = outbound();
  assert.equal(half.isEmpty, true);
  const sent = [half.push(bytes(1, 2, 3)), half.push(bytes(4))];
  assert.deepEqual(half.take(2), bytes(1, 2));
  assert.deepEqual(await outcomes(sent), ["waits", "waits"]);
  assert.deepEqual(half.take(2), bytes(3));
  assert.deepEqual(await outcomes(sent), ["sent", "waits"]);
  assert.deepEqual([half.take(0), half.isEmpty], [bytes(), false]);
  assert.deepEqual(half.take(10), bytes(4));
  assert.deepEqual(await outcomes(sent), ["sent", "sent"]);
  assert.deepEqual([half.take(10), half.isEmpty], [bytes(), true]);
});

Deno.test("a failure rejects what was not taken, whether anybody waits or not", async () => {
  const half = outbound();
  const [first, second, third] = [half.push(bytes(1)), half.push(bytes(2, 3)), half.push(bytes(4))];
  half.take(1);
  half.take(1);
  half.fail(new Error("broken"));
  assert.equal(half.isEmpty, true);
  assert.deepEqual(await outcomes([first, second]), ["sent", "broken"]);
  void third;
});
