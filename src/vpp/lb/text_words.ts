/**
 * The words that VPP's texts are made of, read with care.
 *
 * @module
 */

import { type Address, type Family, parseAddress } from "../../config/address.ts";

/** Thrown at what makes no sense; `line` where it is not the line that is being read. */
export class Nonsense extends Error {
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

/** Words such as `weight:100`. */
export function readFields(words: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const word of words) {
    const colon = word.indexOf(":");
    if (colon < 1) throw new Nonsense(`"${word}" is no name with a value`);
    setOnce(fields, word.slice(0, colon), word.slice(colon + 1));
  }
  return fields;
}

/** Sets what must not be set yet. */
export function setOnce<T>(values: Map<string, T>, name: string, value: T): void {
  if (values.has(name)) throw new Nonsense(`"${name}" is there twice`);
  values.set(name, value);
}

/** A whole number up to the limit. */
export function readNumber(name: string, digits: string | undefined, limit: number): number {
  const value = /^\d+$/.test(digits ?? "") ? Number(digits) : NaN;
  if (!(value <= limit)) throw new Nonsense(`${name} is no number up to ${limit}`);
  return value;
}

/** An address of the family. */
export function readAddress(text: string, family: Family): Address {
  const parsed = parseAddress(text);
  if ("problem" in parsed) throw new Nonsense(`"${text}" is ${parsed.problem}`);
  if (parsed.value.family !== family) throw new Nonsense(`"${text}" is not of IPv${family}`);
  return parsed.value;
}
