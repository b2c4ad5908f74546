/**
 * Structures, and arrays of anything.
 *
 * @module
 */

import type { PlainValue } from "../../log.ts";
import { WireError } from "./wire_error.ts";
import type { Member, ValueOf, WireType } from "./wire_type.ts";

/** As many items as the debug log shows of one array. */
const maxShownItems = 4;

/** The members of a structure, in the order of the wire. */
export type Members = { readonly [name: string]: WireType<unknown> | Count };

/** The value of a structure: its members, but for the counts, which the lists tell by themselves. */
export type StructOf<M extends Members> = keyof M extends never ? Record<string, never> : {
  readonly [K in keyof M as M[K] extends Count ? never : K]: ValueOf<M[K]>;
};

/** A structure with values of the type `T`. */
export interface Struct<T> extends WireType<T> {
  plain(value: T): Readonly<Record<string, PlainValue>>;
}

/** A member that only says how many items the list at the end of the structure has. */
export interface Count {
  readonly width: WireType<number>;
}

/** The count of a list, as a number of the type given. */
export function count(width: WireType<number>): Count {
  return { width };
}

/**
 * Items of one type, as many as the member `counter`, given in VPP's spelling, says. VPP allows one
 * list in a structure, its last member.
 */
export function list<T>(item: WireType<T>, counter: string): WireType<readonly T[]> {
  return {
    api: item.api,
    dimension: `[${counter}]`,
    size: 0,
    parts: { kind: "items", item, length: null },
    write(writer, values) {
      writer.extend(values.length * item.size);
      for (const value of values) item.write(writer, value);
    },
    read(reader) {
      const { count } = reader;
      reader.claim(count * item.size, `${count} items of ${item.size} bytes`);
      const values: T[] = [];
      for (let index = 0; index < count; index++) values.push(item.read(reader));
      return values;
    },
    plain: (values) => plainItems(item, values),
  };
}

/** A fixed number of items of one type. */
export function array<T>(item: WireType<T>, length: number): WireType<readonly T[]> {
  return {
    api: item.api,
    dimension: `[${length}]`,
    size: length * item.size,
    parts: { kind: "items", item, length },
    write(writer, values) {
      if (values.length !== length) {
        throw new WireError("bad-value", `${values.length} items where there must be ${length}`);
      }
      for (const value of values) item.write(writer, value);
    },
    read: (reader) => Array.from({ length }, () => item.read(reader)),
    plain: (values) => plainItems(item, values),
  };
}

/** A structure: its members one after the other, without gaps. */
export function struct<M extends Members>(api: string, declared: M): Struct<StructOf<M>> {
  const members = membersOf(declared);
  return {
    api,
    dimension: "",
    size: members.reduce((sum, { type }) => sum + type.size, 0),
    parts: { kind: "struct", members },
    write(writer, value) {
      const values = value as Readonly<Record<string, unknown>>;
      let place = "";
      try {
        for (const { name, apiName, type, counts } of members) {
          place = apiName;
          if (counts === null) type.write(writer, values[name]);
          else type.write(writer, (values[counts] as readonly unknown[]).length);
        }
      } catch (error) {
        throw error instanceof WireError ? error.within(place) : error;
      }
    },
    read(reader) {
      const values: Record<string, unknown> = {};
      let place = "";
      try {
        for (const { name, apiName, type, counts } of members) {
          place = apiName;
          if (counts === null) values[name] = type.read(reader);
          else reader.count = type.read(reader);
        }
      } catch (error) {
        throw error instanceof WireError ? error.within(place) : error;
      }
      return values as StructOf<M>;
    },
    plain(value) {
      const values = value as Readonly<Record<string, unknown>>;
      const plain: Record<string, PlainValue> = {};
      for (const { name, apiName, type, counts } of members) {
        if (counts === null) plain[apiName] = type.plain(values[name]);
      }
      return plain;
    },
  };
}

/** VPP's spelling of a name: `asAddress` is its `as_address`. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function membersOf(declared: Members): readonly Member[] {
  const names = Object.keys(declared);
  return Object.entries(declared).map(([name, type]) => {
    const apiName = snakeCase(name);
    if (!("width" in type)) return { name, apiName, type, counts: null };
    const counts = names.find((other) => dimensionOf(declared[other]) === `[${apiName}]`);
    if (counts === undefined) throw new TypeError(`nothing in the structure is counted by ${name}`);
    return { name, apiName, type: type.width, counts };
  });
}

function dimensionOf(member: Members[string] | undefined): string | null {
  return member !== undefined && "dimension" in member ? member.dimension : null;
}

function plainItems<T>(item: WireType<T>, values: readonly T[]): PlainValue {
  const shown = values.slice(0, maxShownItems).map((value) => item.plain(value));
  const rest = values.length - shown.length;
  return rest === 0 ? shown : [...shown, `and ${rest} more`];
}
