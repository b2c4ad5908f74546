import assert from "node:assert/strict";
import { isBare, quoteWord, readWords, splitWords } from "./words.ts";

Deno.test("a line is split into words as its quotes say", () => {
  const cases: [string, readonly string[] | string][] = [
    ["", []],
    [" \t ", []],
    ["show  backends\tweb1 ", ["show", "backends", "web1"]],
    [`show backends "web 1"`, ["show", "backends", "web 1"]],
    [`a'b c'd "e"f`, ["ab cd", "ef"]],
    [`"" ''`, ["", ""]],
    [`a\\ b \\"c \\\\`, ["a b", `"c`, "\\"]],
    [`"a\\"b\\\\c\\d"`, [`a"b\\c\\d`]],
    [`'a\\b"c'`, [`a\\b"c`]],
    [`-o json --server=a:1`, ["-o", "json", "--server=a:1"]],
    [`a "b`, 'the quote " is not closed'],
    [`a 'b"`, "the quote ' is not closed"],
    [`a\\`, "the line ends with a backslash that protects nothing"],
    ["\u0000\u001b[2J ü\u{1f600}", ["\u0000\u001b[2J", "ü\u{1f600}"]],
  ];
  for (const [line, expected] of cases) {
    const split = splitWords(line);
    assert.deepEqual("words" in split ? split.words : split.problem, expected, line);
  }
});

Deno.test("the last word of an unfinished line is known with its place and its quote", () => {
  const cases: [string, unknown][] = [
    ["show ", { words: 1, endsInWord: false, open: undefined, start: 0, quote: undefined }],
    ["show ba", { words: 2, endsInWord: true, open: undefined, start: 5, quote: undefined }],
    [`show "we`, { words: 2, endsInWord: true, open: '"', start: 5, quote: '"' }],
    [`show 'we b'`, { words: 2, endsInWord: true, open: undefined, start: 5, quote: "'" }],
    [`show we\\`, { words: 2, endsInWord: true, open: "\\", start: 5, quote: undefined }],
  ];
  for (const [line, expected] of cases) {
    const { words, endsInWord, open } = readWords(line);
    const { start, quote } = words.at(-1) ?? {};
    assert.deepEqual({ words: words.length, endsInWord, open, start, quote }, expected, line);
  }
});

Deno.test("a word in quotes is read as itself", () => {
  for (const word of ["", "a b", `a"b`, "a'b", `a\\b'"`, "#a", "\t", "web1", "a\\"]) {
    assert.deepEqual(splitWords(quoteWord(word)), { words: [word] });
    assert.deepEqual(splitWords(quoteWord(word, "'")), { words: [word] });
    if (isBare(word)) assert.deepEqual(splitWords(word), { words: [word] });
  }
  assert.deepEqual(["web1", "a b", "#a", ""].map(isBare), [true, false, false, false]);
});

Deno.test("a long line takes no long time", () => {
  const long = `${"a ".repeat(250_000)}"${"b".repeat(500_000)}`;
  assert.equal(readWords(long).words.length, 250_001);
});
