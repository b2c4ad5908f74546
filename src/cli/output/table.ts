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

/** How many columns of a terminal a text takes, which colours do not. */
export function widthOf(text: string): number {
  // deno-lint-ignore no-control-regex
  const shown = text.replaceAll(/\u001b\[[\d;]*m/g, "");
  return [...shown].reduce((width, character) => width + columnsOf(character), 0);
}

/** Wide characters take two columns, marks on others none. */
function columnsOf(character: string): number {
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x1100 && wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** The blocks of characters that terminals show in two columns, as far as names may have them. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];
