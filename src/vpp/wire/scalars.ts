/**
 * Numbers and truth values. VPP sends numbers in network order, but for a few that it forgets to swap.
 *
 * @module
 */

import { leaf, type WireType } from "./wire_type.ts";
import { WireError } from "./wire_error.ts";

interface Integer {
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly get: (view: DataView, at: number) => number;
  readonly set: (view: DataView, at: number, value: number) => void;
}

function integer(api: string, { size, min, max, get, set }: Integer): WireType<number> {
  return {
    api,
    dimension: "",
    size,
    parts: leaf,
    write(writer, value) {
      if (!Number.isInteger(value) || value < min || value > max) throw noValue(value, api);
      set(writer.view, writer.advance(size), value);
    },
    read: (reader) => get(reader.view, reader.advance(size)),
    plain: (value) => value,
  };
}

function noValue(value: unknown, api: string): WireError {
  return new WireError("bad-value", `${String(value)} is no ${api}`);
}

/** A number from 0 to 255. */
export const u8 = integer("u8", {
  size: 1,
  min: 0,
  max: 0xff,
  get: (view, at) => view.getUint8(at),
  set: (view, at, value) => view.setUint8(at, value),
});

/** A number from 0 to 65535. */
export const u16 = integer("u16", {
  size: 2,
  min: 0,
  max: 0xffff,
  get: (view, at) => view.getUint16(at),
  set: (view, at, value) => view.setUint16(at, value),
});

/** A number from 0 to 2³² − 1. */
export const u32 = integer("u32", {
  size: 4,
  min: 0,
  max: 0xffffffff,
  get: (view, at) => view.getUint32(at),
  set: (view, at, value) => view.setUint32(at, value),
});

/** A number from −2³¹ to 2³¹ − 1. */
export const i32 = integer("i32", {
  size: 4,
  min: -0x80000000,
  max: 0x7fffffff,
  get: (view, at) => view.getInt32(at),
  set: (view, at, value) => view.setInt32(at, value),
});

/**
 * A u16 that VPP does not bring into network order. The hosts that VPP runs on are little-endian, and
 * the socket never leaves the host.
 */
export const hostOrderU16 = integer("u16", {
  size: 2,
  min: 0,
  max: 0xffff,
  get: (view, at) => view.getUint16(at, true),
  set: (view, at, value) => view.setUint16(at, value, true),
});

/** A u32 that VPP does not bring into network order, as {@link hostOrderU16}. */
export const hostOrderU32 = integer("u32", {
  size: 4,
  min: 0,
  max: 0xffffffff,
  get: (view, at) => view.getUint32(at, true),
  set: (view, at, value) => view.setUint32(at, value, true),
});

/** A number from 0 to 2⁶⁴ − 1. */
export const u64: WireType<bigint> = {
  api: "u64",
  dimension: "",
  size: 8,
  parts: leaf,
  write(writer, value) {
    if (BigInt.asUintN(64, value) !== value) throw noValue(value, "u64");
    writer.view.setBigUint64(writer.advance(8), value);
  },
  read: (reader) => reader.view.getBigUint64(reader.advance(8)),
  plain: (value) => String(value),
};

/** A floating-point number. Quirk: in host order, as VPP's conversion to network order does nothing. */
export const f64: WireType<number> = {
  api: "f64",
  dimension: "",
  size: 8,
  parts: leaf,
  write: (writer, value) => writer.view.setFloat64(writer.advance(8), value, true),
  read: (reader) => reader.view.getFloat64(reader.advance(8), true),
  plain: (value) => value,
};

/** True or false; on receipt anything but 0 is true, as in VPP. */
export const bool: WireType<boolean> = {
  api: "bool",
  dimension: "",
  size: 1,
  parts: leaf,
  write: (writer, value) => writer.view.setUint8(writer.advance(1), value ? 1 : 0),
  read: (reader) => reader.view.getUint8(reader.advance(1)) !== 0,
  plain: (value) => value,
};
