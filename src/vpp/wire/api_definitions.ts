/**
 * VPP's own definitions of its messages: the `.api.json` files that its API compiler makes and that
 * an installation carries.
 *
 * @module
 */

/** What is in one file, which has the types of the files that it imports as well. */
export interface ApiDefinitions {
  readonly messages: ReadonlyMap<string, MessageDefinition>;
  /** The types by the names that they have in fields: `vl_api_address_t`. */
  readonly types: ReadonlyMap<string, TypeDefinition>;
}

/** A message. */
export interface MessageDefinition {
  readonly crc: number;
  readonly fields: readonly FieldDefinition[];
}

/** A type that is not one of the basic ones. */
export type TypeDefinition =
  | { readonly kind: "struct" | "union"; readonly fields: readonly FieldDefinition[] }
  | { readonly kind: "alias"; readonly of: FieldDefinition }
  | {
    readonly kind: "enumeration";
    /** The type of its numbers: `u8`. */
    readonly width: string;
    readonly values: ReadonlyMap<string, number>;
  };

/** A field of a message or structure. */
export interface FieldDefinition {
  readonly type: string;
  readonly name: string;
  /** Of an array: 0 where it is not fixed. Null of a single value. */
  readonly length: number | null;
  /** The field that says how long the array is, if another one does. */
  readonly counter: string | null;
}

/** The basic types and their bytes. */
const basicSizes: ReadonlyMap<string, number> = new Map([
  ["u8", 1],
  ["i8", 1],
  ["bool", 1],
  ["u16", 2],
  ["i16", 2],
  ["u32", 4],
  ["i32", 4],
  ["u64", 8],
  ["i64", 8],
  ["f64", 8],
]);

/** Reads one file. What is not as expected is left out, and so will be missed by who looks for it. */
export function readApiDefinitions(text: string): ApiDefinitions {
  const file = record(JSON.parse(text));
  const types = new Map<string, TypeDefinition>();
  const add = (name: unknown, type: TypeDefinition) => types.set(`vl_api_${name}_t`, type);
  for (const [name, ...rows] of lists(file["types"])) {
    add(name, { kind: "struct", fields: fieldsOf(rows) });
  }
  for (const [name, ...rows] of lists(file["unions"])) {
    add(name, { kind: "union", fields: fieldsOf(rows) });
  }
  for (const [name, ...rows] of [...lists(file["enums"]), ...lists(file["enumflags"])]) {
    const values = lists(rows).map(([word, value]): [string, number] => [`${word}`, Number(value)]);
    const width = `${record(rows.at(-1))["enumtype"]}`;
    add(name, { kind: "enumeration", width, values: new Map(values) });
  }
  for (const [name, alias] of Object.entries(record(file["aliases"]))) {
    const { type, length } = record(alias);
    add(name, { kind: "alias", of: fieldOf([type, name, length]) });
  }
  const messages = lists(file["messages"]).map(([name, ...rows]): [string, MessageDefinition] => {
    return [`${name}`, { crc: Number(record(rows.at(-1))["crc"]), fields: fieldsOf(rows) }];
  });
  return { messages: new Map(messages), types };
}

/** The field as VPP's source has it: `u8 weight`, `string name[64]`, `vl_api_fib_path_t paths[n]`. */
export function formatField({ type, name, length, counter }: FieldDefinition): string {
  const dimension = length === null ? "" : `[${counter ?? (length === 0 ? "" : length)}]`;
  return `${type} ${name}${dimension}`;
}

/** How many bytes a field takes, or at least takes; NaN where the definitions do not tell. */
export function fieldSize(field: FieldDefinition, definitions: ApiDefinitions): number {
  const { type, length } = field;
  // A text whose length is not fixed has its length in front, as a u32.
  if (type === "string") return length === 0 ? 4 : length ?? NaN;
  return length === 0 ? 0 : (length ?? 1) * typeSize(type, definitions);
}

function typeSize(name: string, definitions: ApiDefinitions): number {
  const type = definitions.types.get(name);
  if (type === undefined) return basicSizes.get(name) ?? NaN;
  if (type.kind === "alias") return fieldSize(type.of, definitions);
  if (type.kind === "enumeration") return basicSizes.get(type.width) ?? NaN;
  const sizes = type.fields.map((field) => fieldSize(field, definitions));
  return type.kind === "union" ? Math.max(...sizes) : sizes.reduce((sum, size) => sum + size, 0);
}

/** The rows that are fields; behind them may be one of options and comments. */
function fieldsOf(rows: readonly unknown[]): FieldDefinition[] {
  return lists(rows).map(fieldOf);
}

/** A field's row: type, name, and for arrays length and counter; options may stand behind. */
function fieldOf([type, name, length, counter]: readonly unknown[]): FieldDefinition {
  return {
    type: `${type}`,
    name: `${name}`,
    length: typeof length === "number" ? length : null,
    counter: typeof counter === "string" ? counter : null,
  };
}

function lists(value: unknown): unknown[][] {
  return Array.isArray(value) ? value.filter((item) => Array.isArray(item)) : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
