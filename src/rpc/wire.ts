/**
 * The wire format of protobuf: messages as tables of fields, and one encoder and one decoder that
 * follow the tables.
 *
 * Of proto3 it has what our files use: no maps, groups or floating point numbers, and an enum is an
 * `int32`. `int64` and `uint64` are bigints, always. Fields that the tables do not know are passed
 * over. What is decoded may be anything: it is bounded by its own length, by the depth of the tables,
 * and in the number of its items.
 *
 * @module
 */

import { ProtobufError, type ProtobufReader, protobufReader } from "./wire_reader.ts";
import { type ProtobufWriter, protobufWriter } from "./wire_writer.ts";

export { ProtobufError } from "./wire_reader.ts";

/** The types of fields that are not messages. */
export type ScalarType = "string" | "bytes" | "bool" | "int32" | "uint32" | "int64" | "uint64";

/** One field of a message. */
export interface FieldType {
  readonly number: number;
  readonly type: ScalarType | MessageType<unknown>;
  /** A `repeated` one is an array; an `optional` one may be absent. A message always may. */
  readonly label?: "repeated" | "optional";
  /** At most one field of the same oneof is present. */
  readonly oneof?: string;
}

/** A message: how it looks, and how it is written and read. */
export interface MessageType<T> {
  readonly fields: ReadonlyMap<string, FieldType>;
  /**
   * Writes a message.
   *
   * @throws {RangeError} A number does not fit its field.
   */
  encode(message: T): Uint8Array<ArrayBuffer>;
  /**
   * Reads a message. Fields that are not there have the value that proto3 gives them.
   *
   * @throws {ProtobufError} It is not such a message.
   */
  decode(bytes: Uint8Array): T;
}

/** Makes a message from its table. */
export function message<T>(table: Readonly<Record<string, FieldType>>): MessageType<T> {
  const fields = new Map(Object.entries(table));
  return {
    fields,
    encode(value) {
      const writer = protobufWriter();
      writeFields(writer, fields, value as Values);
      return writer.finish();
    },
    decode(bytes) {
      const reading = { reader: protobufReader(bytes), items: 0 };
      return readFields(reading, fields, bytes.length, emptyMessage(fields)) as T;
    },
  };
}

type Fields = MessageType<unknown>["fields"];

/** A message as its table sees it. */
type Values = Record<string, unknown>;

const zeros: Readonly<Record<ScalarType, unknown>> = {
  string: "",
  bytes: new Uint8Array(),
  bool: false,
  int32: 0,
  uint32: 0,
  int64: 0n,
  uint64: 0n,
};

function isDelimited(type: FieldType["type"]): boolean {
  return typeof type !== "string" || type === "string" || type === "bytes";
}

function writeFields(writer: ProtobufWriter, fields: Fields, values: Values): void {
  for (const [name, field] of fields) {
    const value = values[name];
    if (field.label === "repeated") {
      writeItems(writer, name, field, value as readonly unknown[]);
    } else if (value !== undefined && !(isImplicit(field) && isZero(value))) {
      writeField(writer, name, field, value);
    }
  }
}

/** Whether the field's zero is not written, because it cannot be told from being absent. */
function isImplicit({ type, label, oneof }: FieldType): boolean {
  return typeof type === "string" && label === undefined && oneof === undefined;
}

function isZero(value: unknown): boolean {
  return value === 0 || value === 0n || value === "" || value === false ||
    value instanceof Uint8Array && value.length === 0;
}

/** Numbers are packed: they share one tag. */
function writeItems(
  writer: ProtobufWriter,
  name: string,
  field: FieldType,
  items: readonly unknown[],
): void {
  if (isDelimited(field.type)) {
    for (const item of items) writeField(writer, name, field, item);
  } else if (items.length > 0) {
    writer.uint32((field.number << 3 | 2) >>> 0);
    writer.delimited(() => {
      for (const item of items) writeValue(writer, name, field, item);
    });
  }
}

function writeField(writer: ProtobufWriter, name: string, field: FieldType, value: unknown): void {
  writer.uint32((field.number << 3 | (isDelimited(field.type) ? 2 : 0)) >>> 0);
  writeValue(writer, name, field, value);
}

