/**
 * Opens the terminal for the shell.
 *
 * @module
 */
import type { World } from "../command.ts";
import { editLine } from "../editor/edit_line.ts";
import { historyPath, openHistory } from "../editor/history.ts";
import { anyKey } from "../editor/keyboard.ts";
import { processTerminal } from "../editor/terminal.ts";
import type { ShellEditor } from "./editor.ts";

/** Opens the terminal, and the history of whoever sits there. */
export function openEditor({ env, clock }: World): ShellEditor {
  const terminal = processTerminal();
  const history = openHistory(historyPath(env));
  return {
    edit: (request) => editLine({ ...request, terminal, history, clock }),
    async anyKey(signal) {
      await anyKey(terminal, { clock, signal });
    },
    page: {
      rows: screenRows,
      note: (text) => terminal.write(`\r\u001b[K${text}`),
      async key() {
        const key = await anyKey(terminal, { clock });
        return key?.kind === "named" ? key.name : key?.text ?? null;
      },
    },
    close: () => terminal.setRaw(false),
  };
}

function screenRows(): number {
  try {
    return Deno.consoleSize().rows || Infinity;
  } catch {
    return Infinity;
  }
}
