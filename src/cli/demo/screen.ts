/**
 * Where the demo is shown: on a terminal a table is drawn over the one before, elsewhere only the last
 * one is printed.
 *
 * @module
 */
import type { World } from "../command.ts";

/** Lines that stay, and a table below them that changes. */
export interface Screen {
  /** Prints lines that stay, below the table, which stays then as well. */
  say(...lines: readonly string[]): void;
  /** Shows a table in place of the one before. */
  draw(table: readonly string[]): void;
}

/** What a screen is made of. */
export interface ScreenOptions extends Pick<World, "print" | "isOutputTerminal"> {
  /** Called when nobody reads any more. */
  readonly onGone: () => void;
}

/** Makes an empty screen, below whatever there is. */
export function openScreen({ print, isOutputTerminal, onGone }: ScreenOptions): Screen {
  let table: readonly string[] = [];
  const put = (lines: readonly string[]) => {
    if (lines.length > 0 && !print(lines.join("\n"))) onGone();
  };
  return {
    say(...lines) {
      if (!isOutputTerminal) put(table);
      table = [];
      put(lines);
    },
    draw(next) {
      if (next.join("\n") === table.join("\n")) return;
      // In one piece, or it would flicker.
      const over = table.length === 0 ? "" : `\u001b[${table.length}A\u001b[J`;
      if (isOutputTerminal) put([over + next.join("\n")]);
      table = next;
    },
  };
}
