/**
 * Whether what a program printed is what a page says. Words, states and weights have to be the same;
 * times, process ids, counts of packets and the width of columns are never twice the same.
 *
 * @module
 */

/** What differs from run to run, and what stands for it. */
const passing: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?/g, "<moment>"],
  [/(?<![\w.])(\d+(\.\d+)?(ns|µs|us|ms|s|m|h|d))+(?!\w)/g, "<time>"],
  [/\d\d:\d\d:\d\d(\.\d+)?/g, "<moment>"],
  [/\blast (\d+ )?probes?/g, "last <n> probes"],
  [/\bpid \d+/g, "pid <n>"],
  [/(127\.0\.0\.1|\[::1\]|localhost):\d{5}\b/g, "$1:<n>"],
  // This before the next one, which is not to take the buckets in `buckets:512 flows:7` for flows.
  [/\bflows[ :]\d+\b/g, "flows:<n>"],
  [/\b\d+ (flows|packets|bytes|messages|first|next|untracked)\b(?!:)/g, "<n> $1"],
  [/\b(existing sessions|session packet|untracked packet|server configured): \d+/g, "$1: <n>"],
  [/\bcommit \w+(\+changes)?/g, "commit <n>"],
];

/** Columns of numbers that grow by themselves. */
const passingColumns =
  /^(flows|(fib-)?packets|packets\/s|(fib-)?bytes|first|next|untracked|no[ -]server)$/;

const cellsOf = (line: string) => line.trim().split(/\s{2,}/);

/** Lines in which what differs from run to run is the same. */
export function lasting(lines: readonly string[]): readonly string[] {
  let columns: readonly number[] = [];
  return lines.map((line) => {
    const cells = cellsOf(line);
    if (line.trim() === "") columns = [];
    const heads = cells.flatMap((cell, index) => passingColumns.test(cell) ? [index] : []);
    if (heads.length > 0) columns = heads;
    const masked = cells.map((cell, index) =>
      columns.includes(index) && /^\d+$/.test(cell) ? "<n>" : cell
    );
    return passing.reduce((text, [pattern, by]) => text.replaceAll(pattern, by), masked.join(" "));
  });
}

/** Whether a program printed what is expected: a line `…` stands for any lines, and `…` for any end of one. */
export function agrees(expected: readonly string[], printed: readonly string[]): boolean {
  const patterns = lasting(expected).map((line) => {
    if (line === "…") return "(?:.*\n)*?";
    const isBeginning = line.endsWith("…");
    return `${RegExp.escape(isBeginning ? line.slice(0, -1) : line)}${isBeginning ? ".*" : ""}\n`;
  });
  // The formatter of pages takes empty lines off the end of a block.
  const text = lasting(printed).map((line) => `${line}\n`).join("").replace(/\n+$/, "\n");
  return new RegExp(`^${patterns.join("")}$`).test(text);
}
