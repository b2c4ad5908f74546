/**
 * What is fuzzed: a target, the inputs that it is given, and what holds for each of them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type Random, seeded } from "../seeded.ts";
import { mutated, type Mutation } from "./mutate.ts";

/** A part of the program that takes what is not ours. */
export interface FuzzTarget {
  readonly name: string;
  /** Inputs from which others are made. */
  readonly corpus: readonly Uint8Array[];
  /** Makes an input that random changes of the corpus would hardly ever come to. */
  readonly invent?: (random: Random) => Uint8Array;
  /** How inputs are changed. Default: as bytes. */
  readonly mutations?: readonly Mutation[];
  /** No input is longer. Default: 16,384 bytes. */
  readonly mostBytes?: number;
  /** How many inputs the tests try. */
  readonly tries: number;
  /**
   * Gives the input to the program, and throws where something does not hold. What it returns has to
   * be the same for the same input; what is drawn, such as sizes of pieces, must not show in it.
   */
  readonly run: (input: Uint8Array, random: Random) => unknown;
}

/** How long one input may take: many times what the slowest takes, on a machine that is busy. */
const longestMs = 1_000;

/** The input that a seed stands for. */
export function inputOf(target: FuzzTarget, seed: number): Uint8Array {
  const { corpus, invent, mostBytes = 16_384, mutations } = target;
  const random = seeded(seed);
  const isInvented = invent !== undefined && (corpus.length === 0 || random.chance(0.7));
  const whole = isInvented ? invent(random) : random.pick(corpus);
  const input = isInvented && random.chance(0.4)
    ? whole
    : mutated(random, whole, { corpus, mutations });
  return input.slice(0, mostBytes);
}

/**
 * Gives the target an input: twice, with different draws, in which the answer must be the same.
 *
 * @throws {Error} Something does not hold.
 */
export async function tryInput(
  { run }: FuzzTarget,
  input: Uint8Array,
  seed: number,
): Promise<void> {
  const answer = async (draws: number) => {
    const given = run(input.slice(), seeded(draws));
    return given instanceof Promise ? await beforeLong(given) : given;
  };
  const startedMs = performance.now();
  const first = await answer(seed);
  assert.deepEqual(await answer(seed + 1), first, "the same input has two answers");
  if (performance.now() - startedMs <= 2 * longestMs) return;
  // The machine may have been busy with something else.
  const againMs = performance.now();
  await answer(seed);
  const tookMs = Math.round(performance.now() - againMs);
  assert.ok(tookMs <= longestMs, `${input.length} bytes took ${tookMs} ms`);
}

/** What is promised, or a failure if it does not come. */
async function beforeLong<T>(promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("it never comes to an end")), 10 * longestMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The bytes in pieces of random sizes: all are there, and none is empty. */
export function* piecesOf(random: Random, bytes: Uint8Array): Generator<Uint8Array> {
  const most = random.pick([1, 3, 20, 300, 5_000, 100_000]);
  for (let at = 0; at < bytes.length;) {
    const to = at + random.int(1, most);
    yield bytes.slice(at, to);
    at = to;
  }
}

/** Runs the action. What it throws is given back if it is an error of the kind that may be thrown. */
export function orError<T, E extends Error>(
  // deno-lint-ignore no-explicit-any -- the arguments of constructors differ.
  kind: abstract new (...parts: any[]) => E,
  action: () => T,
): T | E {
  try {
    return action();
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
}

/** Text as an input. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** An input as text. What is no UTF-8 is replaced. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
