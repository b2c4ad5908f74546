/**
 * Regular expressions of a file, and the bodies that they are searched for in.
 *
 * @module
 */

import assert from "node:assert/strict";
import { compileRegexp } from "../../src/config/mod.ts";
import type { Random } from "../seeded.ts";
import { textMutations } from "./mutate.ts";
import { bytesOf, type FuzzTarget, textOf } from "./target.ts";

const atoms = [
  ...["a", "b", "é", "😀", ".", "\\d", "\\W", "\\pL", "\\p{Greek}", "\\PN", "\\x{10FFFF}", "\\xff"],
  ...["[a-z]", "[^a]", "[[:alpha:]]", "[^\\x00-\\x{10FFFF}]", "[\\d\\W]", "^", "$", "\\A", "\\z"],
  ...["\\b", "\\B", "\\Qa+\\E", "\\101", "(?i)", "(?s).", "(?m)^", "(?U)", "(?-i:K)", "ſ", "()"],
  ...["(?P<n>a)", "(?<n>b)", "]", "}", "{", "{,2}", "\n", "0", "1"],
];

/** What Go refuses. */
const wrong = [
  "\\C",
  "\\1",
  "(?=a)",
  "[z-a]",
  "\\p{Nobody}",
  "**",
  "(?z)",
  "\\x{110000}",
  "(",
  ")",
  "[",
];

function source(random: Random, depth: number): string {
  if (depth === 0) return random.pick(random.chance(0.01) ? wrong : atoms);
  const part = () => source(random, depth - 1);
  const counts = [
    "*",
    "+",
    "?",
    "*?",
    "+?",
    "??",
    "{2}",
    "{0}",
    "{3,}",
    "{1,30}",
    "{1000}",
    "{0,1000}",
  ];
  return random.pick([
    part,
    () => part() + part(),
    () => part() + part() + part(),
    () => `(${part()}|${part()})`,
    () => `(?:${part()})${random.pick(counts)}`,
    () => `(?i:${part()})`,
  ])();
}

function body(random: Random): string {
  const alphabet = random.pick(["a", "ab", "01", "aé😀\n", "abcK\u212aſ0 _-\r\n"]);
  const letters = [...alphabet];
  const { length } = { length: random.pick([0, 1, 10, 300, 12_000]) };
  return Array.from({ length }, () => random.pick(letters)).join("");
}

/** An expression, and behind the first 0xff, which UTF-8 does not have, a body. */
export const regexps: FuzzTarget = {
  name: "regexps",
  corpus: [],
  mutations: textMutations(atoms),
  invent(random) {
    const expression = bytesOf(source(random, random.int(0, 5)));
    return Uint8Array.of(...expression, 0xff, ...bytesOf(body(random)));
  },
  tries: 300,
  run(input) {
    const end = input.indexOf(0xff);
    const expression = textOf(input.subarray(0, end < 0 ? input.length : end));
    const bytes = end < 0 ? input : input.subarray(end + 1);
    const compiled = compileRegexp(expression);
    if ("problem" in compiled) {
      assert.ok(compiled.problem.length < 2_500, "the problem is too long");
      return compiled.problem;
    }
    const verdict = compiled.value.match(bytes);
    assert.equal(
      compiled.value.match(bytes),
      verdict,
      "what was searched before changes the answer",
    );
    return verdict;
  },
};
