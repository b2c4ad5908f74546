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
    anyKey: (signal) => anyKey(terminal, { clock, signal }),
    close: () => terminal.setRaw(false),
  };
}
