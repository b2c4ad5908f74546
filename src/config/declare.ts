/**
 * The vocabulary in which the schema is declared. Each type reads a node, gives the TypeScript type of
 * what it read, and knows its JSON Schema; what a reader finds wrong goes to the {@link Reader}.
 *
 * @module
 */
import { type Entry, isNull, type MapNode, needsQuotes, type Node } from "./document.ts";
import type { Parsed } from "./parsed.ts";
import type { Reader } from "./reader.ts";

/** A JSON Schema, as far as it is made here. */
export type JsonSchema = { readonly [key: string]: unknown };

/** A type of value in the file; `read` gives undefined where it reported why it cannot. */
export interface Type<T> {
  readonly schema: JsonSchema;
  read(node: Node, reader: Reader): T | undefined;
}

/** What a declared type reads. */
export type Read<D> = D extends Type<infer T> ? T : never;

/** What a scalar is: how it is parsed, and what its value must satisfy. */
export interface ScalarOptions<T> {
  readonly schema: JsonSchema;
  /** Reads the text; the problem completes the sentence "<text> is …". */
  readonly parse: (text: string, isPlain: boolean) => Parsed<T>;
  /** The rule that a value breaks, as the end of the sentence "<text> is …", or null. */
  readonly check?: (value: T) => string | null;
}

/** A single value. */
export function scalar<T>({ schema, parse, check }: ScalarOptions<T>): Type<T> {
  return {
    schema,
    read(node, reader) {
      if (node.kind !== "scalar") {
        const [key = ""] = node.kind === "map" ? node.entries.keys() : [];
        const message = key.endsWith(":") ? needsQuotes(`${key}:`) : `a ${node.kind} is no value`;
        reader.report("structure", node.start, message);
        return undefined;
      }
      const parsed = parse(node.text, node.plain);
      if ("problem" in parsed) {
        reader.report("structure", node.start, `${shown(node.text)} is ${parsed.problem}`);
        return undefined;
      }
      const broken = check?.(parsed.value) ?? null;
      if (broken !== null) reader.report("meaning", node.start, `${shown(node.text)} is ${broken}`);
      return parsed.value;
    },
  };
}

/** One of a few words. */
export function word<const W extends string>(words: readonly W[]): Type<W> {
  const known = new Map<string, W>(words.map((each) => [each, each]));
  return {
    schema: { enum: words },
    read(node, reader) {
      const text = node.kind === "scalar" ? node.text : "";
      if (!known.has(text)) {
        const message = `${shownNode(node)} is not one of ${words.join(", ")}`;
        reader.report("structure", node.start, message, { word: text, candidates: words });
      }
      return known.get(text);
    },
  };
}

/** A list of values of one type; `extra` is what its JSON Schema says besides. */
export function list<T>(item: Type<T>, extra: JsonSchema = {}): Type<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema, ...extra },
    read(node, reader) {
      if (node.kind !== "list") {
        reader.report("structure", node.start, `${shownNode(node)} is not a list`);
        return undefined;
      }
      return node.items.flatMap((each, index) => {
        const value = reader.below(index, each.start, () => item.read(each, reader));
        return value === undefined ? [] : [value];
      });
    },
  };
}

/** What a {@link record}'s names must satisfy. */
export interface NameOptions {
  readonly schema: JsonSchema;
  /** The rule that a name breaks, as the end of the sentence "this name is …", or null. */
  readonly check: (name: string) => string | null;
}

/** A map from names that the operator chooses to values of one type, in the order of the file. */
export function record<T>(
  name: NameOptions,
  item: Type<T>,
  extra: JsonSchema = {},
): Type<ReadonlyMap<string, T>> {
  return {
    schema: {
      type: ["object", "null"],
      propertyNames: name.schema,
      additionalProperties: item.schema,
      ...extra,
    },
    read(node, reader) {
      const values = new Map<string, T>();
      for (const [key, entry] of readMap(node, reader)?.entries ?? []) {
        reader.below(key, entry.keyStart, () => {
          const broken = name.check(key);
          if (broken !== null) reader.report("meaning", entry.keyStart, `this name is ${broken}`);
          const value = item.read(entry.value, reader);
          if (value !== undefined) values.set(key, value);
        });
      }
      return values;
    },
  };
}