function writeValue(
  writer: ProtobufWriter,
  name: string,
  { type }: FieldType,
  value: unknown,
): void {
  if (typeof type !== "string") {
    writer.delimited(() => writeFields(writer, type.fields, value as Values));
  } else if (type === "string") {
    writer.string(value as string);
  } else if (type === "bytes") {
    writer.bytes(value as Uint8Array);
  } else if (type === "bool") {
    writer.uint32(value ? 1 : 0);
  } else {
    writer.uint64(inRange(name, type, value as number | bigint));
  }
}

const ranges = {
  int32: [-(2n ** 31n), 2n ** 31n],
  uint32: [0n, 2n ** 32n],
  int64: [-(2n ** 63n), 2n ** 63n],
  uint64: [0n, 2n ** 64n],
} as const;

function inRange(name: string, type: keyof typeof ranges, value: number | bigint): bigint {
  const [least, limit] = ranges[type];
  const number = BigInt(value); // Throws where it is no whole number.
  if (number < least || number >= limit) throw new RangeError(`${name} is no ${type}: ${value}`);
  return number;
}

/** What is read, and how many items were. */
interface Reading {
  readonly reader: ProtobufReader;
  items: number;
}

/** The most items of repeated fields, all depths together: two bytes can make an object each. */
const mostItems = 1 << 20;

function emptyMessage(fields: Fields): Values {
  const values: Values = {};
  for (const [name, field] of fields) {
    if (field.label === "repeated") values[name] = [];
    else if (isImplicit(field)) values[name] = zeros[field.type as ScalarType];
  }
  return values;
}

/** Fields by their numbers, made when a message is first read. */
const byNumbers = new WeakMap<Fields, ReadonlyMap<number, readonly [string, FieldType]>>();

function byNumber(fields: Fields): ReadonlyMap<number, readonly [string, FieldType]> {
  const known = byNumbers.get(fields);
  if (known !== undefined) return known;
  const made = new Map(Array.from(fields, (entry) => [entry[1].number, entry]));
  byNumbers.set(fields, made);
  return made;
}

function readFields(reading: Reading, fields: Fields, end: number, values: Values): Values {
  const { reader } = reading;
  const numbered = byNumber(fields);
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag >>> 3 === 0) throw new ProtobufError("malformed", "a field has the number 0");
    const [name, field] = numbered.get(tag >>> 3) ?? [];
    const wireType = tag & 7;
    if (name === undefined || field === undefined) {
      reader.skip(wireType, end);
    } else if (wireType === 2 && field.label === "repeated" && !isDelimited(field.type)) {
      readPacked(reading, field, reader.delimited(end), values[name] as unknown[]);
    } else if (wireType !== (isDelimited(field.type) ? 2 : 0)) {
      reader.skip(wireType, end);
    } else if (field.label === "repeated") {
      readItem(reading, field, end, values[name] as unknown[]);
    } else {
      if (field.oneof !== undefined) clearOthers(values, fields, name, field.oneof);
      values[name] = readField(reading, field, end, values[name]);
    }
  }
  if (reader.position > end) throw new ProtobufError("truncated", "a field ends after its message");
  return values;
}

/** Numbers may come packed or one by one, and have to be taken either way. */
function readPacked(reading: Reading, field: FieldType, end: number, items: unknown[]): void {
  while (reading.reader.position < end) readItem(reading, field, end, items);
  if (reading.reader.position > end) {
    throw new ProtobufError("truncated", "a number ends after its field");
  }
}

function readItem(reading: Reading, field: FieldType, end: number, items: unknown[]): void {
  if (++reading.items > mostItems) throw new ProtobufError("too-large", "too many items");
  items.push(readField(reading, field, end, undefined));
}

function clearOthers(values: Values, fields: Fields, name: string, oneof: string): void {
  for (const [other, field] of fields) {
    if (other !== name && field.oneof === oneof) delete values[other];
  }
}

/** A message that comes a second time is added to the first, as the format wants it. */
function readField(reading: Reading, { type }: FieldType, end: number, before: unknown): unknown {
  const { reader } = reading;
  if (typeof type !== "string") {
    const values = before as Values | undefined ?? emptyMessage(type.fields);
    return readFields(reading, type.fields, reader.delimited(end), values);
  }
  switch (type) {
    case "string":
      return reader.string(reader.delimited(end));
    case "bytes":
      return reader.bytes(reader.delimited(end));
    case "bool":
      return reader.uint64() !== 0n;
    case "int32":
      return reader.uint32() | 0;
    case "uint32":
      return reader.uint32();
    case "int64":
      return BigInt.asIntN(64, reader.uint64());
    case "uint64":
      return reader.uint64();
  }
}
