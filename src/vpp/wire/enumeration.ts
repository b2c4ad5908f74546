/**
 * Numbers that have names.
 *
 * @module
 */

import { WireError } from "./wire_error.ts";
import type { WireType } from "./wire_type.ts";

/**
 * A number some of whose values have a word. A value without one, from a newer VPP perhaps, stays the
 * number that it is. The words are VPP's own without their prefix, in lower case with hyphens,
 * unless another one says better what is meant.
 */
export function enumeration<W extends string>(
  api: string,
  width: WireType<number>,
  words: Readonly<Record<W, number>>,
): WireType<W | number> {
  const numbers = new Map<string, number>(Object.entries(words));
  const names = new Map<number, W>();
  for (const word in words) names.set(words[word], word);
  return {
    api,
    dimension: "",
    size: width.size,
    parts: { kind: "enumeration", width, words: numbers },
    write(writer, value) {
      const number = typeof value === "number" ? value : numbers.get(value);
      if (number === undefined) throw new WireError("bad-value", `${value} is no ${api}`);
      width.write(writer, number);
    },
    read(reader) {
      const number = width.read(reader);
      return names.get(number) ?? number;
    },
    plain: (value) => value,
  };
}
