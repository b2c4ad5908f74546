import assert from "node:assert/strict";
import { coldStart, isReleased, type WarmUp, warmUp, type WarmUpTimes } from "./warm_up.ts";

const usual: WarmUpTimes = { minMs: 5_000, maxMs: 30_000 };

/** A moment: which frontends there are, `a?` where a backend is unknown, and what comes of it. */
type Moment = readonly [elapsedMs: number, frontends: string, expected: string];

const cases: readonly {
  readonly rule: string;
  readonly times?: WarmUpTimes;
  readonly moments: readonly Moment[];
}[] = [
  {
    rule: "nothing is released before the earliest moment",
    moments: [[0, "a b", "waiting"], [4_999, "a b?", "waiting"], [5_000, "a b?", "releasing a"]],
  },
  {
    rule: "each frontend is released when it is known, and all of them end the warm-up",
    moments: [
      [5_000, "a? b?", "releasing"],
      [6_000, "a? b", "releasing b"],
      [7_000, "a b", "over"],
    ],
  },
  {
    rule: "what is known by the earliest moment ends the warm-up there",
    moments: [[4_000, "a b", "waiting"], [5_000, "a b", "over"]],
  },
  {
    rule: "a frontend is released once: it stays so when a backend becomes unknown again",
    moments: [
      [5_000, "a b?", "releasing a"],
      [6_000, "a? b?", "releasing a"],
      [7_000, "a? b", "over"],
    ],
  },
  {
    rule: "at the latest moment it is over, whatever is unknown",
    moments: [
      [29_999, "a b?", "releasing a"],
      [30_000, "a b?", "over"],
      [30_001, "a? b?", "over"],
    ],
  },
  {
    rule: "once over it is over for ever, whatever a reload says",
    moments: [[5_000, "a", "over"], [5_001, "a? b?", "over"], [0, "a?", "over"]],
  },
  {
    rule: "a frontend that comes meanwhile is waited for, and one that goes is not",
    moments: [
      [5_000, "a b?", "releasing a"],
      [6_000, "a b? c?", "releasing a"],
      [7_000, "a c?", "releasing a"],
      [8_000, "a", "over"],
    ],
  },
  {
    rule: "what has begun goes on, and what is new is held, also if a reload makes the wait longer",
    moments: [
      [5_000, "a b?", "releasing a"],
      [4_000, "a b? c?", "releasing a"],
      [4_500, "a b c?", "releasing a b"],
      [4_600, "a b c", "over"],
    ],
  },
  { rule: "without frontends there is nothing to wait for", moments: [[5_000, "", "over"]] },
  {
    rule: "with both times 0 there is no warm-up",
    times: { minMs: 0, maxMs: 0 },
    moments: [[0, "a? b?", "over"]],
  },
  {
    rule: "with the earliest moment 0 what is known is released at once",
    times: { minMs: 0, maxMs: 1_000 },
    moments: [[0, "a b?", "releasing a"], [1, "a b", "over"]],
  },
  {
    rule: "with both times the same nothing is released one by one",
    times: { minMs: 5_000, maxMs: 5_000 },
    moments: [[4_999, "a b?", "waiting"], [5_000, "a b?", "over"]],
  },
];

/** The phase, and in the middle of it who is released. */
function stateOf(state: WarmUp, names: readonly string[]): string {
  if (state.phase !== "releasing") return state.phase;
  return [state.phase, ...names.filter((name) => isReleased(state, name))].join(" ");
}

for (const { rule, times = usual, moments } of cases) {
  Deno.test(rule, () => {
    let state = coldStart;
    let earlier: readonly string[] = [];
    for (const [elapsedMs, text, expected] of moments) {
      const words = text.split(" ").filter((word) => word !== "");
      const names = words.map((word) => word.replace("?", ""));
      const gone = earlier.filter((name) => !names.includes(name));
      const frontends = [
        ...words.map((word, index) => {
          const name = names[index] ?? "";
          return { name, isKnown: !word.endsWith("?"), isNew: !earlier.includes(name) };
        }),
        ...gone.map((name) => ({ name, isKnown: true, isNew: false })),
      ];
      state = warmUp(state, { elapsedMs, times }, frontends);
      assert.equal(stateOf(state, names), expected, `${elapsedMs} ms`);
      // Asked again, it is the same object.
      const asked = frontends.map((each) => ({ ...each, isNew: false }));
      assert.equal(warmUp(state, { elapsedMs, times }, asked), state);
      earlier = names;
    }
  });
}

Deno.test("a VIP may be written once its frontend is released", () => {
  const states: readonly WarmUp[] = [
    coldStart,
    { phase: "releasing", held: new Set(["a"]) },
    { phase: "releasing", held: new Set(["b"]) },
    { phase: "over" },
  ];
  assert.deepEqual(states.map((state) => isReleased(state, "a")), [false, false, true, true]);
});
