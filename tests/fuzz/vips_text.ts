/**
 * The text of `show lb vips verbose`.
 *
 * @module
 */

import assert from "node:assert/strict";
import { parseVipsText } from "../../src/vpp/lb/vips_text.ts";
import { textMutations } from "./mutate.ts";
import { type FuzzTarget, textOf } from "./target.ts";

const fixtures = new URL("../fixtures/vpp/", import.meta.url);

/** What VPP printed, changed. */
export const vipsText: FuzzTarget = {
  name: "vips-text",
  corpus: ["show-lb-vips-verbose.txt", "26.06/show-lb-vips-verbose.txt"]
    .map((name) => Deno.readFileSync(new URL(name, fixtures))),
  mutations: textMutations([
    "removed",
    "used",
    "weight:100",
    "#as:0",
    "  counters:",
    "dpo:9",
    "[5]",
  ]),
  tries: 800,
  run(input) {
    const text = textOf(input);
    const result = parseVipsText(text);
    if (!result.ok) {
      const { line, text: shown, message } = result.problem;
      assert.ok(line >= 1 && line <= text.split("\n").length + 1);
      assert.ok(shown.length <= 300 && message.length <= 600, "the problem is too long");
      return result;
    }
    const indexes = result.vips.map(({ poolIndex }) => poolIndex);
    assert.equal(new Set(indexes).size, indexes.length);
    return result;
  },
};
