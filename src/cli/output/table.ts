/**
 * Columns of text.
 *
 * @module
 */

/** On which side of its column a cell stands: numbers to the right. */
export type Side = "left" | "right";

/** Lines of columns that are two blanks apart; nothing follows the last cell of a line. */
export function formatTable(
  rows: readonly (readonly string[])[],
  sides: readonly Side[],
): string[] {
  const widths = sides.map((_, column) =>
    Math.max(0, ...rows.map((row) => widthOf(row[column] ?? "")))
  );
  return rows.map((row) =>
    sides.map((side, column) => {
      const cell = row[column] ?? "";
      const blanks = " ".repeat((widths[column] ?? 0) - widthOf(cell));
      return side === "left" ? cell + blanks : blanks + cell;
    }).join("  ").trimEnd()
  );
}

/** How many characters a cell shows. */
function widthOf(text: string): number {
  return [...text].length;
}
