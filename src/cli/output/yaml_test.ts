import assert from "node:assert/strict";
import { load } from "js-yaml";
import { forSeeds, type Random } from "../../../tests/seeded.ts";
import { plain } from "./plain.ts";
import { formatYaml } from "./yaml.ts";

Deno.test("data is shown in block style, with names in snake_case", () => {
  const data = {
    poolName: "primary",
    backends: [{ name: "web1", weight: 70, tags: [] }, { name: "off", weight: 10n }],
    none: null,
    empty: {},
    nested: [["a"], []],
    left: undefined,
  };
  assert.deepEqual(formatYaml(data), [
    "pool_name: primary",
    "backends:",
    "  - name: web1",
    "    weight: 70",
    "    tags: []",
    '  - name: "off"',
    "    weight: 10",
    "none: null",
    "empty: {}",
    "nested:",
    "  - - a",
    "  - []",
  ]);
});

const texts = [
  ...[
    "",
    "a b",
    "- a",
    "a: b",
    "a #b",
    "yes",
    "NULL",
    "1",
    "1e3",
    "0x1f",
    "2026-11-21",
    "~",
    "é\n\t",
  ],
  ...[
    "'",
    '"',
    "{}",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a`",
    " a",
    "a ",
    "2001:db8::1",
    "12:30:45",
    "=",
    "<<",
  ],
];

function randomData(random: Random, depth: number): unknown {
  if (depth === 0 || random.chance(0.4)) {
    return random.pick([null, true, false, 0, -1, 1.5, 1e21, ...texts]);
  }
  const count = random.int(0, 3);
  const items = Array.from({ length: count }, () => randomData(random, depth - 1));
  if (random.chance()) return items;
  return Object.fromEntries(items.map((item) => [random.pick(texts), item]));
}

Deno.test("whoever reads YAML gets the same data", () => {
  forSeeds(500, (random) => {
    const data = plain(randomData(random, 4));
    assert.deepEqual(load(formatYaml(data).join("\n")), data);
  });
});

Deno.test("a text of any length is written", () => {
  const text = `a${" a".repeat(3_000_000)}`;
  const [line = ""] = formatYaml({ text });
  assert.ok(line === `text: "${text}"`);
});
