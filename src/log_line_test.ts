import assert from "node:assert/strict";
import { forSeeds } from "../tests/seeded.ts";
import type { LogRecord } from "./log.ts";
import { jsonLine, textLine } from "./log_line.ts";

const at = Date.UTC(2026, 10, 21, 1, 40, 0, 123);

function record(attributes: LogRecord["attributes"], rest: Partial<LogRecord> = {}): LogRecord {
  return { at, level: "info", msg: "event", attributes, ...rest };
}

const times: [at: number, time: string][] = [
  [at, "2026-11-21T01:40:00.123Z"],
  [0, "1970-01-01T00:00:00.000Z"],
  [at + 0.456, "2026-11-21T01:40:00.123456Z"],
  [at + 0.5, "2026-11-21T01:40:00.123500Z"],
  [at + 0.0005, "2026-11-21T01:40:00.123000Z"],
  [at + 0.9997, "2026-11-21T01:40:00.123999Z"],
  [-0.25, "1969-12-31T23:59:59.999750Z"],
];

Deno.test("the time has as many digits as the clock knows", () => {
  for (const [at, time] of times) {
    assert.equal(JSON.parse(jsonLine(record({}, { at }))).time, time);
    assert.equal(textLine(record({}, { at })), `${time} INFO  event`);
  }
});

Deno.test("levels are in capitals, and take the same room in every line for people", () => {
  for (
    const [level, padded] of [
      ["debug", "DEBUG"],
      ["info", "INFO "],
      ["warn", "WARN "],
      ["error", "ERROR"],
    ] as const
  ) {
    assert.equal(JSON.parse(jsonLine(record({}, { level }))).level, level.toUpperCase());
    assert.equal(textLine(record({}, { level })), `2026-11-21T01:40:00.123Z ${padded} event`);
  }
});

Deno.test("a line for people reads like a sentence", () => {
  const attributes = {
    backend: "web1",
    from: "up",
    to: "down",
    detail: "connect: connection refused",
  };
  assert.equal(
    textLine(record(attributes, { msg: "backend-transition" })),
    "2026-11-21T01:40:00.123Z INFO  backend-transition " +
      'backend=web1 from=up to=down detail="connect: connection refused"',
  );
});

const words: [value: LogRecord["attributes"][string], text: string][] = [
  ["web1", "web1"],
  ["[2001:db8::1]:443", "[2001:db8::1]:443"],
  ["/run/vpp/api.sock", "/run/vpp/api.sock"],
  ["größer", "größer"],
  ["🦕", "🦕"],
  ["", '""'],
  ["two words", '"two words"'],
  ["a\u00a0b", '"a\u00a0b"'],
  ["a=b", '"a=b"'],
  ['say "hi"', '"say \\"hi\\""'],
  ["back\\slash", '"back\\\\slash"'],
  ["two\nlines\r\n", '"two\\nlines\\r\\n"'],
  ["tab\t", '"tab\\t"'],
  ["\x1b[31mred\x1b[0m", '"\\u001b[31mred\\u001b[0m"'],
  ["bell\x07 nul\0", '"bell\\u0007 nul\\u0000"'],
  ["del\x7f", '"del\\u007f"'],
  ["8-bit escape\x9b31m", '"8-bit escape\\u009b31m"'],
  ["next line\u0085", '"next line\\u0085"'],
  ["line\u2028 paragraph\u2029", '"line\\u2028 paragraph\\u2029"'],
  ["backwards\u202e", '"backwards\\u202e"'],
  ["zero\u200bwidth", '"zero\\u200bwidth"'],
  ["tag\u{e0041}", '"tag\\udb40\\udc41"'],
  ["half\ud800", '"half\\ud800"'],
  [42, "42"],
  [-0.5, "-0.5"],
  [true, "true"],
  [null, "null"],
  [["a", 1], '["a",1]'],
  [{ connect: 1.5, note: "a\nb\x9b" }, '{"connect":1.5,"note":"a\\nb\\u009b"}'],
];

Deno.test("a value is quoted if it does not read as one word, and cannot break the line", () => {
  for (const [value, text] of words) {
    assert.equal(textLine(record({ value })), `2026-11-21T01:40:00.123Z INFO  event value=${text}`);
  }
});

Deno.test("names that are no words are quoted, too", () => {
  assert.equal(
    textLine(record({ "a key": 1, "x\n": 2 }, { msg: "two\nlines" })),
    '2026-11-21T01:40:00.123Z INFO  "two\\nlines" "a key"=1 "x\\n"=2',
  );
});

Deno.test("no text gets a character into a line that moves the cursor or ends the line", () => {
  forSeeds(200, (random) => {
    const text = () =>
      String.fromCharCode(
        ...Array.from({ length: 8 }, () => random.int(0, random.pick([0xff, 0x20ff, 0xffff]))),
      );
    const hostile = record({ [text()]: text(), list: [text(), { [text()]: text() }] }, {
      msg: text(),
    });
    for (const line of [jsonLine(hostile), textLine(hostile)]) {
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }
    const { time: _time, level: _level, msg, ...attributes } = JSON.parse(jsonLine(hostile));
    assert.deepEqual([msg, attributes], [hostile.msg, hostile.attributes]);
  });
});
