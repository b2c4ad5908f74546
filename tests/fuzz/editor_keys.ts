/**
 * What a terminal sends while a line is edited.
 *
 * @module
 */

import assert from "node:assert/strict";
import { virtualClock } from "../../src/clock.ts";
import { editLine, type EditOutcome } from "../../src/cli/editor/edit_line.ts";
import { openHistory } from "../../src/cli/editor/history.ts";
import type { EditorTerminal } from "../../src/cli/editor/keyboard.ts";
import { type Key, keyReader } from "../../src/cli/editor/keys.ts";
import { textMutations } from "./mutate.ts";
import { bytesOf, type FuzzTarget, piecesOf } from "./target.ts";

const ESC = "\u001b";
const sequences = [
  ...["\r", "\n", "\t", "\u007f", "\0", "?", " ", "show ", "backends", "é", "👩‍👩‍👧", "\u0301", "漢"],
  ...Array.from({ length: 26 }, (_, index) => String.fromCharCode(index + 1)),
  ...["[A", "[B", "[C", "[D", "[H", "[F", "[3~", "[1;5C", "[1;3D", "OA", "OP", "[[A", "[Z", "[3^"]
    .map((rest) => ESC + rest),
  ...["b", "f", "d", "\u007f", "y", ESC, "["].map((rest) => ESC + rest),
  ...[`${ESC}[200~`, `${ESC}[201~`, `${ESC}[200~a\nb${ESC}[201~`, `${ESC}[999;999;999q`, ESC],
  ...[`${ESC}[${"9".repeat(61)}`, `${ESC}[${"9".repeat(61)}A`, `${ESC}[${"9".repeat(62)}A`],
];

function typed(random: { pick<T>(items: readonly T[]): T; int(min: number, max: number): number }) {
  return bytesOf(Array.from({ length: random.int(0, 40) }, () => random.pick(sequences)).join(""));
}

/** Bytes as keys. */
export const editorKeys: FuzzTarget = {
  name: "editor-keys",
  corpus: [],
  invent: typed,
  mutations: textMutations(sequences),
  tries: 500,
  run(input, random) {
    const reader = keyReader();
    const keys: Key[] = [];
    for (const piece of piecesOf(random, input)) keys.push(...reader.feed(piece));
    keys.push(...reader.settle());
    for (const key of keys) {
      if (key.kind === "text") assert.doesNotMatch(key.text, /[\p{Cc}\ufffd]/u);
      if (key.kind === "named") assert.ok(key.name.length < 30);
      if (key.kind === "paste") assert.ok(key.text.length <= 1 << 20);
    }
    return keys;
  },
};

/** Keys in an editor, at a terminal that may be narrow, and in the end goes away. */
export const lineEditor: FuzzTarget = {
  name: "line-editor",
  corpus: [],
  invent: typed,
  mutations: textMutations(sequences),
  mostBytes: 400,
  tries: 150,
  async run(input, random) {
    const clock = virtualClock();
    const history = openHistory();
    history.add("show backends web1");
    // What is asked in one piece is answered as in many, but a lone ESC waits for what follows.
    const chunks = [...piecesOf(random, input)];
    const columns = input.length % 7 === 0 ? 1 : 20;
    let isGone = false;
    let written = 0;
    const terminal: EditorTerminal = {
      async read() {
        const chunk = chunks.shift();
        if (chunk !== undefined) return chunk;
        // All that was typed has been taken by then.
        await clock.sleep(1_000);
        isGone = true;
        return null;
      },
      write: (text) => void (written += text.length),
      columns: () => columns,
      onResize: () => () => {},
      setRaw: () => {},
    };
    const complete = (before: string) =>
      Promise.resolve({
        replaceFrom: before.lastIndexOf(" ") + 1,
        candidates: ["show", "set", "é", '"a b"'].slice(0, before.length % 5),
        isFinal: true,
      });
    const help = (before: string) => Promise.resolve([`[${before}]`]);
    const outcomes: EditOutcome[] = [];
    const edit = async () => {
      do {
        const prompt = outcomes.length % 2 === 0 ? "> " : `${ESC}[1m漢${ESC}[0m`;
        outcomes.push(await editLine({ terminal, prompt, history, complete, help, clock }));
      } while (!isGone);
    };
    const editing = edit();
    // A lone ESC is a key when nothing has followed for a while.
    await clock.advance(10_000);
    await editing;
    assert.ok(outcomes.length <= input.length + 2);
    assert.ok(written < 100_000 + 20_000 * (input.length + 1), "too much is written");
    for (const outcome of outcomes) {
      if (outcome.kind === "line") assert.doesNotMatch(outcome.text, /\n/);
    }
    assert.equal(clock.pending, 0, "a timer is left");
    return outcomes;
  },
};
