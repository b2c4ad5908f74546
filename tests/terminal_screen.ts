/**
 * The screen of a terminal, as far as our program uses one.
 *
 * @module
 */
import { widthOf } from "../src/cli/output/table.ts";

/** What is to be seen after what was written. */
export interface TerminalScreen {
  readonly columns: number;
  readonly rows: number;
  /** The place of the cursor, from 0. */
  readonly cursor: { readonly row: number; readonly column: number };
  /** Whether pastes are marked. */
  readonly marksPastes: boolean;
  readonly bells: number;
  /** Takes output, cut anywhere but within a character. */
  write(text: string): void;
  /** Wraps again what was wrapped, as most terminals do. */
  resize(columns: number, rows: number): void;
  /** The rows down to the last that is not empty, without blanks at their ends but before the cursor. */
  text(): string;
}

interface Row {
  /** A column each; "" stands for the second half of a wide character. */
  cells: string[];
  /** Whether it goes on in the next row. */
  isWrapped: boolean;
}

const newRow = (): Row => ({ cells: [], isWrapped: false });

/** Makes an empty {@link TerminalScreen}. It refuses sequences that it does not know. */
export function terminalScreen(columns: number, rows: number): TerminalScreen {
  let lines: Row[] = [newRow()];
  /** How many of the lines have gone over the top. */
  let top = 0;
  /** From the first of the lines. */
  let row = 0;
  let column = 0;
  let marksPastes = false;
  let bells = 0;
  let rest = "";

  const current = () => {
    while (lines.length <= row) lines.push(newRow());
    top = Math.max(top, row - rows + 1);
    return lines[row] as Row;
  };
  const put = (character: string) => {
    const width = widthOf(character);
    if (width === 0) {
      const { cells } = current();
      cells[Math.max(0, column - 1)] += character;
      return;
    }
    // The cursor stands still after the last column until something more comes.
    if (column + width > columns) {
      current().isWrapped = true;
      row++;
      column = 0;
    }
    const { cells } = current();
    while (cells.length < column) cells.push(" ");
    cells[column] = character;
    if (width === 2) cells[column + 1] = "";
    column += width;
  };
  const control = (character: string) => {
    if (character === "\r") column = 0;
    else if (character === "\n") row++;
    else if (character === "\b") column = Math.max(0, Math.min(column, columns - 1) - 1);
    else if (character === "\t") column = Math.min(columns - 1, column - column % 8 + 8);
    else if (character === "\u0007") bells++;
    else throw new Error(`a terminal is sent ${JSON.stringify(character)}`);
    current();
  };
  const sequence = (parameters: string, final: string) => {
    const count = Number(parameters || 1);
    switch (final) {
      case "A":
        row = Math.max(top, row - count);
        return;
      case "B":
        row = Math.min(top + rows - 1, row + count);
        return;
      case "C":
        column = Math.min(columns - 1, column + count);
        return;
      case "D":
        column = Math.max(0, Math.min(column, columns - 1) - count);
        return;
      case "G":
        column = Math.min(columns - 1, count - 1);
        return;
      case "H":
        [row, column] = [top, 0];
        return;
      case "J":
        if (parameters === "2") lines.splice(top);
        else {
          current().cells.splice(Math.min(column, columns - 1));
          current().isWrapped = false;
          lines.splice(row + 1);
        }
        return;
      case "K":
        current().cells.splice(column);
        return;
      case "m":
        return;
      case "h":
      case "l":
        if (parameters !== "?2004") break;
        marksPastes = final === "h";
        return;
    }
    throw new Error(`a terminal is sent ESC[${parameters}${final}`);
  };

  /** Joins what was wrapped, and wraps it anew; the cursor stays on its character. */
  const rewrap = (width: number) => {
    const wrapped: Row[] = [];
    let cursor = { row: 0, column: 0 };
    let cells: string[] = [];
    let cursorAt = -1;
    lines.forEach((line, index) => {
      if (index === row) cursorAt = cells.length + column;
      cells.push(...line.cells);
      if (line.isWrapped) return;
      while (cells.length < cursorAt) cells.push(" ");
      let begin = 0;
      do {
        let end = Math.min(begin + width, cells.length);
        if (cells[end] === "" && end > begin) end--;
        if (cursorAt >= begin && (cursorAt < end || end === cells.length)) {
          const over = cursorAt - begin >= width ? 1 : 0;
          cursor = { row: wrapped.length + over, column: over ? 0 : cursorAt - begin };
        }
        wrapped.push({ cells: cells.slice(begin, end), isWrapped: end < cells.length });
        begin = end;
      } while (begin < cells.length);
      [cells, cursorAt] = [[], -1];
    });
    lines = wrapped;
    [row, column] = [cursor.row, cursor.column];
  };

  return {
    get columns() {
      return columns;
    },
    get rows() {
      return rows;
    },
    get cursor() {
      return { row: row - top, column: Math.min(column, columns - 1) };
    },
    get marksPastes() {
      return marksPastes;
    },
    get bells() {
      return bells;
    },
    write(text) {
      rest += text;
      while (rest !== "") {
        if (rest.startsWith("\u001b")) {
          const found = /^\[([?\d;]*)([A-Za-z])/.exec(rest.slice(1));
          if (found === null && /^\[?[?\d;]*$/.test(rest.slice(1))) return;
          if (found === null) throw new Error(`a terminal is sent ${JSON.stringify(rest)}`);
          rest = rest.slice(1 + found[0].length);
          sequence(found[1] ?? "", found[2] ?? "");
          continue;
        }
        const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
        rest = rest.slice(character.length);
        if (/\p{Cc}/u.test(character)) control(character);
        else put(character);
      }
    },
    resize(newColumns, newRows) {
      if (newColumns !== columns) rewrap(newColumns);
      [columns, rows] = [newColumns, newRows];
      top = Math.max(0, lines.length - rows);
    },
    text() {
      const shown = lines.slice(top).map(({ cells }, index) => {
        const text = cells.join("");
        if (index !== row - top) return text.trimEnd();
        const before = cells.slice(0, column).join("");
        return before + " ".repeat(Math.max(0, column - cells.length)) +
          text.slice(before.length).trimEnd();
      });
      return shown.join("\n").replace(/\n+$/, "");
    },
  };
}
