/**
 * The manual page of the configuration file, made from the file's schema.
 *
 * @module
 */

import type { JsonSchema } from "../src/config/declare.ts";
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
    ...section("KEYS", keyLines(schema)),
    ...section("EXAMPLE", verbatim(withoutComments(options.example))),
    ...section("FILES", entry("/usr/share/doc/maglev/examples/maglev.yaml", "This example.")),
    ...section("SEE ALSO", [".BR maglev (1),", ".BR maglev\\-daemon (8)"]),
  ]);
}

/** The keys of an object, each with its own inside. */
function keyLines(schema: JsonSchema): readonly string[] {
  const required = asList(schema["required"]);
  const keys = Object.entries(asSchema(schema["properties"])).flatMap(([key, value]) => {
    const field = asSchema(value);
    return [
      ...entry(key, fieldText(field, required.includes(key))),
      ...indented(keyLines(field)),
    ];
  });
  const named = asSchema(schema["additionalProperties"]);
  const each = Object.keys(named).length === 0
    ? []
    : [...entry("<name>", "Any number of them, each with:"), ...indented(keyLines(named))];
  return [...keys, ...each, ...keyLinesOfItems(schema)];
}

function keyLinesOfItems(schema: JsonSchema): readonly string[] {
  return schema["items"] === undefined ? [] : keyLines(asSchema(schema["items"]));
}

function fieldText(field: JsonSchema, isRequired: boolean): string {
  const parts = [
    field["description"],
    isRequired && field["default"] === undefined ? "Required" : undefined,
    valueText(field),
    field["default"] === undefined ? undefined : `Default: ${field["default"]}`,
  ];
  return parts.filter((part) => part !== undefined).map((part) => `${part}.`).join(" ");
}

/** Which values a field takes, where its description does not go without saying. */
function valueText(field: JsonSchema): string | undefined {
  const { enum: choices, minimum, maximum, type } = field;
  const words = asList(choices);
  if (words.length > 0 && words.every((word) => typeof word === "string")) {
    return `One of ${words.join(", ")}`;
  }
  if (words.length > 0) return `From ${words.at(0)} to ${words.at(-1)}`;
  if (type !== "integer") return undefined;
  return maximum === undefined || Number(maximum) > 1_000_000
    ? `At least ${minimum}`
    : `From ${minimum} to ${maximum}`;
}

function withoutComments(yaml: string): string {
  return yaml.replaceAll(/^#.*\n|\s+#.*$/gm, "").trimEnd();
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? value as JsonSchema : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
