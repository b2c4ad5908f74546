/**
 * What the shell needs of whoever reads lines from a terminal.
 *
 * @module
 */

import type { Page } from "./pager.ts";

/** A line, or why there is none. */
export type EditOutcome =
  | { readonly kind: "line"; readonly text: string }
  /** Ctrl-C. */
  | { readonly kind: "interrupted" }
  /** Ctrl-D on an empty line, or the terminal went away. */
  | { readonly kind: "end" };

/** What the word at the cursor can be. */
export interface Completion {
  /** Where that word begins in what is before the cursor. */
  readonly replaceFrom: number;
  /** Whole words. */
  readonly candidates: readonly string[];
  /** Whether a blank follows the word if there is but one. */
  readonly isFinal: boolean;
}

/** What a line is read with. */
export interface EditRequest {
  readonly prompt: string;
  readonly complete: (before: string) => Promise<Completion>;
  readonly help: (before: string) => Promise<readonly string[]>;
  /** Gives up: the outcome is then `end`. */
  readonly signal: AbortSignal;
}

/** Reads lines from a terminal, and keeps those that were read. */
export interface ShellEditor {
  edit(request: EditRequest): Promise<EditOutcome>;
  /** Resolves with the next key, or when the signal aborts. */
  anyKey(signal: AbortSignal): Promise<void>;
  /** For answers that are longer than the screen. */
  readonly page: Omit<Page, "print">;
  /** Leaves the terminal as it was found, and keeps the history. */
  close(): void;
}
