/**
 * The states that a program can be in, found while a text is read.
 *
 * A program is at many instructions at once, because a match may begin anywhere and go on in several
 * ways. All of them together are one state. Which state follows it on which symbol is found once and
 * kept: from then on it costs one look, where finding it costs a step for each instruction that is
 * looked at, and for each number that is kept.
 *
 * @module
 */
import { type Alphabet, alphabetOf } from "./alphabet.ts";
import { single } from "./character_set.ts";
import { wordCharacters } from "./named_sets.ts";
import { createNumberSet, include, includes, type NumberSet } from "./number_set.ts";
import { kinds, type Program } from "./program.ts";
import { conditions } from "./tree.ts";

/** What stands on one side of a place, as far as the program's conditions ask for it. */
const sides = { edge: 0, newline: 1, word: 2, other: 3 } as const;

/** A program made ready to run. */
export interface Automaton {
  readonly program: Program;
  readonly alphabet: Alphabet;
  /** By symbol: what it is to conditions. */
  readonly sideOf: Uint8Array;
  /** A match may begin elsewhere than at the beginning of the text. */
  readonly floats: boolean;
  /** Room to work in: the instructions at one place, and those that reading leads to. */
  readonly reached: NumberSet;
  readonly entered: NumberSet;
}

/**
 * The states found so far, numbered from 1, which is the one before the text. A state is the
 * instructions after those that read the last character, and what that character is to conditions.
 */
export interface Cache {
  /**
   * Of each state a row, which begins at its number × the size of the alphabet. By symbol, the row
   * of the state that follows, or an outcome, or 0 where it has not been found yet.
   */
  table: Int32Array;
  /** The instructions of all states, and by state where its own end. */
  readonly instructions: number[];
  readonly ends: number[];
  readonly sides: number[];
  /** By hash, the last state that has it; by state, the one before of the same hash, or 0. */
  readonly lastOfHash: Map<number, number>;
  readonly twins: number[];
  /** What it took to find them. */
  steps: number;
}

/** What follows where it is known whether there is a match. */
export const outcomes = { match: -1, noMatch: -2 } as const;

/** What finding a state costs at least, in the time that it takes to look at an instruction. */
const stepsPerFind = 30;

/** Makes a program ready. */
export function createAutomaton(program: Program): Automaton {
  const asked = program.kind.reduce(
    (sum, kind, at) => kind === kinds.condition ? sum | (program.operand[at] ?? 0) : sum,
    0,
  );
  const newlines = asked & (conditions.lineBegin | conditions.lineEnd) ? single(0x0a) : [];
  const words = asked & (conditions.wordBoundary | conditions.noWordBoundary) ? wordCharacters : [];
  const alphabet = alphabetOf([...program.sets, newlines, words]);
  const [isNewline, isWord] = alphabet.members.slice(-2);
  const sideOf = Uint8Array.from({ length: alphabet.size }, (_, symbol) => {
    if (symbol === alphabet.size - 1) return sides.edge;
    if (isNewline?.[symbol] === 1) return sides.newline;
    return isWord?.[symbol] === 1 ? sides.word : sides.other;
  });
  const reached = createNumberSet(program.kind.length);
  const entered = createNumberSet(program.kind.length);
  include(reached, program.start);
  reach(program, reached, ~conditions.textBegin);
  const floats = reached.members.subarray(0, reached.size)
    .some((at) => program.kind[at] === kinds.character || program.kind[at] === kinds.end);
  return { program, alphabet, sideOf, floats, reached, entered };
}

/** A cache that knows the first state alone. */
export function createCache({ alphabet }: Automaton): Cache {
  return {
    table: new Int32Array(8 * alphabet.size),
    instructions: [],
    ends: [0, 0],
    sides: [sides.edge, sides.edge],
    twins: [0, 0],
    lastOfHash: new Map(),
    steps: 0,
  };
}

