import { Ajv2020 } from "ajv/dist/2020.js";
import assert from "node:assert/strict";
import { CORE_SCHEMA, load, mergeTag } from "js-yaml";
import { jsonSchema } from "./schema.ts";

const ajv = new Ajv2020({ strict: false, validateFormats: false, unicodeRegExp: true });
const validate = ajv.compile(jsonSchema());
const testdata = new URL("testdata/", import.meta.url);

/** The names of the files of a folder that are YAML, and whether the JSON Schema accepts them. */
function verdicts(stage: string): Map<string, boolean> {
  const result = new Map<string, boolean>();
  for (const { name } of Deno.readDirSync(new URL(`${stage}/`, testdata))) {
    const text = Deno.readTextFileSync(new URL(`${stage}/${name}/maglev.yaml`, testdata));
    try {
      result.set(name, validate(load(text, { schema: CORE_SCHEMA.withTags(mergeTag) })));
    } catch {
      // Not YAML: no schema is asked.
    }
  }
  return result;
}

Deno.test("the JSON Schema accepts the sample, and files that only draw warnings", () => {
  const sample = Deno.readTextFileSync(new URL("../../docs/maglev.yaml", import.meta.url));
  assert.ok(validate(load(sample)), ajv.errorsText(validate.errors));
  for (const [name, accepted] of verdicts("warning")) assert.ok(accepted, name);
});

Deno.test("the JSON Schema refuses files of wrong structure, as far as a schema can", () => {
  const accepted = [...verdicts("structure")].filter(([, accepted]) => accepted);
  assert.deepEqual(accepted.map(([name]) => name).sort(), [
    "address-nonsense", // Formats are for editors to check: they are not validated here.
    "address-with-prefix-length",
    "address-with-zone",
    "duration-too-long",
    "not-utf8",
  ]);
});

Deno.test("the JSON Schema refuses values out of range", () => {
  const refused = [...verdicts("meaning")].filter(([, accepted]) => !accepted);
  const names = new Set(refused.map(([name]) => name));
  for (
    const name of [
      "flow-table-length-no-power-of-two",
      "ipv4-src-address-missing",
      "name-too-long",
      "name-with-control-character",
      "no-pools",
      "params-for-icmp",
      "params-of-another-type",
      "path-without-slash",
      "pool-empty",
      "port-for-icmp",
      "port-missing-for-http",
      "port-too-large",
      "port-without-protocol",
      "response-code-out-of-range",
      "rise-zero",
      "server-name-for-http",
      "vpp-section-missing",
      "weight-too-large",
    ]
  ) assert.ok(names.has(name), name);
});

Deno.test("docs/maglev.schema.json is what `maglev config schema` prints", () => {
  const file = new URL("../../docs/maglev.schema.json", import.meta.url);
  assert.deepEqual(JSON.parse(Deno.readTextFileSync(file)), jsonSchema());
});
