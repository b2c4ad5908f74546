/**
 * What is wrong with a configuration file, where, and how that is shown.
 *
 * @module
 */
import { blanked, printable } from "../printable.ts";

/** The way to a value: names of keys and indices of lists, from below `maglev:` on. */
export type Path = readonly (string | number)[];

/** Which check a finding comes from; the first two make the file unusable. */
export type Stage = "structure" | "meaning" | "warning";

/** One thing to say about the file. */
export interface Finding {
  readonly stage: Stage;
  /** Counted from 1; null where the file could not be read at all. */
  readonly place: { readonly line: number; readonly column: number } | null;
  readonly path: Path;
  readonly message: string;
}

/** Findings in order, at most 50 of them, and how many more there were. */
export interface Findings {
  readonly shown: readonly Finding[];
  readonly more: number;
}

/** No key that means something is longer, and no wrong one is shown any longer. */
const longestKey = 150;

/** `frontends.www.pools[0].backends["web 3"]` */
export function formatPath(path: Path): string {
  return path.map((segment, index) => {
    if (typeof segment === "number") return `[${segment}]`;
    if (!/^[\w-]{1,100}$/.test(segment)) {
      return `[${printable(JSON.stringify(segment), longestKey)}]`;
    }
    return index === 0 ? segment : `.${segment}`;
  }).join("");
}

/** `maglev.yaml:41:18: frontends.www.address: required, and missing` */
export function formatFinding(finding: Finding, file: string): string {
  const { place, path, message, stage } = finding;
  const where = place === null ? file : `${file}:${place.line}:${place.column}`;
  const what = [formatPath(path), message].filter((part) => part !== "").join(": ");
  return `${where}: ${stage === "warning" ? "warning: " : ""}${what}`;
}

/** How {@link formatFindings} shows them. */
export interface FindingsOptions {
  /** The file's name, as the operator wrote it. */
  readonly file: string;
  /** The file's text: with it, each finding is followed by its line and a mark under the place. */
  readonly excerptOf?: string;
}

/** The lines that tell of findings, and how many more there are. */
export function formatFindings({ shown, more }: Findings, options: FindingsOptions): string[] {
  const lines = shown.flatMap((finding) => [
    formatFinding(finding, options.file),
    ...excerpt(finding, options.excerptOf),
  ]);
  return more > 0 ? [...lines, `${options.file}: and ${more} more`] : lines;
}

function excerpt({ place }: Finding, text: string | undefined): string[] {
  const line = place === null ? undefined : text?.split(/\r?\n/, place.line)[place.line - 1];
  if (line === undefined || place === null || line.trim() === "") return [];
  const characters = [...blanked(line)];
  const first = characters.length <= 100 ? 0 : Math.max(0, place.column - 60);
  const number = `${place.line}`.padStart(5);
  return [
    `${number} | ${characters.slice(first, first + 100).join("")}`,
    `${" ".repeat(number.length)} | ${" ".repeat(place.column - 1 - first)}^`,
  ];
}

/** Turns offsets into a text into lines and columns, both counted from 1, columns in characters. */
export function placeFinder(
  text: string,
): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: [...text.slice(starts[low], offset)].length + 1 };
  };
}
