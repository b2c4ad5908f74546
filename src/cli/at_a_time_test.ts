import assert from "node:assert/strict";
import { RpcError } from "../rpc/status.ts";
import { askAboutEach } from "./at_a_time.ts";

const names = Array.from({ length: 1_000 }, (_, index) => `web${index}`);

Deno.test("answers come in the order of the names, with a bounded number of calls at a time", async () => {
  let [running, most] = [0, 0];
  const answers = await askAboutEach(names, async (name) => {
    most = Math.max(most, ++running);
    for (let turns = name.length * 7 % 5; turns >= 0; turns--) await Promise.resolve();
    running--;
    return name.toUpperCase();
  });
  assert.deepEqual(answers, names.map((name) => name.toUpperCase()));
  assert.equal(most, 32);
});

Deno.test("what is gone by the time that it is asked for is left out", async () => {
  const answers = await askAboutEach(["a", "b", "c"], async (name) => {
    await Promise.resolve();
    if (name === "b") throw new RpcError("NOT_FOUND", 'no backend named "b"');
    return name;
  });
  assert.deepEqual(answers, ["a", "c"]);
});

Deno.test("an error ends it, and no further calls are made", async () => {
  let calls = 0;
  const refused = askAboutEach(names, async () => {
    calls++;
    await Promise.resolve();
    throw new RpcError("PERMISSION_DENIED", "not you");
  });
  await assert.rejects(refused, /not you/);
  assert.equal(calls, 32);
});

Deno.test("nothing to ask about is no answers", async () => {
  assert.deepEqual(await askAboutEach([], () => Promise.reject(new Error("asked"))), []);
});
