import assert from "node:assert/strict";
import { configDocs } from "../scripts/config_docs.ts";
import {
  doubts,
  findingOf,
  meaningMistakes,
  structureMistakes,
  withMistake,
} from "../scripts/config_findings.ts";
import { keysOf } from "../scripts/config_keys.ts";
import { checkText, jsonSchema } from "../src/config/mod.ts";
import { checkTypes } from "../src/config/schema.ts";

const docs = new URL("../docs/", import.meta.url);
const page = Deno.readTextFileSync(new URL("configuration.md", docs));
const sample = Deno.readTextFileSync(new URL("maglev.yaml", docs));

Deno.test("docs/configuration.md has the reference that the schema and the checks give", () => {
  const anew = configDocs(page, jsonSchema(), sample);
  assert.ok(anew === page, "run scripts/generate-config-docs");
  assert.throws(() => configDocs("# The file\n", jsonSchema(), sample), /no line/);
});

Deno.test("what is written under the reference stays", () => {
  assert.ok(configDocs(`${page}\nMore.\n`, jsonSchema(), sample).endsWith("\nMore.\n"));
});

Deno.test("each mistake of the reference is found in the stage that it stands under", () => {
  for (
    const [stage, mistakes] of Object.entries({
      structure: structureMistakes,
      meaning: meaningMistakes,
      warning: doubts,
    })
  ) {
    for (const mistake of mistakes) {
      const result = checkText(withMistake(mistake, sample));
      assert.equal(result.ok ? "warning" : result.stage, stage, mistake.rule);
      assert.ok(page.includes(`\`${findingOf(mistake, sample).replaceAll("|", "\\|")}\``));
    }
  }
});

Deno.test("a mistake that is not in the sample, or none, is said to be so", () => {
  const mistake = { rule: "keys are known", from: "no such text", to: "" };
  assert.throws(() => findingOf(mistake, sample), /^Error: keys are known: the sample has not one/);
  const harmless = { ...mistake, from: "the shop", to: "a shop" };
  assert.throws(() => findingOf(harmless, sample), /^Error: keys are known: not one finding/);
});

Deno.test("the reference says which params each type of health check takes", () => {
  const [top] = keysOf(jsonSchema());
  const healthchecks = top?.keys.find(({ name }) => name === "healthchecks")?.keys[0]?.keys ?? [];
  const params = healthchecks.find(({ name }) => name === "params")?.keys ?? [];
  for (const [type, { params: taken, hasPort }] of Object.entries(checkTypes)) {
    const takes = params.filter(({ types }) => types.includes(type)).map(({ name }) => name);
    assert.deepEqual(new Set(takes), new Set(taken), type);
    const port = healthchecks.find(({ name }) => name === "port");
    assert.equal(port?.types.includes(type), hasPort, type);
    assert.ok(port?.isRequired);
  }
});
