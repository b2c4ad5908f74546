/**
 * Manual pages in roff's man macros.
 *
 * @module
 */

import { wrapText } from "./markdown_text.ts";

/** What a page is called, and what is printed at its foot. */
export interface PageHead {
  readonly title: string;
  readonly chapter: number;
  readonly version: string;
  /** `2026-11-21`; of the commit, so that the same commit makes the same page. */
  readonly date: string;
}

/** A whole page. */
export function page(
  { title, chapter, version, date }: PageHead,
  lines: readonly string[],
): string {
  const head = `.TH ${title} ${chapter} "${date}" "maglev ${oneLine(version)}"`;
  return `${[head, ...lines].join("\n")}\n`;
}

/** A part of a page under a heading. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  return [`.SH ${title}`, ...lines];
}

/** A term, and under it what it means. */
export function entry(term: string, meaning: string): readonly string[] {
  return [".TP", `.B ${oneLine(term)}`, paragraph(meaning)];
}

/** Lines that stand further in. */
export function indented(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [".RS", ...lines, ".RE"];
}

/** Lines as they are. */
export function verbatim(text: string): readonly string[] {
  return [".nf", ...text.split("\n").map((line) => guarded(oneLine(line))), ".fi"];
}

/** Text in which nothing is a command of roff, and a dash can be copied as the one that it is. */
export function paragraph(plain: string): string {
  return guarded(wrapText(oneLine(plain), 80));
}

function guarded(lines: string): string {
  return lines.replaceAll(/^[.']/gm, "\\&$&");
}

function oneLine(plain: string): string {
  return plain.replaceAll("\\", "\\e").replaceAll("-", "\\-");
}
