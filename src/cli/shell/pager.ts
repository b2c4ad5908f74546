/**
 * Answers that are longer than the screen, shown a screen at a time.
 *
 * @module
 */
import type { World } from "../command.ts";

/** Where it is shown. */
export interface Page extends Pick<World, "print"> {
  /** How many rows the screen has. */
  rows(): number;
  /** Writes without a line's end, and over what it wrote last. */
  note(text: string): void;
  /** The key that is pressed next, by its character or name; null when the terminal is gone. */
  key(): Promise<string | null>;
}

const stopping: readonly string[] = ["q", "Q", "ctrl-c", "ctrl-d", "escape"];
const question = "-- more: space for a page, enter for a line, q to stop --";

/** Shows lines: as they are if they fit the screen, else as far as somebody asks for more. */
export async function showPaged(lines: readonly string[], page: Page): Promise<void> {
  // The last row is the question's, and then the prompt's.
  const perPage = Math.max(1, page.rows() - 1);
  let shown = 0;
  let next = perPage;
  for (;;) {
    const end = Math.min(lines.length, shown + next);
    for (; shown < end; shown++) page.print(lines[shown] ?? "");
    if (shown === lines.length) return;
    page.note(question);
    const key = await page.key();
    page.note("");
    if (key === null || stopping.includes(key)) return;
    next = ["enter", "down", "j"].includes(key) ? 1 : perPage;
  }
}
