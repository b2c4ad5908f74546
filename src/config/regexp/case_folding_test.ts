import assert from "node:assert/strict";
import { foldCase } from "./case_folding.ts";
import { everyCharacter } from "./character_set.ts";

function folded(characters: string): string {
  const sets = [...characters].map((character) => character.codePointAt(0) ?? 0);
  const result = foldCase(sets.flatMap((codePoint) => [codePoint, codePoint]));
  return Array.from({ length: result.length / 2 }, (_, index) => {
    const [first = 0, last = 0] = result.slice(2 * index);
    return Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at));
  }).flat().join("");
}

Deno.test("a character is folded with all that Unicode folds into the same", () => {
  const families = [
    "Aa",
    "Kk\u212a",
    "Ssſ",
    "Åå\u212b",
    "µΜμ",
    "ßẞ",
    "ǄǅǆǄ".slice(0, 3),
    "Σςσ",
    "Ωω\u2126",
  ];
  for (const family of families) {
    for (const character of family) assert.equal(folded(character), family);
  }
  assert.equal(folded("𐐀"), "𐐀𐐨");
});

Deno.test("the two letters i of Turkish are folded with nothing", () => {
  assert.equal(folded("İ"), "İ");
  assert.equal(folded("ı"), "ı");
  assert.equal(folded("i"), "Ii");
});

Deno.test("a set is folded character by character", () => {
  assert.equal(folded("1ks"), "1KSksſ\u212a");
  assert.equal(folded("-"), "-");
  assert.deepEqual(foldCase([]), []);
  assert.deepEqual(foldCase(everyCharacter), everyCharacter);
});
