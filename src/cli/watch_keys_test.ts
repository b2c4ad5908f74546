import assert from "node:assert/strict";
import { untilKey } from "./watch_keys.ts";

/** A terminal that tells in which order things were done to it. */
function fakeTerminal() {
  const key = Promise.withResolvers<number | null>();
  const modes: boolean[] = [];
  const setRaw = (isRaw: boolean) => void modes.push(isRaw);
  return { modes, setRaw, read: () => key.promise, hit: key.resolve, lose: key.reject };
}

Deno.test("a key is waited for in raw mode, and the abort leaves it at once", async () => {
  const terminal = fakeTerminal();
  const unless = new AbortController();
  const hit = untilKey(terminal, unless.signal);
  assert.deepEqual(terminal.modes, [true]);
  terminal.hit(1);
  await hit;
  unless.abort();
  assert.deepEqual(terminal.modes, [true, false]);
});

Deno.test("the abort ends the wait", async () => {
  const terminal = fakeTerminal();
  const unless = new AbortController();
  const waits = [untilKey(terminal, unless.signal), untilKey(null, unless.signal)];
  unless.abort();
  assert.deepEqual(terminal.modes, [true, false]);
  await Promise.all([...waits, untilKey(terminal, unless.signal)]);
  assert.deepEqual(terminal.modes, [true, false]);
});

Deno.test("a terminal that went away has no more keys", async () => {
  const terminal = fakeTerminal();
  const unless = new AbortController();
  const hit = untilKey(terminal, unless.signal);
  terminal.lose(new Error("EIO"));
  await hit;
  unless.abort();
});
