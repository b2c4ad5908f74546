import assert from "node:assert/strict";
import { editOf } from "./edits.ts";
import { insert, type Line, lineOf, LONGEST_LINE } from "./line.ts";

/** The cursor is drawn as a bar. */
const parsed = (drawn: string): Line => ({
  text: drawn.replace("|", ""),
  cursor: drawn.indexOf("|"),
});
const drawn = ({ text, cursor }: Line) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const edits: readonly (readonly [key: string, before: string, after: string, killed?: string])[] = [
  ["ctrl-a", "show web|1", "|show web1"],
  ["home", "|", "|"],
  ["ctrl-e", "sh|ow", "show|"],
  ["ctrl-b", "ab|c", "a|bc"],
  ["left", "|abc", "|abc"],
  ["left", "ae\u0301|", "a|e\u0301"],
  ["left", "日本|", "日|本"],
  ["left", "👩‍👩‍👧|", "|👩‍👩‍👧"],
  ["right", "a|👩‍👩‍👧b", "a👩‍👩‍👧|b"],
  ["right", "abc|", "abc|"],
  ["alt-b", "set web-1.example|", "set web-1.|example"],
  ["ctrl-left", "set web  |", "set |web  "],
  ["alt-f", "|set web-1", "set| web-1"],
  ["alt-f", "set| wéb-1", "set wéb|-1"],
  ["backspace", "ab|c", "a|c"],
  ["backspace", "|abc", "|abc"],
  ["backspace", "e\u0301|x", "|x"],
  ["delete", "a|日b", "a|b"],
  ["ctrl-d", "ab|", "ab|"],
  ["ctrl-k", "ab|cd", "ab|", "cd"],
  ["ctrl-u", "ab|cd", "|cd", "ab"],
  ["ctrl-w", "set web-1.example|", "set |", "web-1.example"],
  ["ctrl-w", "set web-1  | x", "set | x", "web-1  "],
  ["alt-d", "set| web-1", "set|-1", " web"],
  ["alt-backspace", "set web-1|", "set web-|", "1"],
  ["ctrl-t", "ab|c", "acb|"],
  ["ctrl-t", "abc|", "acb|"],
  ["ctrl-t", "|abc", "|abc"],
  ["ctrl-t", "a|", "a|"],
];

for (const [key, before, after, killed] of edits) {
  Deno.test(`${key} makes ${before} into ${after}`, () => {
    const edited = editOf(key)?.(parsed(before));
    assert.ok(edited);
    assert.equal(drawn(edited.line), after);
    assert.equal(edited.killed, killed);
  });
}

const inserts: readonly (readonly [before: string, text: string, after: string])[] = [
  ["|", "x", "x|"],
  ["a|b", "日本", "a日本|b"],
  ["e|x", "\u0301", "e\u0301|x"],
  ["e|\u0301", "a", "ea\u0301|"],
  ["|", "a\tb\u0000c\u001b[Ad\u2028", "a bc[Ad|"],
];

for (const [before, text, after] of inserts) {
  Deno.test(`${JSON.stringify(text)} in ${before} makes ${after}`, () => {
    assert.equal(drawn(insert(parsed(before), text)), after);
  });
}

Deno.test("a line has an end", () => {
  const almost = lineOf("x".repeat(LONGEST_LINE - 1));
  assert.equal(insert(almost, "yz").text.length, LONGEST_LINE);
  assert.equal(insert(almost, "👩").text.length, LONGEST_LINE - 1, "no character is cut");
  assert.equal(insert(lineOf("x".repeat(LONGEST_LINE)), "y").text.length, LONGEST_LINE);
});
