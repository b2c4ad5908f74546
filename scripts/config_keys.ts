/**
 * The keys of the configuration file as its schema has them, for all that is written about them.
 *
 * @module
 */

import type { JsonSchema } from "../src/config/declare.ts";

/** A key, and what a reader wants to know of it. */
export interface ConfigKey {
  /** `<name>` where the operator chooses it. */
  readonly name: string;
  readonly meaning: string;
  readonly isRequired: boolean;
  /** Which values it takes, in words, where that does not go without saying. */
  readonly takes: string | undefined;
  /** What holds without it: a value of the file, or words. */
  readonly fallback: { readonly value: string } | { readonly words: string } | undefined;
  /** The types of health check that take it; empty = it is the same for all. */
  readonly types: readonly string[];
  readonly isList: boolean;
  /** The keys inside. */
  readonly keys: readonly ConfigKey[];
}

/** What one type of health check says about the keys of a map. */
interface Case {
  readonly type: string;
  readonly rule: JsonSchema;
}

/** The keys of a map, each with its own inside. */
export function keysOf(schema: JsonSchema, outer: readonly Case[] = []): readonly ConfigKey[] {
  const cases = [...outer, ...casesOf(schema)];
  const required = [schema, ...cases.map(({ rule }) => rule)]
    .flatMap((each) => asList(each["required"]));
  const keys = Object.entries(asSchema(schema["properties"])).map(([name, value]) => {
    const takers = cases.filter(({ rule }) => allows(rule, name)).map(({ type }) => type);
    return {
      ...keyOf(asSchema(value), casesBelow(cases, name)),
      name,
      isRequired: required.includes(name),
      types: takers.length === cases.length ? [] : takers,
    };
  });
  const named = asSchema(schema["additionalProperties"]);
  if (Object.keys(named).length > 0) {
    keys.push({
      ...keyOf(named, []),
      name: "<name>",
      meaning: "Any number of them, each with:",
      isRequired: false,
      types: [],
    });
  }
  return [...keys, ...(schema["items"] === undefined ? [] : keysOf(asSchema(schema["items"])))];
}

function keyOf(
  field: JsonSchema,
  cases: readonly Case[],
): Omit<ConfigKey, "name" | "isRequired" | "types"> {
  // A default that is no value of the file stands at the end of the description, for editors too.
  const [meaning = "", words] = `${field["description"] ?? ""}`.split(". Default: ");
  return {
    meaning,
    takes: takenBy(field),
    fallback: fallbackOf(field["default"], words),
    isList: field["type"] === "array",
    keys: keysOf(field, cases),
  };
}

function fallbackOf(value: unknown, words: string | undefined): ConfigKey["fallback"] {
  if (value !== undefined) return { value: `${value}` };
  return words === undefined ? undefined : { words };
}

function takenBy({ title, type, enum: choices, minimum, maximum }: JsonSchema): string | undefined {
  const words = asList(choices);
  if (typeof title === "string") return title;
  if (type === "boolean") return "One of true, false";
  if (words.length > 0) {
    return typeof words[0] === "string"
      ? `One of ${words.join(", ")}`
      : `A power of two from ${words.at(0)} to ${words.at(-1)}`;
  }
  if (type !== "integer") return undefined;
  return Number(maximum) > 1_000_000 ? `At least ${minimum}` : `From ${minimum} to ${maximum}`;
}

/** What the schema says under the condition that a health check is of some type. */
function casesOf(schema: JsonSchema): readonly Case[] {
  return asList(schema["allOf"]).map(asSchema).map((each) => {
    const { type } = asSchema(asSchema(each["if"])["properties"]);
    return { type: `${asSchema(type)["const"]}`, rule: asSchema(each["then"]) };
  });
}

function casesBelow(cases: readonly Case[], key: string): readonly Case[] {
  return cases.flatMap(({ type, rule }) => {
    const below = asSchema(rule["properties"])[key];
    return below === undefined ? [] : [{ type, rule: asSchema(below) }];
  });
}

function allows(rule: JsonSchema, key: string): boolean {
  const { enum: names } = asSchema(rule["propertyNames"]);
  if (rule["maxProperties"] === 0 || asSchema(rule["properties"])[key] === false) return false;
  return names === undefined || asList(names).includes(key);
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? value as JsonSchema : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
