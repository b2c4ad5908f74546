/**
 * Regular expressions in Go's syntax (RE2), which existing files are written in, and what they mean
 * there. They are run here and not as JavaScript's, which the body of a backend's answer could keep
 * busy for as long as it likes.
 *
 * @module
 */
import type { Parsed } from "./parsed.ts";
import { writeProgram } from "./regexp/program.ts";
import { createSearch, type Verdict } from "./regexp/search.ts";
import { parseSyntax } from "./regexp/syntax.ts";

/** A regular expression that is ready to be searched for. */
export interface Regexp {
  readonly source: string;
  /**
   * Whether it matches anywhere in a text in UTF-8, or the search took too many steps and was cut
   * off. The same text has the same answer each time. The caller bounds the length of the text.
   */
  match(bytes: Uint8Array): Verdict;
}

/** Compiles a regular expression in Go's syntax; the problem completes the sentence "this is …". */
export function compileRegexp(source: string): Parsed<Regexp> {
  if (source.length > 1_000) return { problem: "longer than 1000 characters" };
  const tree = parseSyntax(source);
  if ("problem" in tree) {
    return { problem: `not a regular expression that Go knows: ${tree.problem}` };
  }
  // Most are compiled only to be checked, and a few characters can make a large program.
  let search: ReturnType<typeof createSearch> | undefined;
  return {
    value: {
      source,
      match(bytes) {
        search ??= createSearch(writeProgram(tree.value));
        return search(bytes);
      },
    },
  };
}
