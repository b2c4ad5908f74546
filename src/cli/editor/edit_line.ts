/**
 * Lets a person edit a line at a terminal.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";
import { completed, type Completion, listed } from "./candidates.ts";
import type { History } from "./history.ts";
import { type EditorTerminal, type Keyboard, keyboardOf } from "./keyboard.ts";
import type { Key } from "./keys.ts";
import { beforeCursor, emptyLine, insert, type Line, lineOf, move, toEnd } from "./line.ts";
import { editOf } from "./edits.ts";
import { graphemesOf } from "./graphemes.ts";
import { CLEAR_SCREEN, draw, type Frame, leave } from "./screen.ts";
import { type Search, searchFor, searchOlder, searchPrompt, startSearch } from "./search.ts";

/** What {@link editLine} needs. */
export interface LineEditorOptions {
  readonly terminal: EditorTerminal;
  /** It may have colours. */
  readonly prompt: string;
  /** A line that is entered is added to it. */
  readonly history: History;
  /** Says what the word at the end of a text may become. Keys that are typed meanwhile wait. */
  readonly complete: (before: string) => Promise<Completion>;
  /** Says what may follow a text, in lines. */
  readonly help: (before: string) => Promise<readonly string[]>;
  readonly clock: Clock;
  /** Ends the editing as Ctrl-C does. */
  readonly signal?: AbortSignal | undefined;
}

/** How it ended. */
export type EditOutcome =
  | { readonly kind: "line"; readonly text: string }
  /** By Ctrl-C. */
  | { readonly kind: "interrupted" }
  /** By Ctrl-D on an empty line, or because the terminal has gone away. */
  | { readonly kind: "end" };

/** What was killed last, for all lines of a terminal. */
const killedAt = new WeakMap<EditorTerminal, string>();

/**
 * Shows the prompt and returns what was entered. A paste of several lines enters the first ones, one
 * a call, and leaves the last to be edited. The terminal is raw meanwhile.
 */
export async function editLine(options: LineEditorOptions): Promise<EditOutcome> {
  const { terminal, clock, signal } = options;
  const keyboard = keyboardOf(terminal, clock);
  const editor = lineEditor(options, keyboard);
  terminal.setRaw(true);
  const stopResizing = terminal.onResize(editor.show);
  try {
    for (;;) {
      // Once for everything that came together.
      if (!keyboard.hasKey) editor.show();
      const key = await keyboard.next(signal);
      const outcome = key === null ? editor.noMoreKeys() : await editor.press(key);
      if (outcome !== undefined) return outcome;
    }
  } finally {
    stopResizing();
    terminal.setRaw(false);
  }
}

interface LineEditor {
  readonly show: () => void;
  readonly press: (key: Key) => Promise<EditOutcome | undefined>;
  readonly noMoreKeys: () => EditOutcome;
}