/** Finds what follows the state of a row on a symbol, and enters it in the table. */
export function advance(automaton: Automaton, cache: Cache, row: number, symbol: number): number {
  const { size } = automaton.alphabet;
  const found = follow(automaton, cache, row / size, symbol);
  const entry = found > 0 ? found * size : found;
  if (entry + size > cache.table.length) {
    const { table } = cache;
    cache.table = new Int32Array(2 * table.length);
    cache.table.set(table);
  }
  cache.table[row + symbol] = entry;
  return entry;
}

function follow(automaton: Automaton, cache: Cache, state: number, symbol: number): number {
  const { program, alphabet, sideOf, floats, reached, entered } = automaton;
  const { instructions, ends } = cache;
  const before = cache.sides[state] ?? sides.other;
  const after = sideOf[symbol] ?? sides.other;
  reached.size = 0;
  for (let at = ends[state - 1] ?? 0; at < (ends[state] ?? 0); at++) {
    include(reached, instructions[at] ?? 0);
  }
  if (floats || before === sides.edge) include(reached, program.start);
  reach(program, reached, conditionsBetween(before, after));
  cache.steps += stepsPerFind + reached.size;
  if (includes(reached, program.end)) return outcomes.match;

  entered.size = 0;
  for (let index = 0; index < reached.size; index++) {
    const at = reached.members[index] ?? 0;
    if (program.kind[at] !== kinds.character) continue;
    const isMember = alphabet.members[program.operand[at] ?? 0]?.[symbol] === 1;
    if (isMember) include(entered, program.next[at] ?? 0);
  }
  if (after === sides.edge || (entered.size === 0 && !floats)) return outcomes.noMatch;
  return stateOf(automaton, cache, after);
}

/** Adds the instructions that can be reached without reading where these conditions hold. */
function reach({ kind, operand, next }: Program, reached: NumberSet, holding: number): void {
  for (let index = 0; index < reached.size; index++) {
    const at = reached.members[index] ?? 0;
    if (kind[at] === kinds.fork) {
      include(reached, operand[at] ?? 0);
      include(reached, next[at] ?? 0);
    } else if (kind[at] === kinds.condition && (holding & (operand[at] ?? 0)) !== 0) {
      include(reached, next[at] ?? 0);
    }
  }
}

function conditionsBetween(before: number, after: number): number {
  const isBoundary = (before === sides.word) !== (after === sides.word);
  let result: number = isBoundary ? conditions.wordBoundary : conditions.noWordBoundary;
  if (before === sides.edge) result |= conditions.textBegin | conditions.lineBegin;
  if (before === sides.newline) result |= conditions.lineBegin;
  if (after === sides.edge) result |= conditions.textEnd | conditions.lineEnd;
  if (after === sides.newline) result |= conditions.lineEnd;
  return result;
}

/** The state of the instructions that were entered: a known one, or a new one. */
function stateOf({ alphabet, entered }: Automaton, cache: Cache, side: number): number {
  const { instructions, ends, sides, twins, lastOfHash } = cache;
  let hash = side;
  for (let index = 0; index < entered.size; index++) {
    hash = (hash + scramble(entered.members[index] ?? 0)) & 0x3fffffff;
  }
  const twin = lastOfHash.get(hash) ?? 0;
  for (let known = twin; known > 0; known = twins[known] ?? 0) {
    if (sides[known] === side && isState(cache, known, entered)) return known;
  }
  const state = ends.length;
  lastOfHash.set(hash, state);
  twins.push(twin);
  sides.push(side);
  for (let index = 0; index < entered.size; index++) {
    instructions.push(entered.members[index] ?? 0);
  }
  ends.push(instructions.length);
  cache.steps += alphabet.size + entered.size;
  return state;
}

function isState({ instructions, ends }: Cache, state: number, entered: NumberSet): boolean {
  const [begin, end] = [ends[state - 1] ?? 0, ends[state] ?? 0];
  if (end - begin !== entered.size) return false;
  for (let at = begin; at < end; at++) {
    if (!includes(entered, instructions[at] ?? 0)) return false;
  }
  return true;
}

/** Spreads numbers over 32 bits, so that sums tell sets apart in whatever order they are taken. */
function scramble(number: number): number {
  const product = Math.imul(number + 1, 0x9e3779b1);
  return Math.imul(product ^ (product >>> 15), 0x85ebca6b);
}
