/**
 * What a type on VPP's wire is: one value that reads and writes it, tells its TypeScript type, and
 * knows what VPP's API definitions call it.
 *
 * @module
 */

import type { PlainValue } from "../../log.ts";
import type { Reader, Writer } from "./cursor.ts";

/** A type on the wire whose values are of type `T` here. */
export interface WireType<T> {
  /** What VPP's API definitions call it: `u16`, `vl_api_address_t`. */
  readonly api: string;
  /** What they write after the field's name: nothing, `[64]`, `[]` or `[count]`. */
  readonly dimension: string;
  /** How many bytes it takes, or at least takes. */
  readonly size: number;
  /** What it consists of. */
  readonly parts: Parts;
  /** @throws {WireError} The value is none of this type. */
  write(writer: Writer, value: T): void;
  /** Shares nothing with the bytes read. @throws {WireError} The bytes stand for no such value. */
  read(reader: Reader): T;
  /** The value as the debug log shows it, long lists and texts cut short. */
  plain(value: T): PlainValue;
}

/** What a type consists of. */
export type Parts =
  | { readonly kind: "leaf" }
  | {
    readonly kind: "enumeration";
    readonly width: WireType<number>;
    readonly words: ReadonlyMap<string, number>;
  }
  | { readonly kind: "items"; readonly item: WireType<unknown>; readonly length: number | null }
  | { readonly kind: "struct"; readonly members: readonly Member[] };

/** A member of a structure. */
export type Member =
  & {
    /** Its name here, in camelCase. */
    readonly name: string;
    /** Its name in VPP, in snake_case. */
    readonly apiName: string;
  }
  & (
    | { readonly counts: null; readonly type: WireType<unknown> }
    /** It has no value of its own: it counts the items of the list of that name. */
    | { readonly counts: string; readonly type: WireType<number> }
  );

/** The type of the values of a wire type. */
export type ValueOf<W> = W extends WireType<infer T> ? T : never;

/** Of a type that has no parts. */
export const leaf: Parts = { kind: "leaf" };

/** The same type under the name that VPP's definitions have for it; a named one has no dimension. */
export function declaredAs<T>(api: string, type: WireType<T>): WireType<T> {
  return { ...type, api, dimension: "" };
}
