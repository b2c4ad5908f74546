/**
 * Looking for an earlier line by a part of it: Ctrl-R.
 *
 * @module
 */

/** A search that goes on. */
export interface Search {
  /** What is looked for. */
  readonly query: string;
  /** Which of the lines was found last. Their number, before any was. */
  readonly index: number;
  /** Whether that line has what is looked for. Else nothing has it, from that line back. */
  readonly isFound: boolean;
}

/** A search for nothing yet. */
export function startSearch(lines: readonly string[]): Search {
  return { query: "", index: lines.length, isFound: true };
}

/** Looks for something else: what was added to it in the line found and older ones, else in all. */
export function searchFor(search: Search, lines: readonly string[], query: string): Search {
  if (query === "") return startSearch(lines);
  const from = query.startsWith(search.query) ? search.index : lines.length;
  return found({ ...search, query }, lines, from);
}

/** Looks for the same in lines that are older than the one found, and different from it. */
export function searchOlder(search: Search, lines: readonly string[]): Search {
  if (search.query === "") return search;
  let from = search.index - 1;
  while (from >= 0 && lines[from] === lines[search.index]) from--;
  return found(search, lines, from);
}

/** What stands before the line while a search goes on. */
export function searchPrompt({ query, isFound }: Search): string {
  return `${isFound ? "search" : "not found"} "${query}": `;
}

function found(search: Search, lines: readonly string[], from: number): Search {
  for (let index = Math.min(from, lines.length - 1); index >= 0; index--) {
    if (lines[index]?.includes(search.query)) return { ...search, index, isFound: true };
  }
  return { ...search, isFound: false };
}
