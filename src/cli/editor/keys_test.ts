import assert from "node:assert/strict";
import { forSeeds } from "../../../tests/seeded.ts";
import { type Key, keyReader } from "./keys.ts";

const ESC = "\u001b";

/** Typed characters stand for themselves, named keys in angle brackets, pastes in square ones. */
function shown(keys: readonly Key[]): string {
  return keys.map((key) => {
    if (key.kind === "named") return `<${key.name}>`;
    return key.kind === "paste" ? `[${key.text}]` : key.text;
  }).join("");
}

const cases: readonly (readonly [sent: string, keys: string])[] = [
  ["show é 日本 👩", "show é 日本 👩"],
  ["\r\n\t\u007f\b", "<enter><enter><tab><backspace><ctrl-h>"],
  ["\u0001\u0005\u0017\u001a", "<ctrl-a><ctrl-e><ctrl-w><ctrl-z>"],
  ["\u0000\u001c\u001f\u0080\u009b", ""],
  [`${ESC}[A${ESC}[B${ESC}[C${ESC}[D`, "<up><down><right><left>"],
  [`${ESC}OA${ESC}OB${ESC}OH${ESC}OF`, "<up><down><home><end>"],
  [`${ESC}[H${ESC}[F${ESC}[1~${ESC}[4~${ESC}[7~${ESC}[8~`, "<home><end><home><end><home><end>"],
  [`${ESC}[3~${ESC}[5~${ESC}[6~`, "<delete><page-up><page-down>"],
  [`${ESC}[1;5D${ESC}[1;3C${ESC}[1;7C${ESC}[1;2A`, "<ctrl-left><alt-right><ctrl-alt-right><up>"],
  [`${ESC}[3;5~${ESC}[3^${ESC}Oc${ESC}[Z`, "<ctrl-delete><ctrl-delete><ctrl-right><shift-tab>"],
  [`${ESC}b${ESC}f${ESC}d${ESC}\u007f${ESC}\b`, "<alt-b><alt-f><alt-d><alt-backspace><ctrl-alt-h>"],
  [`${ESC}${ESC}[D${ESC}é`, "<alt-left><alt-é>"],
  [`${ESC}${ESC}x`, "<escape><alt-x>"],
  // F keys, the Linux console's among them, a mouse, an answer of the terminal, keypads: not for us.
  [`a${ESC}OPb${ESC}[15~c${ESC}[[Ad${ESC}[<0;3;4Me${ESC}[?62;4cf${ESC}Ojg`, "abcdefg"],
  [`a${ESC}[1;\rb`, "a<enter>b"],
  [`${ESC}[200~one\ntwo\u0001${ESC}[Ax${ESC}[201~y`, `[one\ntwo\u0001${ESC}[Ax]y`],
  [`${ESC}[200~${ESC}[201~${ESC}[201~x`, "[]x"],
  [`${ESC}[200~lost\u0003x`, "<ctrl-c>x"],
];

const encoder = new TextEncoder();

for (const [sent, keys] of cases) {
  Deno.test(`${JSON.stringify(sent)} is ${JSON.stringify(keys)}`, () => {
    assert.equal(shown(keyReader().feed(encoder.encode(sent))), keys);
    const reader = keyReader();
    const single = [...encoder.encode(sent)].flatMap((byte) => reader.feed(Uint8Array.of(byte)));
    assert.equal(shown(single), keys);
  });
}

Deno.test("keys are the same however their bytes are cut", () => {
  const bytes = encoder.encode(cases.map(([sent]) => sent).join(""));
  const expected = shown(keyReader().feed(bytes));
  forSeeds(50, (random) => {
    const reader = keyReader();
    let keys = "";
    for (let at = 0; at < bytes.length;) {
      const end = at + random.int(1, 12);
      keys += shown(reader.feed(bytes.subarray(at, end)));
      at = end;
    }
    assert.equal(keys, expected);
  });
});

Deno.test("what may go on is undecided, and settled when it does not", () => {
  const settled: readonly (readonly [sent: string, isUndecided: boolean, keys: string])[] = [
    [ESC, true, "<escape>"],
    [ESC + ESC, true, "<escape>"],
    [`${ESC}[`, true, "<alt-[>"],
    [`${ESC}O`, true, "<alt-O>"],
    [`${ESC}[1;5`, false, ""],
    [`${ESC}[200~x${ESC}`, false, ""],
    ["x", false, ""],
  ];
  for (const [sent, isUndecided, keys] of settled) {
    const reader = keyReader();
    reader.feed(encoder.encode(sent));
    assert.equal(reader.isUndecided, isUndecided, JSON.stringify(sent));
    assert.equal(shown(reader.settle()), keys, JSON.stringify(sent));
  }
});

Deno.test("bytes that are no UTF-8 are dropped", () => {
  assert.equal(shown(keyReader().feed(Uint8Array.of(0x61, 0xff, 0xc3, 0x62, 0xed, 0xa0))), "ab");
});

Deno.test("neither a sequence nor a paste grows without end", () => {
  const reader = keyReader();
  reader.feed(encoder.encode(`${ESC}[${"1".repeat(100)}`));
  assert.equal(shown(reader.feed(encoder.encode("x"))), "x");
  const [paste] = reader.feed(encoder.encode(`${ESC}[200~${"x".repeat(3 << 20)}${ESC}[201~`));
  assert.equal(paste?.kind === "paste" && paste.text.length, 1 << 20);
});

Deno.test("a sequence that is too long is cut at the same place, however it comes", () => {
  for (const length of [61, 62, 63, 64, 200]) {
    const bytes = encoder.encode(`${ESC}[${"1".repeat(length)}Ax`);
    const whole = shown(keyReader().feed(bytes));
    const reader = keyReader();
    const keys = Array.from(bytes, (byte) => shown(reader.feed(Uint8Array.of(byte)))).join("");
    assert.equal(keys, whole, `${length} digits`);
  }
});
