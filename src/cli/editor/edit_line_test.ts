import assert from "node:assert/strict";
import { terminalScreen } from "../../../tests/terminal_screen.ts";
import { virtualClock } from "../../clock.ts";
import type { Completion } from "./candidates.ts";
import { editLine, type EditOutcome } from "./edit_line.ts";
import { openHistory } from "./history.ts";
import { anyKey, type EditorTerminal } from "./keyboard.ts";

const ESC = "\u001b";
const names = ["show", "set", "sync", "backends", "web1", "web2"];
const none: Completion = { replaceFrom: 0, candidates: [], isFinal: true };

interface SceneOptions {
  readonly columns?: number;
  readonly history?: readonly string[];
  readonly complete?: (before: string) => Promise<Completion>;
  readonly signal?: AbortSignal;
}

/** An editor at a terminal of 10 rows, whose outcomes are collected until it ends. */
function scene({ columns = 40, history: lines = [], signal, ...options }: SceneOptions = {}) {
  const clock = virtualClock();
  const screen = terminalScreen(columns, 10);
  const history = openHistory();
  for (const line of lines) history.add(line);
  const outcomes: EditOutcome[] = [];
  const chunks: (Uint8Array | null)[] = [];
  const listeners = new Set<() => void>();
  let [isRaw, writes] = [false, 0];
  let wake = () => {};

  const terminal: EditorTerminal = {
    async read() {
      while (chunks.length === 0) await new Promise<void>((resolve) => wake = resolve);
      return chunks.shift() ?? null;
    },
    write(text) {
      writes++;
      screen.write(text);
    },
    columns: () => screen.columns,
    onResize(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setRaw: (wanted) => isRaw = wanted,
  };
  const complete = (before: string): Promise<Completion> => {
    const replaceFrom = before.lastIndexOf(" ") + 1;
    const begun = before.slice(replaceFrom);
    const candidates = names.filter((name) => name.startsWith(begun));
    return Promise.resolve({ replaceFrom, candidates, isFinal: true });
  };
  const help = (before: string) => Promise.resolve([`[${before}]`, "  help"]);
  const editOne = () =>
    editLine({ terminal, prompt: "> ", history, complete, help, clock, signal, ...options });
  const run = async () => {
    for (;;) {
      const outcome = await editOne();
      assert.equal(isRaw, false);
      outcomes.push(outcome);
      if (outcome.kind === "end" || signal?.aborted) return;
    }
  };

  const send = async (chunk: Uint8Array | null) => {
    chunks.push(chunk);
    wake();
    await clock.advance(0);
  };
  return {
    clock,
    screen,
    history,
    outcomes,
    terminal,
    send,
    run,
    get isRaw() {
      return isRaw;
    },
    get writes() {
      return writes;
    },
    get listeners() {
      return listeners.size;
    },
    /** Types a chunk. */
    type: (text: string) => send(new TextEncoder().encode(text)),
    async resize(columns: number) {
      screen.resize(columns, 10);
      for (const listener of listeners) listener();
      await clock.advance(0);
    },
    /** What is seen, with a bar where the cursor is. */
    seen() {
      const rows = screen.text().split("\n");
      const { row, column } = screen.cursor;
      while (rows.length <= row) rows.push("");
      const text = rows[row] ?? "";
      rows[row] = `${text.slice(0, column)}|${text.slice(column)}`;
      return rows.join("\n");
    },
  };
}

type Scene = ReturnType<typeof scene>;

/** A scene in which the editor waits for keys; it ends with the terminal. */
async function at(options: SceneOptions, act: (scene: Scene) => Promise<void>) {
  const stage = scene(options);
  const ended = stage.run();
  await stage.clock.advance(0);
  await act(stage);
  await stage.send(null);
  await ended;
  assert.equal(stage.isRaw, false);
  assert.equal(stage.listeners, 0);
  assert.equal(stage.clock.pending, 0);
}

/** What is typed, chunk by chunk, and what is seen after each. */
type Steps = readonly (readonly [typed: string, seen: string])[];

const old = ["show vpp info", "set web1 pause", "show backends"];

const stories: readonly {
  readonly name: string;
  readonly steps: Steps;
  readonly options?: SceneOptions;
}[] = [
  {
    name: "a line is edited",
    steps: [
      ["show web1", "> show web1|"],
      ["\u0001", "> |show web1"],
      ["x", "> x|show web1"],
      ["\u007f", "> |show web1"],
      [`${ESC}f`, "> show| web1"],
      ["\u000b", "> show|"],
      ["\u0017", "> |"],
      ["\u0019", "> show web1|"],
    ],
  },
  {
    name: "kills in a row come back as one",
    steps: [
      ["a b c", "> a b c|"],
      ["\u0017\u0017", "> a |"],
      ["\u0015", "> |"],
      ["\u0019\u0019", "> a b ca b c|"],
    ],
  },
  {
    name: "the history is walked, and what was typed is kept",
    options: { history: old },
    steps: [
      ["new", "> new|"],
      [`${ESC}[A`, "> show backends|"],
      [`${ESC}[A!`, "> set web1 pause!|"],
      [`${ESC}OA${ESC}OA${ESC}OA`, "> show vpp info|"],
      [`${ESC}[B`, "> set web1 pause!|"],
      ["\u000e\u000e\u000e", "> new|"],
    ],
  },
  {
    name: "an earlier line is found by a part of it",
    options: { history: old },
    steps: [
      ["draft", "> draft|"],
      ["\u0012", 'search "": |'],
      ["s", 'search "s": |show backends'],
      ["\u0012", 'search "s": |set web1 pause'],
      ["hx", 'not found "shx": |show vpp info'],
      ["\u007f\u007f", 'search "s": |show backends'],
      ["\u0007", "> draft|"],
      ["\u0012web", 'search "web": set |web1 pause'],
      ["\u0005", "> set web1 pause|"],
      [`${ESC}[B`, "> show backends|"],
      ["\u0012info?", 'not found "info?": |show vpp info'],
    ],
  },
  {
    name: "a line wraps",
    options: { columns: 12 },
    steps: [
      ["123456789", "> 123456789|"],
      ["0", "> 1234567890\n|"],
      ["ab", "> 1234567890\nab|"],
      [`${ESC}[D${ESC}[D${ESC}[D`, "> 123456789|0\nab"],
      ["x", "> 123456789x\n|0ab"],
      ["\u0001", "> |123456789x\n0ab"],
      ["\u000b", "> |"],
    ],
  },
  {
    name: "a line of 40 columns wraps where the terminal does",
    steps: [
      ["x".repeat(37), `> ${"x".repeat(37)}|`],
      ["y", `> ${"x".repeat(37)}y\n|`],
      ["\u007f", `> ${"x".repeat(37)}|`],
    ],
  },
  {
    name: "a unique candidate is inserted, a common beginning, else all are listed",
    steps: [
      ["sh\t", "> show |"],
      ["w\t", "> show web|"],
      ["\t", "> show web\nweb1  web2\n> show web|"],
      ["1 x\t", "> show web\nweb1  web2\n> show web1 x|"],
      ["\u0015s\t", "> show web\nweb1  web2\n> s\nshow  set  sync\n> s|"],
    ],
  },
  {
    name: "help stands below the line, which stays",
    steps: [
      ["?", ">\n[]\n  help\n> |"],
      ["\u000cshow web\u0001", "> |show web"],
      [`${ESC}f?`, "> show web\n[show]\n  help\n> show| web"],
      ["\u0005?", "> show web\n[show]\n  help\n> show web\n[show web]\n  help\n> show web|"],
    ],
  },
  {
    name: "the screen is cleared but for the line",
    steps: [["show?", "> show\n[show]\n  help\n> show|"], ["\u000c", "> show|"]],
  },
  {
    name: "a question mark in a paste is text, and so is a tab a blank",
    steps: [[`${ESC}[200~a?\tb${ESC}[201~`, "> a? b|"]],
  },
];

for (const { name, steps, options = {} } of stories) {
  Deno.test(name, () =>
    at(options, async ({ type, seen }) => {
      for (const [typed, expected] of steps) {
        await type(typed);
        assert.equal(seen(), expected, `after ${JSON.stringify(typed)}`);
      }
    }));
}

Deno.test("a line that is entered ends in the history", () =>
  at({}, async ({ type, seen, outcomes, history }) => {
    await type("show\rs");
    assert.deepEqual(outcomes, [{ kind: "line", text: "show" }]);
    assert.deepEqual(history.lines, ["show"]);
    assert.equal(seen(), "> show\n> s|");
    await type(`${ESC}[A`);
    assert.equal(seen(), "> show\n> show|");
  }));

Deno.test("Enter takes and enters the line that was found", () =>
  at({ history: old }, async ({ type, outcomes, seen }) => {
    await type("\u0012web\r");
    assert.deepEqual(outcomes, [{ kind: "line", text: "set web1 pause" }]);
    assert.equal(seen(), "> set web1 pause\n> |");
  }));

Deno.test("Ctrl-C drops the line, Ctrl-D ends on an empty one alone", () =>
  at({}, async ({ type, outcomes, seen }) => {
    await type("ab\u0001\u0004");
    assert.equal(seen(), "> |b");
    await type("\u0003");
    assert.equal(seen(), "> b^C\n> |");
    await type("\u0004");
    assert.deepEqual(outcomes, [{ kind: "interrupted" }, { kind: "end" }]);
  }));

Deno.test("a paste of several lines enters all but the last", () =>
  at({}, async ({ type, outcomes, seen }) => {
    await type(`a ${ESC}[200~b\r\nc\n\nd${ESC}[201~e`);
    const texts = outcomes.map((outcome) => outcome.kind === "line" && outcome.text);
    assert.deepEqual(texts, ["a b", "c", ""]);
    assert.equal(seen(), "> a b\n> c\n>\n> de|");
  }));

Deno.test("a burst of keys is drawn once", () =>
  at({}, async (stage) => {
    const before = stage.writes;
    await stage.type("show backends web1\u0017\u0017");
    assert.equal(stage.writes, before + 1);
  }));

Deno.test("characters may be cut anywhere", () =>
  at({}, async ({ send, screen }) => {
    for (const byte of new TextEncoder().encode(`é日👩${ESC}[D!`)) await send(Uint8Array.of(byte));
    assert.equal(screen.text(), "> é日!👩");
    assert.deepEqual(screen.cursor, { row: 0, column: 6 });
  }));

Deno.test("a lone ESC is a key after 50 ms", () =>
  at({ history: old }, async ({ type, seen, clock }) => {
    await type(`x\u0012s${ESC}`);
    await clock.advance(49);
    assert.equal(seen(), 'search "s": |show backends');
    await clock.advance(1);
    assert.equal(seen(), "> x|");
    await type(ESC);
    await type("b");
    assert.equal(seen(), "> |x");
  }));

Deno.test("a line is drawn anew at another width", () =>
  at({ columns: 12 }, async ({ type, resize, seen }) => {
    await type("show\r1234567890abc");
    assert.equal(seen(), "> show\n> 1234567890\nabc|");
    await resize(8);
    assert.equal(seen(), "> show\n> 123456\n7890abc|");
    await resize(30);
    assert.equal(seen(), "> show\n> 1234567890abc|");
  }));

Deno.test("keys that are typed during a slow completion wait", async () => {
  const slow = Promise.withResolvers<Completion>();
  await at({ complete: () => slow.promise }, async ({ type, seen, clock }) => {
    await type("we\t");
    await type("x\u0001");
    await clock.advance(500);
    assert.equal(seen(), "> we|");
    slow.resolve({ replaceFrom: 0, candidates: ["web1"], isFinal: true });
    await clock.advance(0);
    assert.equal(seen(), "> |web1 x");
  });
});

Deno.test("a completion without candidates, or that fails, rings the bell", () =>
  at(
    { complete: (before) => before === "a" ? Promise.resolve(none) : Promise.reject(new Error()) },
    async ({ type, seen, screen }) => {
      await type("a\t");
      assert.deepEqual([seen(), screen.bells], ["> a|", 1]);
      await type("b\t");
      assert.deepEqual([seen(), screen.bells], ["> ab|", 2]);
    },
  ));

Deno.test("a terminal that goes away ends the editing", () =>
  at({}, async ({ type, send, outcomes }) => {
    await type("half a li");
    await send(null);
    assert.deepEqual(outcomes, [{ kind: "end" }]);
  }));

Deno.test("a signal ends the editing, and no key is lost by it", async () => {
  const abort = new AbortController();
  const stage = scene({ signal: abort.signal });
  const ended = stage.run();
  await stage.type("ab");
  abort.abort();
  await ended;
  assert.deepEqual(stage.outcomes, [{ kind: "interrupted" }]);
  assert.equal(stage.isRaw, false);
  const pressed = anyKey(stage.terminal, stage);
  assert.equal(stage.isRaw, true);
  await stage.type("x");
  await pressed;
  assert.equal(stage.isRaw, false);
});
