/**
 * The manual page of the configuration file, made from the file's schema.
 *
 * @module
 */

import type { JsonSchema } from "../src/config/declare.ts";
import { type ConfigKey, keysOf } from "./config_keys.ts";
import { entry, indented, page, paragraph, section, verbatim } from "./roff.ts";

/** What the page has besides the schema. */
export interface ConfigPageOptions {
  readonly version: string;
  readonly date: string;
  /** A complete file; its comments say what the keys above it say as well. */
  readonly example: string;
}

/** The page maglev.yaml(5). */
export function configPage(schema: JsonSchema, options: ConfigPageOptions): string {
  return page({ title: "MAGLEV.YAML", chapter: 5, ...options }, [
    ...section("NAME", ["maglev.yaml \\- the configuration of the maglev daemon"]),
    ...section("SYNOPSIS", [".B /etc/vpp\\-maglev/maglev.yaml"]),
    ...section("DESCRIPTION", [
      paragraph("A file in YAML, all of it under the key maglev. Unknown keys are mistakes."),
      ".PP",
      paragraph("A duration is a number with its unit, as in 500ms, 2s or 1m30s."),
      ".PP",
      ".B maglev daemon \\-\\-check",
      paragraph("says what is wrong with a file, all of it at once. The daemon reads its file"),
      paragraph("again when it is told to reload; if anything is wrong, nothing changes."),
    ]),
    ...section("KEYS", keyLines(keysOf(schema))),
    ...section("EXAMPLE", verbatim(withoutComments(options.example))),
    ...section("FILES", entry("/usr/share/doc/maglev/examples/maglev.yaml", "This example.")),
    ...section("SEE ALSO", [".BR maglev (1),", ".BR maglev\\-daemon (8)"]),
  ]);
}

/** Keys, each with its own inside. */
function keyLines(keys: readonly ConfigKey[]): readonly string[] {
  return keys.flatMap((key) => [
    ...entry(key.name, key.name === "<name>" ? key.meaning : keyText(key)),
    ...indented(keyLines(key.keys)),
  ]);
}

function keyText({ meaning, isRequired, takes, fallback, types }: ConfigKey): string {
  const parts = [
    meaning,
    types.length === 0 ? undefined : `Only for ${types.join(", ")}`,
    isRequired ? "Required" : undefined,
    takes,
    fallback && `Default: ${"value" in fallback ? fallback.value : fallback.words}`,
  ];
  return parts.filter((part) => part !== undefined).map((part) => `${part}.`).join(" ");
}

function withoutComments(yaml: string): string {
  return yaml.replaceAll(/^#.*\n|\s+#.*$/gm, "").trimEnd();
}
