import assert from "node:assert/strict";
import { forSeeds, type Random } from "../../tests/seeded.ts";
import { compileRegexp, type Regexp } from "./regexp.ts";

function compiled(source: string): Regexp {
  const result = compileRegexp(source);
  assert.ok("value" in result, `${source}: ${JSON.stringify(result)}`);
  return result.value;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

Deno.test("a compiled expression knows how it was written, and can be used again and again", () => {
  const regexp = compiled('"status":\\s*"ok"');
  assert.equal(regexp.source, '"status":\\s*"ok"');
  for (let round = 0; round < 3; round++) {
    assert.equal(regexp.match(bytesOf('{"status": "ok"}')), "match");
    assert.equal(regexp.match(bytesOf('{"status": "down"}')), "no-match");
    assert.equal(regexp.match(new Uint8Array()), "no-match");
  }
});

Deno.test("what Go refuses is refused, and the problem says why", () => {
  const cases: [source: string, problem: string][] = [
    ["(", "a group is not closed"],
    ["a(b|c", "a group is not closed"],
    ["(?i:a", "a group is not closed"],
    ["a)", "a ) closes no group"],
    ["(a))", "a ) closes no group"],
    ["[a", "a class is not closed: [a"],
    ["[]", "a class is not closed: []"],
    ["[^]", "a class is not closed: [^]"],
    ["x[a-", "a class is not closed: [a-"],
    ["[[:alpha:]", "a class is not closed: [[:alpha:]"],
    [`[${"ab\n".repeat(20)}`, `a class is not closed: [${"ab ".repeat(13)}…`],
    ["[z-a]", "a range ends before it begins: z-a"],
    ["[a-[:digit:]]", "a range ends before it begins: a-["],
    ["[\\x41-\\x40]", "a range ends before it begins: \\x41-\\x40"],
    ["[[:letter:]]", "there is no class [:letter:]"],
    ["[[:constructor:]]", "there is no class [:constructor:]"],
    ["[[:^^alpha:]]", "there is no class [:^^alpha:]"],
    ["[[::]]", "there is no class [::]"],
    ["[[:a]b:]", "there is no class [:a]b:]"],
    ["\\p{Grek}", "there is no class \\p{Grek}"],
    ["\\p{Unknown}", "there is no class \\p{Unknown}"],
    ["\\p{Script=Greek}", "there is no class \\p{Script=Greek}"],
    ["\\p{}", "there is no class \\p{}"],
    ["\\P{^^L}", "there is no class \\P{^^L}"],
    ["\\pX", "there is no class \\pX"],
    ["\\pé", "there is no class \\pé"],
    ["\\p^L", "there is no class \\p^"],
    ["\\p{Greek", "there is no class \\p{"],
    ["\\p{GREE\u212a}", "there is no class \\p{GREE\u212a}"],
    ["\\p", "there is no escape \\p"],
    ["*", "there is nothing to repeat before *"],
    ["a|*", "there is nothing to repeat before *"],
    ["(+a)", "there is nothing to repeat before +"],
    ["{2}", "there is nothing to repeat before {2}"],
    ["(?i)?", "there is nothing to repeat before ?"],
    ["a**", "a repetition is repeated: **"],
    ["a*?+", "a repetition is repeated: *?+"],
    ["a{2}{3}", "a repetition is repeated: {2}{3}"],
    ["a???", "a repetition is repeated: ???"],
    ["a{3,2}", "a count ends before it begins: {3,2}"],
    ["a{1001}", "a part is repeated more than 1000 times, by {1001}"],
    ["a{0,1001}", "a part is repeated more than 1000 times, by {0,1001}"],
    ["a{1001,}", "a part is repeated more than 1000 times, by {1001,}"],
    ["a{2,1001}?", "a part is repeated more than 1000 times, by {2,1001}?"],
    ["(a{40}){40}", "a part is repeated more than 1000 times, by {40}"],
    ["(a{334}){3}", "a part is repeated more than 1000 times, by {3}"],
    ["(b|(a{40,})+c){40}", "a part is repeated more than 1000 times, by {40}"],
    ["(?:(?:(?:a{10}){10}){10}){2}", "a part is repeated more than 1000 times, by {2}"],
    [`a{${"9".repeat(400)}}`, `a part is repeated more than 1000 times, by {${"9".repeat(39)}…`],
    ["a\\", "it ends in a backslash"],
    ["\\y", "there is no escape \\y"],
    ["\\Z", "there is no escape \\Z"],
    ["\\G", "there is no escape \\G"],
    ["\\C", "there is no escape \\C"],
    ["\\E", "there is no escape \\E"],
    ["\\é", "there is no escape \\é"],
    ["[\\b]", "there is no escape \\b"],
    ["[a-\\d]", "there is no escape \\d"],
    ["(a)\\1", "it has a back-reference, \\1"],
    ["\\8", "it has a back-reference, \\8"],
    ["\\19", "it has a back-reference, \\1"],
    ["\\k<a>", "there is no escape \\k"],
    ["\\x", "\\x takes two hexadecimal digits, or in braces up to 10FFFF"],
    ["\\x4", "\\x takes two hexadecimal digits, or in braces up to 10FFFF"],
    ["\\xg0", "\\x takes two hexadecimal digits, or in braces up to 10FFFF"],
    ["\\x{}", "\\x takes two hexadecimal digits, or in braces up to 10FFFF"],
    ["\\x{110000}", "\\x takes two hexadecimal digits, or in braces up to 10FFFF"],
    ["\\x{41", "\\x takes two hexadecimal digits, or in braces up to 10FFFF"],
    ["a(?=b)", "it has a look-around, (?="],
    ["a(?!b)", "it has a look-around, (?!"],
    ["(?<=a)b", "it has a look-around, (?<="],
    ["(?<!a)b", "it has a look-around, (?<!"],
    ["(?P<a-b>x)", "the name of a group is of letters, digits and _, unlike (?P<a-b>"],
    ["(?<>x)", "the name of a group is of letters, digits and _, unlike (?<>"],
    ["(?<n", "the name of a group is of letters, digits and _, unlike (?<n"],
    ["(?x)a", "the flags of a group are i, m, s and U, unlike (?x)"],
    ["(?i-)a", "the flags of a group are i, m, s and U, unlike (?i-)"],
    ["(?-)a", "the flags of a group are i, m, s and U, unlike (?-)"],
    ["(?i-s-m)a", "the flags of a group are i, m, s and U, unlike (?i-s-m)"],
    ["(?>a)", "the flags of a group are i, m, s and U, unlike (?>"],
    ["(?#a)", "the flags of a group are i, m, s and U, unlike (?#"],
    ["(?P=n)", "the flags of a group are i, m, s and U, unlike (?P="],
    ["(?i", "the flags of a group are i, m, s and U, unlike (?i"],
    ["(?", "the flags of a group are i, m, s and U, unlike (?"],
    ["a\ud800", "it holds half a character"],
  ];
  for (const [source, problem] of cases) {
    const expected = { problem: `not a regular expression that Go knows: ${problem}` };
    assert.deepEqual(compileRegexp(source), expected, source);
  }
});

Deno.test("an expression has 1000 characters at the most", () => {
  assert.equal(compiled("a".repeat(1_000)).match(bytesOf("a".repeat(1_000))), "match");
  assert.deepEqual(compileRegexp("a".repeat(1_001)), { problem: "longer than 1000 characters" });
});

Deno.test("a byte that is not UTF-8 is read as U+FFFD", () => {
  const cases: [source: string, bytes: number[], matches: boolean][] = [
    ["^\ufffd$", [0xff], true],
    ["^\\x{fffd}$", [0xef, 0xbf, 0xbd], true],
    ["^.$", [0x80], true],
    ["^[^a]$", [0xfe], true],
    ["^[a-z]$", [0xc3], false],
    ["^\ufffd{2}$", [0xff, 0xff], true],
    ["^\ufffd{2}$", [0xc0, 0x80], true], // more bytes than needed
    ["^\ufffd{3}$", [0xe0, 0x80, 0x80], true],
    ["^\ufffd{3}$", [0xed, 0xa0, 0x80], true], // a surrogate
    ["^\ufffd{4}$", [0xf4, 0x90, 0x80, 0x80], true], // beyond the last code point
    ["^\ufffd{3}$", [0xf0, 0x9f, 0x98], true], // cut short
    ["^\ufffda$", [0xc3, 0x61], true],
    ["^\ufffdé$", [0xe2, 0xc3, 0xa9], true],
    ["^é$", [0xc3, 0xa9], true],
    ["^😀$", [0xf0, 0x9f, 0x98, 0x80], true],
    ["\\bok\\b", [0xff, 0x6f, 0x6b, 0xff], true],
    ["^\\W$", [0xff], true],
  ];
  for (const [source, bytes, matches] of cases) {
    const expected = matches ? "match" : "no-match";
    assert.equal(compiled(source).match(Uint8Array.from(bytes)), expected, `${source} ${bytes}`);
  }
});

/** An expression that means the same in JavaScript. */
function simpleSource(random: Random, depth: number): string {
  const part = () => simpleSource(random, depth - 1);
  const atoms = [
    "a",
    "b",
    "é",
    ".",
    "[ab]",
    "[^a]",
    "\\d",
    "\\w",
    "\\W",
    "^",
    "$",
    "\\b",
    "\\B",
  ];
  if (depth === 0) return random.pick(atoms);
  const count = random.pick(["*", "+", "?", "*?", "{2}", "{1,2}", "{2,}", "{0}"]);
  const forms = [
    part,
    () => part() + part(),
    () => `(${part()}|${part()})`,
    () => `(?:${part()})${count}`,
  ];
  return random.pick(forms)();
}

Deno.test("simple expressions match what they match in JavaScript", () => {
  forSeeds(2_000, (random) => {
    const source = simpleSource(random, random.int(1, 5));
    const [regexp, reference] = [compiled(source), new RegExp(source, "u")];
    for (let round = 0; round < 10; round++) {
      const characters = Array.from(
        { length: random.int(0, 7) },
        () => random.pick([..."aab1-\né"]),
      );
      const text = characters.join("");
      const expected = reference.test(text) ? "match" : "no-match";
      assert.equal(regexp.match(bytesOf(text)), expected, JSON.stringify({ source, text }));
    }
  });
});

const length = 65_536;

function randomText(random: Random, alphabet: string): string {
  return Array.from({ length }, () => random.pick([...alphabet])).join("");
}

Deno.test("what makes others backtrack for ever is answered", () => {
  const manyA = "a".repeat(length - 1);
  const cases: [source: string, text: string, verdict: string][] = [
    ["(a|aa)+$", `${manyA}b`, "no-match"],
    ["(x+x+)+y", "x".repeat(length), "no-match"],
    [".*.*.*=.*", "x".repeat(length), "no-match"],
    ["(.*)*(.*)*(.*)*=", "x".repeat(length), "no-match"],
    ["((a*)*)*b", manyA, "no-match"],
    ["(a?){500}a{500}$", `${manyA}b`, "no-match"],
    ["(a?){500}a{500}", manyA, "match"],
    ["(?:a|b|ab|ba|aab|bba){100}c", manyA, "no-match"],
    ["(?:.?){1000}Q", manyA, "no-match"],
  ];
  for (const [source, text, verdict] of cases) {
    assert.equal(compiled(source).match(bytesOf(text)), verdict, source);
  }
});

Deno.test("a search that would take too many steps is cut off, at the same place each time", () => {
  forSeeds(1, (random) => {
    const bits = randomText(random, "01");
    const early = bytesOf(`${"1".repeat(1_000)}2${bits}`);
    const late = bytesOf(`${bits}1${"0".repeat(300)}2`);
    for (const source of ["1[01]{300}2", "(?:1[01]{10}){30}2"]) {
      const [fresh, used] = [compiled(source), compiled(source)];
      assert.equal(fresh.match(late), "cut-off");
      for (let round = 0; round < 3; round++) {
        assert.equal(used.match(early), "match");
        assert.equal(used.match(late), "cut-off");
      }
    }
    assert.equal(compiled("[01]*1[01]{12}2").match(bytesOf(bits)), "no-match");
  });
});

Deno.test("what was searched before changes no answer, not even at the limit of steps", () => {
  forSeeds(1, (random) => {
    const source = "1[01]{40}2";
    const bits = bytesOf(randomText(random, "01"));
    let [answered, cutOff] = [0, bits.length];
    while (cutOff - answered > 1) {
      const middle = (answered + cutOff) >> 1;
      if (compiled(source).match(bits.subarray(0, middle)) === "cut-off") cutOff = middle;
      else answered = middle;
    }
    for (const before of [100, 500, answered - 1]) {
      const used = compiled(source);
      assert.equal(used.match(bits.subarray(cutOff - before, cutOff)), "no-match");
      assert.equal(used.match(bits.subarray(0, answered)), "no-match");
      assert.equal(used.match(bits.subarray(0, before)), "no-match");
      assert.equal(used.match(bits.subarray(0, cutOff)), "cut-off");
    }
  });
});

Deno.test("an expression that is only checked may stand for a program of any size", () => {
  for (const source of ["(?:a?|b?){1000}", `(?:${"|".repeat(980)}){1000}Z`]) compiled(source);
});
