import assert from "node:assert/strict";
import { showPaged } from "./pager.ts";

async function shown(count: number, rows: number, keys: readonly (string | null)[]) {
  const lines = Array.from({ length: count }, (_, index) => String(index + 1));
  const out: string[] = [];
  const left = [...keys];
  await showPaged(lines, {
    print: (line) => out.push(line) > 0,
    rows: () => rows,
    note: (text) => void (text === "" ? out.push("|") : assert.match(text, /more/)),
    key: () => Promise.resolve(left.shift() ?? null),
  });
  assert.deepEqual(left, []);
  return out.join(" ");
}

Deno.test("what fits the screen is shown as it is, and more a screen or a line at a time", async () => {
  assert.equal(await shown(3, 4, []), "1 2 3");
  assert.equal(await shown(7, 4, [" ", " "]), "1 2 3 | 4 5 6 | 7");
  assert.equal(await shown(6, 4, ["enter", "j", " "]), "1 2 3 | 4 | 5 | 6");
  assert.equal(await shown(9, 4, [" ", "q"]), "1 2 3 | 4 5 6 |");
  for (const key of ["Q", "ctrl-c", "escape", null]) {
    assert.equal(await shown(9, 4, [key]), "1 2 3 |", String(key));
  }
  assert.equal(await shown(3, 1, [" ", " "]), "1 | 2 | 3");
});
