/**
 * Answers in sections, each below a title.
 *
 * @module
 */
import { formatTable } from "./table.ts";

/** A title with lines below it, or nothing at all where there are none. */
export function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...indented(lines)];
}

/** Names and values in two columns. */
export function fields(pairs: readonly (readonly [name: string, value: string])[]): string[] {
  return formatTable(pairs, ["left", "left"]);
}

/** Sections with an empty line between them. */
export function apart(sections: readonly (readonly string[])[]): string[] {
  return sections.filter((lines) => lines.length > 0)
    .flatMap((lines, index) => index === 0 ? lines : ["", ...lines]);
}

/** The lines two blanks further in. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
