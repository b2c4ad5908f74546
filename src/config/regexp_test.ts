import assert from "node:assert/strict";
import { compileRegexp } from "./regexp.ts";

Deno.test("expressions in Go's syntax match what they match in Go", () => {
  const cases: [string, string[], string[]][] = [
    // expression, matches, does not match
    ["^ok", ["ok", "okay"], ["not ok"]],
    ["(?i)^OK$", ["ok", "Ok"], ["ok\n", "oko"]],
    ["(?im)^up$", ["down\nUP\n"], ["downup"]],
    ["(?s)a.b", ["a\nb"], ["ab"]],
    ["a.b", ["a-b"], ["a\nb"]],
    [`{"status":\\s*"ok"}`, [`{"status": "ok"}`], [`{"status":"down"}`]],
    ["a{2}", ["aa"], ["a"]],
    ["a{2,}b", ["aaab"], ["ab"]],
    ["\\Aok\\z", ["ok"], ["ok\n", "an ok"]],
    ["[[:alpha:]]+-[[:digit:]]", ["web-1"], ["12-x", "a:-:"]],
    ["[^[:space:]]", ["x"], [" \t"]],
    ["[]a]x", ["]x", "ax"], ["bx"]],
    ["[^]a]x", ["bx"], ["]x"]],
    ["[\\w-.]+!", ["a-.!"], ["?!"]],
    ["[a\\]b]c", ["]c"], ["c"]],
    ["a]", ["a]"], ["a"]],
    ["(?P<state>up|ok) (?<n>\\d)", ["ok 1"], ["no 1"]],
    ["a(?:b|c)d", ["abd", "acd"], ["ad"]],
    ["x(?i:y)", ["xY"], ["XY"]],
    ["\\Q1+1\\E=2", ["1+1=2"], ["11=2"]],
    ["\\x41\\x{1F600}", ["A😀"], ["x41"]],
    ["\\pL\\p{Greek}\\PN", ["aΩb"], ["aΩ1"]],
    ['\\-\\_\\:\\"\\/', [`-_:"/`], ["x"]],
    ["\\bok\\b", ["is ok."], ["book"]],
    ["état", ["état"], ["etat"]],
  ];
  for (const [source, matches, others] of cases) {
    const compiled = compileRegexp(source);
    assert.ok("value" in compiled, `${source}: ${JSON.stringify(compiled)}`);
    for (const text of matches) assert.ok(compiled.value.test(text), `${source} matches ${text}`);
    for (const text of others) assert.ok(!compiled.value.test(text), `${source}, not ${text}`);
  }
});

Deno.test("what Go refuses, and what cannot be bounded, is refused with its reason", () => {
  const cases: [string, RegExp][] = [
    ["(", /[Uu]nterminated group/],
    ["[a", /[Uu]nterminated character class/],
    ["a**", /Nothing to repeat/],
    ["(a)\\1", /back-reference/],
    ["a(?=b)", /look-around/],
    ["(?<!a)b", /look-around/],
    ["a(?i)b", /in the middle/],
    ["(?U)a+", /flags other than/],
    ["\\yes", /the escape \\y/],
    ["[[:letter:]]", /no such class/],
    ["a".repeat(1_001), /longer than 1000/],
    ["a\\", /the escape/],
  ];
  for (const [source, problem] of cases) {
    const compiled = compileRegexp(source);
    assert.ok("problem" in compiled, source);
    assert.match(compiled.problem, problem);
  }
});
