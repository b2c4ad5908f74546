/**
 * docs/configuration.md: what people wrote, and in it the reference.
 *
 * @module
 */

import type { JsonSchema } from "../src/config/declare.ts";
import {
  doubts,
  findingOf,
  meaningMistakes,
  type Mistake,
  structureMistakes,
} from "./config_findings.ts";
import { type ConfigKey, keysOf } from "./config_keys.ts";
import { markdownTable, wrapText } from "./markdown_text.ts";

const start =
  "<!-- From here on, scripts/generate-config-docs writes what src/config/schema.ts says. -->";
const end = "<!-- Here it ends. -->";

/**
 * The page anew, with what people wrote as it is.
 *
 * @throws {Error} The page has lost its markers, or a rule is not broken by its example.
 */
export function configDocs(page: string, schema: JsonSchema, sample: string): string {
  const [before, rest = ""] = page.split(start);
  const after = rest.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`no line "${start}" or "${end}"`);
  }
  const parts = [...reference(schema), ...checks(sample)].join("\n\n");
  return `${before}${start}\n\n${parts}\n\n${end}${after}`;
}

function reference(schema: JsonSchema): readonly string[] {
  const [top] = keysOf(schema);
  return [
    "## Reference",
    wrapText(
      "All of it stands under `maglev:`. `<name>` is a name of your own, of 1 to 64 characters, " +
        "none of them white space; `[]` is an entry of a list.",
    ),
    ...sections(top?.keys ?? [], ""),
  ];
}

/** A table of a map's keys under its path, and then those of the maps inside. */
function sections(keys: readonly ConfigKey[], path: string): readonly string[] {
  const isWorthATable = keys.some((key) => key.keys.length === 0);
  return [
    ...isWorthATable ? [`### ${code(path)}`, keyTable(keys)] : [],
    ...keys.flatMap((key) => {
      const name = `${key.name}${key.isList ? "[]" : ""}`;
      return key.keys.length === 0
        ? []
        : sections(key.keys, path === "" ? name : `${path}.${name}`);
    }),
  ];
}

function keyTable(keys: readonly ConfigKey[]): string {
  const hasTypes = keys.some(({ types }) => types.length > 0);
  return markdownTable(
    ["key", ...hasTypes ? ["types"] : [], "takes", "default", "meaning"],
    keys.map((key) => [
      code(key.name),
      ...hasTypes ? [key.types.join(", ") || "all"] : [],
      key.keys.length === 0 ? key.takes ?? "" : key.isList ? "A list, below" : "A map, below",
      fallbackText(key),
      `${key.meaning}.`,
    ]),
  );
}

function fallbackText({ fallback, isRequired }: ConfigKey): string {
  if (isRequired) return "**required**";
  if (fallback === undefined) return "";
  return "value" in fallback ? code(fallback.value) : fallback.words;
}

function checks(sample: string): readonly string[] {
  return [
    "## What is checked",
    "Each finding is that of [maglev.yaml](maglev.yaml) with one mistake put into it.",
    "### Structure: exit code 1",
    findingTable("what must be", structureMistakes, sample),
    "A file has at most 16 MiB, is UTF-8, and its aliases expand to at most 100 times its size.",
    "### Meaning: exit code 2",
    findingTable("what must be", meaningMistakes, sample),
    "### Warnings: exit code 0",
    findingTable("what should be", doubts, sample),
  ];
}

function findingTable(title: string, mistakes: readonly Mistake[], sample: string): string {
  return markdownTable(
    [title, "the finding where it is not so"],
    mistakes.map((mistake) => [mistake.rule, code(findingOf(mistake, sample))]),
  );
}

function code(text: string): string {
  return `\`${text}\``;
}