/** A key of an object: what it is for, and how its value is read, present or absent. */
export interface Field<T> {
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
  /** Called with undefined where the key is absent, or null in the file. */
  readonly read: (value: Node | undefined, reader: Reader) => T | undefined;
}

/** A key that must be there. */
export function required<T>(type: Type<T>, doc: string): Field<T> {
  return {
    schema: { ...type.schema, description: doc },
    isRequired: true,
    read(value, reader) {
      if (value !== undefined) return type.read(value, reader);
      reader.report("structure", reader.place, "required, and missing");
      return undefined;
    },
  };
}

/** A key without which the file is well formed and yet of no use; null where it is missing. */
export function needed<T>(type: Type<T>, doc: string): Field<T | null> {
  return {
    schema: { ...type.schema, description: doc },
    isRequired: true,
    read(value, reader) {
      if (value !== undefined) return type.read(value, reader);
      reader.report("meaning", reader.place, "required, and missing");
      return null;
    },
  };
}

/** A key that may be absent, and is null then. */
export function optional<T>(type: Type<T>, doc: string): Field<T | null> {
  return {
    schema: { ...type.schema, description: doc },
    isRequired: false,
    read: (value, reader) => value === undefined ? null : type.read(value, reader),
  };
}

/** A key that may be absent and stands for a value then, given as it would stand in the file. */
export function fallback<T>(type: Type<T>, text: string | number | boolean, doc: string): Field<T> {
  const node: Node = { kind: "scalar", start: 0, text: `${text}`, plain: true };
  return {
    schema: { ...type.schema, description: doc, default: text },
    isRequired: false,
    read: (value, reader) => type.read(value ?? node, reader),
  };
}

/** A key whose absence is the same as an empty map: what is missing in that is reported there. */
export function section<T>(type: Type<T>, doc: string): Field<T> {
  return {
    schema: { ...type.schema, description: doc },
    isRequired: type.schema["required"] !== undefined,
    read: (value, reader) =>
      type.read(value ?? { kind: "map", start: reader.place, entries: new Map() }, reader),
  };
}

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;
type Fields = { readonly [key: string]: Field<unknown> };

/** What an object with these fields reads, its keys in camelCase. */
export type ReadObject<F extends Fields> = {
  readonly [K in keyof F & string as Camel<K>]: F[K] extends Field<infer T> ? T : never;
};

/** A map whose keys are known; `extra` is what its JSON Schema says besides. */
export function object<F extends Fields>(fields: F, extra: JsonSchema = {}): Type<ReadObject<F>> {
  const entries = Object.entries(fields);
  const required = entries.filter(([, field]) => field.isRequired).map(([key]) => key);
  return {
    schema: {
      type: required.length === 0 ? ["object", "null"] : "object",
      properties: Object.fromEntries(entries.map(([key, field]) => [key, field.schema])),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
      ...extra,
    },
    read(node, reader) {
      const map = readMap(node, reader);
      if (map === undefined) return undefined;
      for (const [key, { keyStart }] of map.entries) {
        if (Object.hasOwn(fields, key)) continue;
        const mistaken = { word: key, candidates: Object.keys(fields) };
        reader.below(key, keyStart, () => {
          reader.report("structure", keyStart, "unknown key", mistaken);
        });
      }
      const result: Record<string, unknown> = {};
      for (const [key, field] of entries) {
        const entry = map.entries.get(key);
        const isAbsent = entry === undefined || isNull(entry.value);
        result[camel(key)] = reader.below(key, entry?.keyStart ?? reader.place, () => {
          return field.read(isAbsent ? undefined : entry.value, reader);
        });
      }
      // A key that could not be read is undefined here. That was reported, so nobody uses the result.
      return result as ReadObject<F>;
    },
  };
}

/** The node as a map; null counts as an empty one. */
function readMap(node: Node, reader: Reader): MapNode | undefined {
  if (node.kind === "map") return node;
  if (isNull(node)) return { kind: "map", start: node.start, entries: new Map<string, Entry>() };
  reader.report("structure", node.start, `${shownNode(node)} is not a map`);
  return undefined;
}

/** Names a node in a message. */
function shownNode(node: Node): string {
  return node.kind === "scalar" ? shown(node.text) : `a ${node.kind}`;
}

/** A value as it is shown in a message: short, on one line, in quotes where it could mislead. */
function shown(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return /^[\w.:/%+-]+$/.test(short) ? short : JSON.stringify(short);
}

function camel(key: string): string {
  return key.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
