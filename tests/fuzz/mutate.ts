/**
 * How inputs are made of other inputs.
 *
 * @module
 */

import type { Random } from "../seeded.ts";

/** Makes an input of another one, for which it may look at the corpus. */
export type Mutation = (
  random: Random,
  bytes: Uint8Array,
  corpus: readonly Uint8Array[],
) => Uint8Array;

/** Numbers at which programs go wrong. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** What replaces some bytes by others. */
function spliced(bytes: Uint8Array, from: number, to: number, other: Uint8Array): Uint8Array {
  const result = new Uint8Array(from + other.length + bytes.length - to);
  result.set(bytes.subarray(0, from));
  result.set(other, from);
  result.set(bytes.subarray(to), from + other.length);
  return result;
}

/** A part of the bytes: mostly a short one. */
function rangeIn(random: Random, { length }: Uint8Array): readonly [from: number, to: number] {
  const from = random.int(0, length);
  return [from, Math.min(length, from + random.int(0, random.chance(0.8) ? 16 : length))];
}

/** Changes that know nothing of what the bytes mean. */
const byteMutations: readonly Mutation[] = [
  function flipBit(random, bytes) {
    const at = random.int(0, bytes.length - 1);
    return bytes.length === 0 ? bytes : bytes.with(at, (bytes[at] ?? 0) ^ 1 << random.int(0, 7));
  },
  function setByte(random, bytes) {
    const at = random.int(0, bytes.length - 1);
    return bytes.length === 0 ? bytes : bytes.with(at, random.int(0, 255));
  },
  function setNumber(random, bytes) {
    const number = new Uint8Array(random.pick([1, 2, 4, 8]));
    const value = BigInt(random.pick(edges) + random.int(-1, 1));
    for (const index of number.keys()) {
      const place = random.chance() ? index : number.length - 1 - index;
      number[place] = Number(BigInt.asUintN(64, value) >> BigInt(8 * index) & 0xffn);
    }
    const at = random.int(0, bytes.length);
    return spliced(bytes, at, Math.min(bytes.length, at + number.length), number);
  },
  function cutOff(random, bytes) {
    return bytes.slice(0, random.int(0, bytes.length));
  },
  function remove(random, bytes) {
    return spliced(bytes, ...rangeIn(random, bytes), new Uint8Array());
  },
  function repeat(random, bytes) {
    const [from, to] = rangeIn(random, bytes);
    const count = random.pick([1, 2, 10, 1_000]);
    const length = Math.min((to - from) * count, 16_384);
    const copies = Uint8Array.from({ length }, (_, at) => bytes[from + at % (to - from)] ?? 0);
    return spliced(bytes, to, to, copies);
  },
  function move(random, bytes) {
    const [from, to] = rangeIn(random, bytes);
    const at = random.int(0, bytes.length);
    return spliced(bytes, at, at, bytes.slice(from, to));
  },
  function cross(random, bytes, corpus) {
    if (corpus.length === 0) return bytes;
    const other = random.pick(corpus);
    return spliced(
      bytes,
      random.int(0, bytes.length),
      bytes.length,
      other.slice(
        random.int(0, other.length),
      ),
    );
  },
  function insertNoise(random, bytes) {
    const at = random.int(0, bytes.length);
    const noise = Uint8Array.from({ length: random.int(1, 20) }, () => random.int(0, 255));
    return spliced(bytes, at, at, noise);
  },
];

/** What is found in text that is meant to be wrong, whatever the text is. */
const nastyWords = [
  ...["", " ", "\n", "\r\n", "\t", "\0", "\u001b[2J", "\ufeff", "\u2028", "é", "👩‍👩‍👧", "\u0301"],
  ...["0", "-1", "1e999", "NaN", "9".repeat(30), "0x10", "00", "+1", "1.", ".5", "١"],
  ...["__proto__", "constructor", "toString", "null", "true", "~"],
  ...[":", "[", "]", "{", "}", "(", ")", "*", "&", "!", "|", ">", "%", "\\", '"', "'", "#", "-"],
];

const encoder = new TextEncoder();

/** Changes of text, word by word, besides those of bytes. */
export function textMutations(words: readonly string[] = []): readonly Mutation[] {
  const ends = (random: Random, bytes: Uint8Array) => {
    const text = new TextDecoder().decode(bytes);
    const tokens = [...text.matchAll(/[\p{L}\p{N}_.-]+|\s+|./gu)];
    const index = random.int(0, Math.max(0, tokens.length - 1));
    const from = tokens[index]?.index ?? 0;
    return { text, tokens, from, to: from + (tokens[index]?.[0].length ?? 0) };
  };
  const changed: readonly Mutation[] = [
    function replaceWord(random, bytes) {
      const { text, from, to } = ends(random, bytes);
      const word = random.pick(words.length > 0 && random.chance() ? words : nastyWords);
      return encoder.encode(text.slice(0, from) + word + text.slice(to));
    },
    function insertWord(random, bytes) {
      const { text, from } = ends(random, bytes);
      const word = random.pick(words.length > 0 && random.chance() ? words : nastyWords);
      return encoder.encode(text.slice(0, from) + word + text.slice(from));
    },
    function swapWords(random, bytes) {
      const { text, tokens, from, to } = ends(random, bytes);
      const other = tokens.length === 0 ? "" : random.pick(tokens)[0];
      return encoder.encode(text.slice(0, from) + other + text.slice(to));
    },
    function repeatLine(random, bytes) {
      const lines = new TextDecoder().decode(bytes).split("\n");
      const at = random.int(0, lines.length - 1);
      const copies = Array<string>(random.pick([1, 1, 2, 200])).fill(lines[at] ?? "");
      return encoder.encode(lines.toSpliced(random.int(0, lines.length), 0, ...copies).join("\n"));
    },
    function indentLine(random, bytes) {
      const lines = new TextDecoder().decode(bytes).split("\n");
      const at = random.int(0, lines.length - 1);
      const line = random.chance() ? ` ${lines[at]}` : (lines[at] ?? "").replace(/^ /, "");
      return encoder.encode(lines.with(at, line).join("\n"));
    },
  ];
  return [...changed, ...changed, ...byteMutations];
}

/** The bytes with up to six changes. */
export function mutated(
  random: Random,
  bytes: Uint8Array,
  { corpus, mutations = byteMutations }: {
    readonly corpus: readonly Uint8Array[];
    readonly mutations?: readonly Mutation[] | undefined;
  },
): Uint8Array {
  let result = bytes;
  for (let count = random.pick([1, 1, 1, 2, 3, 6]); count > 0; count--) {
    // What is very long already is only cut, or it would grow without end.
    result = random.pick(mutations)(random, result.slice(0, 65_536), corpus);
  }
  return result;
}
