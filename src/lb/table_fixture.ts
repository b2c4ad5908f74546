/**
 * Short ways to write the entries of tables, for tests.
 *
 * @module
 */

import type { Random } from "../../tests/seeded.ts";
import { addressBytes, parseAddress } from "../config/address.ts";
import type { TableEntry } from "./table_entries.ts";

/** Entries from text such as `10.0.0.1 100, 2001:db8::1 50`: addresses with their weights. */
export function entriesOf(text: string): TableEntry[] {
  return text.split(/,\s*/).map((entry) => {
    const [address = "", weight] = entry.split(" ");
    const parsed = parseAddress(address);
    if ("problem" in parsed) throw new Error(`${address}: ${parsed.problem}`);
    const bytes = addressBytes(parsed.value);
    const padded = new Uint8Array(16);
    padded.set(bytes, 16 - bytes.length);
    return { address: padded, weight: Number(weight) };
  });
}

/** Entries with the addresses 10.1.0.1, 10.1.0.2 and so on, as many as there are weights. */
export function withWeights(weights: readonly number[]): TableEntry[] {
  return entriesOf(weights.map((weight, index) => `10.1.0.${index + 1} ${weight}`).join());
}

/** As many entries as a VIP may have, of weight 100, from 10.2.3.231 down to 10.2.0.0. */
export function thousandEntries(): TableEntry[] {
  const ends = upTo(1000).map((number) => 1000 - number);
  return entriesOf(ends.map((end) => `10.2.${end >> 8}.${end & 0xff} 100`).join());
}

/** Up to twelve entries of either family, in no order, with low, high, equal and no weights. */
export function anyEntries(random: Random): TableEntry[] {
  const base = random.pick(["10.9.8.", "2001:db8::", "2001:db8:7:6:5:4:3:"]);
  const ends = random.shuffle(upTo(99)).slice(0, random.int(0, 12));
  const weight = () => random.pick([0, 1, random.int(0, 100), 100]);
  return ends.flatMap((end) => entriesOf(`${base}${end} ${weight()}`));
}

/** The same values over and over. */
export function repeat(times: number, ...values: number[]): number[] {
  return upTo(times).flatMap(() => values);
}

/** 1, 2, 3 and so on. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
