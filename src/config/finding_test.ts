import assert from "node:assert/strict";
import { formatFindings, formatPath, type Path, placeFinder } from "./finding.ts";

Deno.test("a path is written so that it can be found in the file", () => {
  const cases: [Path, string][] = [
    [[], ""],
    [["frontends", "www", "pools", 0, "backends", "web3"], "frontends.www.pools[0].backends.web3"],
    [["backends", "web.example.net"], 'backends["web.example.net"]'],
    [["backends", "", "address"], 'backends[""].address'],
    [["backends", "tab\there"], 'backends["tab\\there"]'],
  ];
  for (const [path, text] of cases) assert.equal(formatPath(path), text);
});

Deno.test("an offset is found on its line, in characters, whatever ends the lines", () => {
  const text = "a\nbc\r\nd😀e\rf";
  const placeOf = placeFinder(text);
  const places = ["a", "b", "c", "d", "😀", "e", "f"].map((each) => placeOf(text.indexOf(each)));
  assert.deepEqual(places.map(({ line, column }) => `${line}:${column}`), [
    "1:1",
    "2:1",
    "2:2",
    "3:1",
    "3:2",
    "3:3",
    "4:1",
  ]);
  assert.deepEqual(placeFinder("")(0), { line: 1, column: 1 });
});

Deno.test("a finding is shown with its line and a mark under the place", () => {
  const finding = (line: number, column: number) => ({
    stage: "structure" as const,
    place: { line, column },
    path: ["backends"],
    message: "is wrong",
  });
  const show = (line: number, column: number, text: string) =>
    formatFindings({ shown: [finding(line, column)], more: 0 }, { file: "f", excerptOf: text });

  assert.deepEqual(show(2, 5, "maglev:\n\tb\u001b😀: {}\r\n"), [
    "f:2:5: backends: is wrong",
    "    2 |  b 😀: {}",
    "      |     ^",
  ]);
  const [, turned] = show(1, 1, "a\u202eb\u009bc");
  assert.equal(turned, "    1 | a b c", "nothing in it is obeyed by a terminal");
  assert.deepEqual(show(3, 1, "maglev:\n"), ["f:3:1: backends: is wrong"], "no such line");
  const [, excerpt, mark] = show(1, 500, `${"x".repeat(499)}!${"y".repeat(500)}`);
  assert.ok(excerpt !== undefined && excerpt.length <= 108, "a long line is cut");
  assert.equal(excerpt[mark?.indexOf("^") ?? -1], "!");
});

Deno.test("of more findings than can be shown, the number is told", () => {
  const lines = formatFindings({ shown: [], more: 17 }, { file: "maglev.yaml" });
  assert.deepEqual(lines, ["maglev.yaml: and 17 more"]);
});
