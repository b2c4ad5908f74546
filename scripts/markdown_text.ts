/**
 * Markdown as `deno fmt` leaves it.
 *
 * @module
 */

/** A table, its columns lined up. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...escaped.map((row) => row[column]?.length ?? 0))
  );
  const line = (cells: readonly string[], filler: string) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(" | ")} |`;
  const ruler = line(head.map(() => ""), "-");
  return [line(head, " "), ruler, ...escaped.map((row) => line(row, " "))].join("\n");
}

/** A paragraph in lines of at most a length. */
export function wrapText(text: string, width = 100): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join("\n");
}
