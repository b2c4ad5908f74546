import assert from "node:assert/strict";
import { configPage } from "../scripts/config_page.ts";
import { jsonSchema } from "../src/config/mod.ts";
import { toEnd, withFolder } from "./scratch_root.ts";

const example = Deno.readTextFileSync(new URL("../docs/maglev.yaml", import.meta.url));
const page = configPage(jsonSchema(), { version: "1.2.3", date: "2026-11-21", example });

/** The names of all keys in a schema, however deep. */
function keysIn(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) =>
    name === "properties" ? [...Object.keys(value), ...keysIn(Object.values(value))] : keysIn(value)
  );
}

Deno.test("maglev.yaml(5) has each key, what it is for, and the sample without its comments", () => {
  // Without the conditions that some values set for others.
  const keys = keysIn(
    JSON.parse(JSON.stringify(jsonSchema(), (name, value) => name === "allOf" ? undefined : value)),
  );
  assert.ok(keys.length > 40);
  for (const key of keys) {
    assert.ok(page.includes(`.B ${key.replaceAll("-", "\\-")}\n`), key);
  }
  assert.match(
    page,
    /\n\.B rise\nPasses in a row until a backend is up\. At least 1\. Default: 2\.\n/,
  );
  assert.match(page, /\n\.B protocol\n.*One of tcp, udp\.\n/);
  assert.match(page, /\n\.nf\nmaglev:\n {2}healthchecker:\n[^#]*\n\.fi\n/);
});

for (
  const [program, ...args] of [["mandoc", "-Tlint", "-Wwarning"], ["groff", "-man", "-ww", "-z"]]
) {
  const { code } = await toEnd("sh", ["-c", `command -v ${program}`]);
  Deno.test(
    `${program} has nothing to say against maglev.yaml(5)`,
    { ignore: code !== 0 },
    () =>
      withFolder(async (folder) => {
        await Deno.writeTextFile(`${folder}/page`, page);
        const { out, err } = await toEnd(`${program}`, [...args, `${folder}/page`]);
        assert.equal(out + err, "");
      }),
  );
}
