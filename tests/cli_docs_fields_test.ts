import assert from "node:assert/strict";

const page = Deno.readTextFileSync(new URL("../docs/cli.md", import.meta.url));
const testdata = new URL("../src/cli/testdata/", import.meta.url);

/** Each command of the page's reference, with the golden files that have all of its fields. */
const commands: readonly (readonly [title: string, files: RegExp])[] = [
  ["show frontends", /^show-frontends\.txt$/],
  ["show frontends NAME", /^show-frontend(-\w+)?\.txt$/],
  ["show backends", /^show-backends\.txt$/],
  ["show backends NAME", /^show-backend-\w+\.txt$/],
  ["show healthchecks", /^show-healthchecks\.txt$/],
  ["show healthchecks NAME", /^show-healthcheck-\w+\.txt$/],
  ["show vpp info", /^show_vpp_info(_\w+)?\.json\.txt$/],
  ["show vpp lb state", /^show_vpp_lb_state(_\w+)?\.json\.txt$/],
  ["show vpp lb counters", /^show_vpp_lb_counters(_\w+)?\.json\.txt$/],
  ["show vpp lb plan", /^show_vpp_lb_plan(_\w+)?\.json\.txt$/],
];

for (const [title, files] of commands) {
  Deno.test(`docs/cli.md has the fields that ${title} prints, and no others`, () => {
    const printed = goldenValues(files).flatMap((value) => fieldsOf(value, ""));
    assert.deepEqual([...documented(title)].sort(), [...new Set(printed)].sort());
  });
}

function documented(title: string): readonly string[] {
  const [, section = ""] = page.split(`#### ${title}\n`);
  const [rows = ""] = section.split(/\n#|\n`show version`/);
  return [...rows.matchAll(/^\| `([^`]+)`/gm)].map(([, field = ""]) => field);
}

function goldenValues(files: RegExp): readonly unknown[] {
  const folders = [testdata, new URL("golden/", testdata)];
  return folders.flatMap((folder) =>
    [...Deno.readDirSync(folder)].filter(({ name }) => files.test(name)).flatMap(({ name }) => {
      const json = /^[[{]\n[^]*?^[\]}]$/m.exec(Deno.readTextFileSync(new URL(name, folder)));
      return json === null ? [] : [JSON.parse(json[0])];
    })
  );
}

/** The innermost fields, and those that are null somewhere: `pools[].name`. */
function fieldsOf(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => fieldsOf(item, path === "" ? "" : `${path}[]`));
  }
  if (typeof value !== "object" || value === null) return [path];
  const parts = Object.entries(value);
  return parts.flatMap(([name, part]) => fieldsOf(part, path === "" ? name : `${path}.${name}`));
}