function lineEditor(options: LineEditorOptions, keyboard: Keyboard): LineEditor {
  const { terminal, history, signal } = options;
  let line: Line = emptyLine;
  let shown: Frame | undefined;
  let search: Search | undefined;
  /** Whether the key before, and this one, killed text: the one adds to the other. */
  let [wasKill, isKill] = [false, false];
  /** The line of the history that is edited; their number for the new one. */
  let recalled = history.lines.length;
  /** What became of the lines that were left for others. */
  const drafts = new Map<number, string>();

  const show = () => {
    const frame: Frame = { ...seen(), columns: terminal.columns() };
    const text = draw(frame, shown);
    if (text !== "" && text !== "\r") terminal.write(text);
    shown = frame;
  };
  const seen = (): Pick<Frame, "prompt" | "line"> => {
    if (search === undefined) return { prompt: options.prompt, line };
    const found = history.lines[search.index] ?? "";
    const at = Math.max(0, found.indexOf(search.query));
    return { prompt: searchPrompt(search), line: { text: found, cursor: at } };
  };
  /** Goes below the line, which stays, and writes lines there. */
  const leaveLine = (...below: readonly string[]) => {
    show();
    if (shown === undefined) return;
    terminal.write(leave(shown) + below.map((text) => `${text}\r\n`).join(""));
    shown = undefined;
  };
  const bell = () => terminal.write("\u0007");

  const recall = (index: number) => {
    if (index < 0 || index > history.lines.length) return;
    drafts.set(recalled, line.text);
    recalled = index;
    line = lineOf(drafts.get(index) ?? history.lines[index] ?? "");
  };
  const edit = (name: string) => {
    const edited = editOf(name)?.(line);
    if (edited === undefined) return;
    const { killed = "", isBackwards = false } = edited;
    if (killed !== "") {
      const before = wasKill ? killedAt.get(terminal) ?? "" : "";
      killedAt.set(terminal, isBackwards ? killed + before : before + killed);
    }
    isKill = edited.killed !== undefined;
    line = edited.line;
  };
  const complete = async () => {
    show();
    const before = beforeCursor(line);
    const completion = await options.complete(before).catch(() => undefined);
    if (signal?.aborted) return;
    const more = completion && completed(line, completion);
    if (more !== undefined) {
      line = more;
      return;
    }
    const lines = listed(completion?.candidates ?? [], terminal.columns());
    if (lines.length === 0) bell();
    else leaveLine(...lines);
  };
  const help = async () => {
    show();
    const lines = await options.help(beforeCursor(line)).catch(() => []);
    if (!signal?.aborted) leaveLine(...lines);
  };

  const enter = (): EditOutcome => {
    line = move(line, toEnd);
    leaveLine();
    history.add(line.text);
    return { kind: "line", text: line.text };
  };
  const interrupt = (): EditOutcome => {
    search = undefined;
    line = move(line, toEnd);
    show();
    terminal.write("^C\r\n");
    return { kind: "interrupted" };
  };

  /** Each line of it but the last is entered, and the rest waits for the call after that. */
  const paste = (text: string): EditOutcome | undefined => {
    const newline = /\r\n|\r|\n/.exec(text);
    line = insert(line, text.slice(0, newline?.index));
    if (newline === null) return undefined;
    const rest = text.slice(newline.index + newline[0].length);
    if (rest !== "") keyboard.putBack({ kind: "paste", text: rest });
    return enter();
  };

  /** Returns whether the key was meant for the search. */
  const pressInSearch = (key: Key, current: Search): boolean => {
    const { lines } = history;
    if (key.kind === "text") search = searchFor(current, lines, current.query + key.text);
    else if (key.kind === "paste") return false;
    else if (key.name === "ctrl-r") search = searchOlder(current, lines);
    else if (key.name === "backspace" || key.name === "ctrl-h") {
      search = searchFor(
        startSearch(lines),
        lines,
        graphemesOf(current.query).slice(0, -1).join(""),
      );
    } else return key.name === "ctrl-g" || key.name === "escape" ? endSearch() : false;
    return true;
  };
  const endSearch = () => {
    search = undefined;
    return true;
  };
  /** The line that was found is the one that is edited now. */
  const takeFound = ({ index }: Search) => {
    const { line: found } = seen();
    search = undefined;
    if (index >= history.lines.length) return;
    recall(index);
    line = found;
  };

  const pressNamed = (name: string): Promise<EditOutcome | undefined> | EditOutcome | undefined => {
    switch (name) {
      case "enter":
        return enter();
      case "ctrl-c":
        return interrupt();
      case "tab":
        return complete().then(() => undefined);
      case "ctrl-r":
        search = startSearch(history.lines);
        return undefined;
      case "ctrl-l":
        terminal.write(CLEAR_SCREEN);
        shown = undefined;
        return undefined;
      case "up":
      case "ctrl-p":
        recall(recalled - 1);
        return undefined;
      case "down":
      case "ctrl-n":
        recall(recalled + 1);
        return undefined;
      case "ctrl-y":
        line = insert(line, killedAt.get(terminal) ?? "");
        return undefined;
    }
    if (name === "ctrl-d" && line.text === "") {
      leaveLine();
      return { kind: "end" };
    }
    edit(name);
    return undefined;
  };

  return {
    show,
    async press(key) {
      if (search !== undefined) {
        if (pressInSearch(key, search)) return undefined;
        takeFound(search);
      }
      [wasKill, isKill] = [isKill, false];
      let outcome: EditOutcome | undefined;
      if (key.kind === "named") outcome = await pressNamed(key.name);
      else if (key.kind === "paste") outcome = paste(key.text);
      else if (key.text === "?") await help();
      else line = insert(line, key.text);
      return outcome;
    },
    noMoreKeys() {
      search = undefined;
      leaveLine();
      return { kind: signal?.aborted ? "interrupted" : "end" };
    },
  };
}
