import assert from "node:assert/strict";
import { type Search, searchFor, searchOlder, searchPrompt, startSearch } from "./search.ts";

const lines = ["show vpp info", "set web1 pause", "show backends", "show backends", "quit"];

/** Letters are added to what is looked for; `^` looks for an older line. */
function search(keys: string): Search {
  return [...keys].reduce(
    (search, key) =>
      key === "^" ? searchOlder(search, lines) : searchFor(search, lines, search.query + key),
    startSearch(lines),
  );
}

const cases: readonly (readonly [keys: string, line: string | undefined, isFound: boolean])[] = [
  ["", undefined, true],
  ["^", undefined, true],
  ["s", "show backends", true],
  ["s^", "set web1 pause", true],
  ["s^^", "show vpp info", true],
  ["s^^^", "show vpp info", false],
  ["s^h", "show vpp info", true],
  ["web", "set web1 pause", true],
  ["webx", "set web1 pause", false],
  ["x", undefined, false],
];

for (const [keys, line, isFound] of cases) {
  Deno.test(`"${keys}" finds ${line}${isFound ? "" : ", and no more"}`, () => {
    const found = search(keys);
    assert.equal(lines[found.index], line);
    assert.equal(found.isFound, isFound);
  });
}

Deno.test("a prompt says what is looked for", () => {
  assert.equal(searchPrompt(search("web")), 'search "web": ');
  assert.equal(searchPrompt(search("webx")), 'not found "webx": ');
});
