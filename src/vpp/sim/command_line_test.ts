import assert from "node:assert/strict";
import { createCommandLine } from "./command_line.ts";
import { addressOf } from "./testing.ts";

Deno.test("words are taken one after the other, and what does not fit is left", () => {
  const line = createCommandLine("  protocol \t tcp port80 rest");
  assert.equal(line.take("protocol udp"), undefined);
  assert.equal(line.take("protocol tcp"), true);
  assert.equal(line.takeNumber("port"), 80);
  assert.equal(line.quoted, "rest");
  assert.equal(line.take("re"), true);
  assert.equal(line.quoted, "st");
});

const numbers: [text: string, value: number | undefined][] = [
  ["5", 5],
  ["+5", 5],
  ["-1", 0xffffffff],
  ["2147483647", 2147483647],
  ["2147483648", undefined],
  ["4294967295", undefined],
  ["x", undefined],
  ["", undefined],
];
for (const [text, value] of numbers) {
  Deno.test(`as a number VPP reads ${JSON.stringify(text)} as ${value}`, () => {
    assert.equal(createCommandLine(`n ${text}`).takeNumber("n"), value);
  });
}

Deno.test("addresses are of the families that are wanted", () => {
  const line = createCommandLine("10.0.0.1 2001:db8::1 10.0.0.256");
  assert.equal(line.takeAddress("", [6]), undefined);
  assert.deepEqual(line.takeAddress(""), addressOf("10.0.0.1"));
  assert.equal(line.takeAddress("", [4]), undefined);
  assert.deepEqual(line.takeAddress(""), addressOf("2001:db8::1"));
  assert.equal(line.takeAddress(""), undefined);
  assert.equal(line.quoted, "10.0.0.256");
});

const prefixes: [text: string, length: number | undefined, rest: string][] = [
  ["10.0.0.1/32 x", 128, "x"],
  ["10.0.0.1 / 8", 104, ""],
  ["10.0.0.1/33", undefined, "10.0.0.1/33"],
  ["10.0.0.1", undefined, "10.0.0.1"],
  ["2001:db8::/64", 64, ""],
  ["2001:db8::/129", undefined, "2001:db8::/129"],
];
for (const [text, length, rest] of prefixes) {
  Deno.test(`of ${JSON.stringify(text)} as a prefix ${JSON.stringify(rest)} is left`, () => {
    const line = createCommandLine(text);
    assert.equal(line.takePrefix()?.length, length);
    assert.equal(line.quoted, rest);
  });
}

Deno.test("a line is taken apart from those that follow", () => {
  const lines = createCommandLine("one\ntwo\n");
  assert.equal(lines.takeLine().quoted, "one");
  assert.equal(lines.takeLine().quoted, "two");
  assert.equal(lines.isEmpty, true);
});

Deno.test("VPP quotes 30 characters, and shows white space in them", () => {
  assert.equal(createCommandLine("a\tb\nc\rd  ").quoted, "a\\tb\\nc\\rd");
  assert.equal(createCommandLine("0".repeat(30)).quoted, "0".repeat(30));
  assert.equal(createCommandLine("0".repeat(31)).quoted, `${"0".repeat(30)}...`);
});
