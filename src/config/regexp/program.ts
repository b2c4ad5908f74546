/**
 * The tree as a program: instructions that say what may be read where, and where that leads.
 *
 * @module
 */
import type { CharacterSet } from "./character_set.ts";
import type { Node, Repetition } from "./tree.ts";

/** What an instruction does before it goes on at its `next`. */
export const kinds = {
  /** Nothing: here ends what matches. */
  end: 0,
  /** Reads a character of the set whose number is the operand. */
  character: 1,
  /** Asks for the condition that is the operand. */
  condition: 2,
  /** Goes on at the instruction whose number is the operand, too. */
  fork: 3,
} as const;

/** Instructions, as three columns, and the sets that they name by number. */
export interface Program {
  readonly start: number;
  readonly end: number;
  readonly kind: Uint8Array;
  readonly operand: Int32Array;
  readonly next: Int32Array;
  readonly sets: readonly CharacterSet[];
}

interface Draft {
  readonly kind: number[];
  readonly operand: number[];
  readonly next: number[];
  readonly sets: Map<CharacterSet, number>;
}

/** Writes the program of a tree, from its end to its beginning: each part knows where it leads to. */
export function writeProgram(tree: Node): Program {
  const draft: Draft = { kind: [], operand: [], next: [], sets: new Map() };
  const end = add(draft, kinds.end, 0, 0);
  const start = write(draft, tree, end);
  return {
    start,
    end,
    kind: new Uint8Array(draft.kind),
    operand: new Int32Array(draft.operand),
    next: new Int32Array(draft.next),
    sets: [...draft.sets.keys()],
  };
}

/** Writes a node and returns its first instruction. */
function write(draft: Draft, node: Node, next: number): number {
  switch (node.kind) {
    case "character":
      return add(draft, kinds.character, numberOf(draft, node.set), next);
    case "condition":
      return add(draft, kinds.condition, node.condition, next);
    case "sequence":
      return node.items.reduceRight((after, item) => write(draft, item, after), next);
    case "choice":
      return node.choices.map((choice) => write(draft, choice, next))
        .reduce((one, other) => add(draft, kinds.fork, one, other));
    case "repetition":
      return writeRepetition(draft, node, next);
  }
}

/** Writes x{2,4} as xx(x(x)?)?, and x{2,} as xx+: counts would make states of what was counted. */
function writeRepetition(draft: Draft, { item, min, max }: Repetition, next: number): number {
  let first = next;
  let copies = min;
  if (max === Infinity) {
    const loop = add(draft, kinds.fork, next, next);
    const again = write(draft, item, loop);
    draft.operand[loop] = again;
    first = min === 0 ? loop : again;
    copies = min - 1;
  } else {
    for (let count = min; count < max; count++) {
      first = add(draft, kinds.fork, write(draft, item, first), next);
    }
  }
  for (let count = 0; count < copies; count++) first = write(draft, item, first);
  return first;
}

function add(draft: Draft, kind: number, operand: number, next: number): number {
  draft.kind.push(kind);
  draft.operand.push(operand);
  return draft.next.push(next) - 1;
}

function numberOf({ sets }: Draft, set: CharacterSet): number {
  const number = sets.get(set) ?? sets.size;
  sets.set(set, number);
  return number;
}
