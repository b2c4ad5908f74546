import assert from "node:assert/strict";
import { forSeeds } from "../../../tests/seeded.ts";
import { terminalScreen } from "../../../tests/terminal_screen.ts";
import { draw, type Frame } from "./screen.ts";
import { boundaryAt } from "./graphemes.ts";

function frame(text: string, columns: number, cursor = text.length, prompt = "> "): Frame {
  return { prompt, columns, line: { text, cursor: boundaryAt(text, cursor) } };
}

const drawings: readonly {
  readonly is: string;
  readonly frame: Frame;
  readonly seen: string;
  readonly cursor: readonly [row: number, column: number];
}[] = [
  { is: "an empty line", frame: frame("", 10), seen: "> ", cursor: [0, 2] },
  { is: "a short line", frame: frame("show", 10), seen: "> show", cursor: [0, 6] },
  { is: "a cursor within", frame: frame("show", 10, 1), seen: "> show", cursor: [0, 3] },
  { is: "a line of a row", frame: frame("12345678", 10), seen: "> 12345678\n", cursor: [1, 0] },
  { is: "a line of two", frame: frame("12345678abc", 10), seen: "> 12345678\nabc", cursor: [1, 3] },
  {
    is: "a cursor above",
    frame: frame("12345678ab", 10, 7),
    seen: "> 12345678\nab",
    cursor: [0, 9],
  },
  { is: "wide characters", frame: frame("日本", 10), seen: "> 日本", cursor: [0, 6] },
  { is: "a wide one that does not fit", frame: frame("日本", 5), seen: "> 日\n本", cursor: [1, 2] },
  { is: "the cursor on it", frame: frame("日本", 5, 1), seen: "> 日\n本", cursor: [1, 0] },
  { is: "marks", frame: frame("e\u0301x", 10), seen: "> e\u0301x", cursor: [0, 4] },
  { is: "a full prompt", frame: frame("", 4, 0, "1234"), seen: "1234\n", cursor: [1, 0] },
  {
    is: "a prompt in colour",
    frame: frame("x", 10, 1, "\u001b[1mab>\u001b[0m "),
    seen: "ab> x",
    cursor: [0, 5],
  },
];

for (const { is, frame, seen, cursor: [row, column] } of drawings) {
  Deno.test(`${is} is drawn`, () => {
    const screen = terminalScreen(frame.columns, 8);
    screen.write(draw(frame));
    assert.equal(screen.text().replace(/\n$/, ""), seen.replace(/\n$/, ""));
    assert.deepEqual(screen.cursor, { row, column });
  });
}

const writes: readonly (readonly [what: string, from: Frame, to: Frame, written: string])[] = [
  ["nothing new", frame("ab", 20), frame("ab", 20), ""],
  ["a character at the end", frame("ab", 20), frame("abc", 20), "c"],
  ["a step back", frame("ab", 20), frame("ab", 20, 1), "\b"],
  ["a removal at the end", frame("abc", 20), frame("ab", 20), "\b\u001b[J"],
  ["to the beginning", frame("ab", 20), frame("ab", 20, 0), "\u001b[3G"],
];

for (const [what, from, to, written] of writes) {
  Deno.test(`${what} takes no more than it must`, () => assert.equal(draw(to, from), written));
}

Deno.test("one frame after another looks as if it was drawn alone, at any width", () => {
  const alphabet = ["a", "b", " ", "日", "é", "e\u0301", "👩"];
  forSeeds(300, (random) => {
    let columns = random.int(3, 12);
    const screen = terminalScreen(columns, 60);
    let last: Frame | undefined;
    let text = "";
    for (let step = 0; step < 15; step++) {
      const at = boundaryAt(text, random.int(0, text.length));
      if (random.chance(0.7)) text = text.slice(0, at) + random.pick(alphabet) + text.slice(at);
      else text = random.chance() ? text.slice(0, at) : text.slice(at);
      if (random.chance(0.2)) text += "x".repeat(random.int(0, columns));
      if (random.chance(0.15)) {
        columns = random.int(3, 12);
        screen.resize(columns, 60);
      }
      const prompt = random.chance(0.1) ? "search: " : "> ";
      const next = frame(text, columns, random.int(0, text.length), prompt);
      screen.write(draw(next, last));
      last = next;
      const alone = terminalScreen(columns, 60);
      alone.write(draw(next));
      assert.equal(screen.text(), alone.text());
      assert.deepEqual(screen.cursor, alone.cursor);
    }
  });
});
