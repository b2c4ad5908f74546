/**
 * The text of a configuration file.
 *
 * @module
 */

import assert from "node:assert/strict";
import {
  checkText,
  diffConfigs,
  formatFindings,
  isEmptyDiff,
  jsonSchema,
  loadConfig,
} from "../../src/config/mod.ts";
import type { JsonSchema } from "../../src/config/mod.ts";
import type { Random } from "../seeded.ts";
import { textMutations } from "./mutate.ts";
import { bytesOf, type FuzzTarget, textOf } from "./target.ts";

const root = new URL("../../", import.meta.url);

function* filesBelow(folder: URL): Generator<Uint8Array> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* filesBelow(new URL(`${name}/`, folder));
    else if (name.endsWith(".yaml")) yield Deno.readFileSync(new URL(name, folder));
  }
}

/** Sorted, because the order in a folder is not the same on every machine. */
const corpus = [...filesBelow(new URL("src/config/testdata/", root))]
  .filter(({ length }) => length <= 16_384)
  .concat(Deno.readFileSync(new URL("docs/maglev.yaml", root)))
  .map((bytes) => ({ bytes, text: textOf(bytes) }))
  .sort((one, other) => one.text < other.text ? -1 : Number(one.text > other.text))
  .map(({ bytes }) => bytes);

const names = ["web1", "web2", "www", "check", "a", "010", "x".repeat(64), "__proto__", "*", "~"];

const scalars = [
  ...["80", "0", "-1", "1e3", "0x50", "010", "65536", "100", "true", "yes", "null", "~", '""'],
  ...["2s", "1m30s", "-5s", "9999999999h", "1.5", "5", "icmp", "tcp", "http", "https", "udp"],
  ...[
    "192.0.2.1",
    "2001:db8::1",
    "::",
    "127.0.0.1",
    "1.2.3.4/24",
    "::ffff:1.2.3.4",
    "fe80::1%eth0",
  ],
  ...[
    "200",
    "200-299",
    "999-1",
    "/",
    "/health?x=1",
    "'^ok$'",
    "'(a|b'",
    "'(?i)x{1000}'",
    '"\\e[2J\\x9b"',
    "*a",
    "&a 1",
  ],
  ...names,
];

/** What is right for most keys of the schema. */
const rightValues: Readonly<Record<string, readonly string[]>> = {
  address: ["192.0.2.1", "198.51.100.7", '"2001:db8::1"', '"::ffff:192.0.2.9"'],
  healthcheck: ["check", "a", "other"],
  type: ["icmp", "tcp", "http", "https"],
  port: ["80", "443", "1", "65535"],
  protocol: ["tcp", "udp"],
  weight: ["0", "1", "50", "100"],
  name: names.slice(0, 4),
  path: ["/", "/health?x=1"],
  host: ["www.example.com", "web1"],
  "server-name": ["www.example.com"],
  "response-code": ["200", "200-299", "100-599"],
  "response-regexp": ["ok", '"^[a-z]+$"'],
  "probe-ipv4-src": ["192.0.2.250"],
  "probe-ipv6-src": ['"2001:db8::250"'],
  "ipv4-src-address": ["192.0.2.250"],
  "ipv6-src-address": ['"2001:db8::250"'],
  "flow-table-length": ["64", "1024", "65536"],
  "sticky-buckets-per-core": ["65536", "1"],
};

