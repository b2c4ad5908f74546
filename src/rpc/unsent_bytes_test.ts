import assert from "node:assert/strict";
import { unsentBytes } from "./unsent_bytes.ts";

Deno.test("who holds most is cut when all together hold too much, and nobody else", () => {
  const bytes = unsentBytes(100);
  const cut: string[] = [];
  const [small, large] = ["small", "large"].map((name) => bytes.of(() => cut.push(name)));
  small?.add(30);
  large?.add(70);
  assert.deepEqual(cut, []);
  small?.add(10);
  assert.deepEqual(cut, ["large"]);
  small?.add(60);
  large?.add(50);
  large?.add(-120);
  assert.deepEqual(cut, ["large"]);
  small?.add(1);
  assert.deepEqual(cut, ["large", "small"]);
});
