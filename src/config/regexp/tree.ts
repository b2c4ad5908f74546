/**
 * What a regular expression says, as a tree. Groups are gone, and so is all that tells only which of
 * several matches is preferred: the question is whether there is one.
 *
 * @module
 */
import type { CharacterSet } from "./character_set.ts";

/** A part of a regular expression. */
export type Node =
  | { readonly kind: "character"; readonly set: CharacterSet }
  | { readonly kind: "condition"; readonly condition: number }
  | { readonly kind: "sequence"; readonly items: readonly Node[] }
  | { readonly kind: "choice"; readonly choices: readonly Node[] }
  | Repetition;

/** A part that stands there several times; `max` may be Infinity. */
export interface Repetition {
  readonly kind: "repetition";
  readonly item: Node;
  readonly min: number;
  readonly max: number;
}

/** What can be asked of the place between two characters: one bit each. */
export const conditions = {
  textBegin: 1,
  textEnd: 2,
  lineBegin: 4,
  lineEnd: 8,
  wordBoundary: 16,
  noWordBoundary: 32,
} as const;