/** A value for a key: mostly what the schema wants, in YAML's flow style. */
function flow(random: Random, key: string, schema: JsonSchema): string {
  if (random.chance(0.01)) return random.pick(scalars);
  const { properties, additionalProperties, items, required = [], type } = schema as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly additionalProperties?: JsonSchema | false;
    readonly items?: JsonSchema;
    readonly required?: readonly string[];
    readonly type?: string;
  };
  const map = (entries: readonly (readonly [key: string, schema: JsonSchema])[]) =>
    `{${entries.map(([name, each]) => `${name}: ${flow(random, name, each)}`).join(", ")}}`;
  if (properties !== undefined) {
    const chance = random.pick([0.1, 0.5, 1]);
    const isTaken = (name: string) => required.includes(name) || random.chance(chance);
    const extra = random.chance(0.01) ? [["extra", {}] as const] : [];
    return map([...Object.entries(properties).filter(([name]) => isTaken(name)), ...extra]);
  }
  if (typeof additionalProperties === "object") {
    const some = random.chance(0.9) ? names.slice(0, 4) : names.slice(0, -3);
    return map(some.filter(() => random.chance(0.7)).map((name) => [name, additionalProperties]));
  }
  if (items !== undefined) {
    const count = random.pick([1, 1, 2, 3]);
    return `[${Array.from({ length: count }, () => flow(random, key, items)).join(", ")}]`;
  }
  if (type === "boolean") return random.pick(["true", "false"]);
  if (type === "integer") return random.pick(rightValues[key] ?? ["1", "2", "5"]);
  return random.pick(rightValues[key] ?? ["2s", "1m30s", "10s", "500ms"]);
}

const schema = jsonSchema();

/** What grows where it should not: depth, anchors, and many of the same. */
function extreme(random: Random): string {
  const count = random.pick([10, 100, 3_000]);
  return random.pick([
    () => random.pick(["[", "{", "- ", "? ", "{a: ", "[[", "!!str ", "&a "]).repeat(count),
    () => `maglev: ${"[".repeat(count)}${"]".repeat(count)}`,
    () => `maglev: {backends: {${"a: {address: 192.0.2.1}, ".repeat(count)}}}`,
    () =>
      Array.from(
        { length: count },
        (_, index) => `a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`,
      )
        .join("\n"),
    () =>
      `maglev:\n  backends:\n${
        Array.from({ length: count }, (_, index) => `    ${index}: {x: 1}`).join("\n")
      }`,
    () => `maglev: {healthchecks: {a: {type: icmp, interval: ${"9".repeat(count)}s}}}`,
    () => `"${"\\u0000".repeat(count)}": |\n${" x\n".repeat(count)}`,
  ])();
}

/** The text of a configuration file. */
export const configText: FuzzTarget = {
  name: "config-text",
  corpus,
  mutations: textMutations([...scalars, "<<", "---", "...", "%YAML 1.2", "!!binary", "? ", "- "]),
  invent: (random) => bytesOf(random.chance(0.1) ? extreme(random) : flow(random, "", schema)),
  mostBytes: 200_000,
  tries: 400,
  run(input) {
    const text = textOf(input);
    const result = checkText(text);
    const { shown, more } = result.ok ? result.warnings : result.findings;
    assert.ok(shown.length <= 50 && (more === 0 || shown.length === 50));
    assert.ok(result.ok || shown.length > 0, "refused, and nobody knows why");
    const lines = text.split(/\r\n|[\n\r\u2028\u2029\u0085]/).length;
    for (const { place } of shown) {
      assert.ok(place === null || place.line >= 1 && place.line <= lines && place.column >= 1);
    }
    const told = formatFindings({ shown, more }, { file: "maglev.yaml", excerptOf: text });
    for (const line of told) {
      assert.ok(line.length < 3_000, "a line is too long");
      assert.doesNotMatch(line, /[\p{Cc}\u202e]/u, "a terminal would obey it");
    }
    if (result.ok) assert.ok(isEmptyDiff(diffConfigs(result.config, result.config)));
    return told;
  },
};

/** The bytes of a file that is loaded, which need not be text. */
export const configFile: FuzzTarget = {
  name: "config-file",
  corpus,
  tries: 60,
  async run(input) {
    const file = await Deno.makeTempFile();
    try {
      await Deno.writeFile(file, input);
      const { ok, text, ...rest } = await loadConfig(file);
      assert.ok(ok || "findings" in rest && rest.findings.shown.length > 0);
      return [ok, text];
    } finally {
      await Deno.remove(file);
    }
  },
};
