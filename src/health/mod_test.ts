import assert from "node:assert/strict";

/** The room's own modules, without their tests. */
function sources(): { name: string; text: string }[] {
  return [...Deno.readDirSync(import.meta.dirname ?? ".")]
    .map(({ name }) => name)
    .filter((name) => !name.endsWith("_test.ts") && name !== "testing.ts")
    .map((name) => ({ name, text: Deno.readTextFileSync(new URL(name, import.meta.url)) }));
}

Deno.test("the room imports nothing from outside itself", () => {
  for (const { name, text } of sources()) {
    for (const [, from] of text.matchAll(/^(?:import|export|\}) .*?from "(.*)";$/gm)) {
      assert.match(from ?? "", /^\.\/\w+\.ts$/, name);
    }
  }
});

Deno.test("the room knows no clock, timer, random number, log or system", () => {
  const effects = /\b(Date|performance|Math\.random|crypto|setTimeout|setInterval|console|Deno)\b/;
  for (const { name, text } of sources()) assert.doesNotMatch(text, effects, name);
});
