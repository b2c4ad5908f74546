import assert from "node:assert/strict";
import { forSeeds } from "../tests/seeded.ts";
import { virtualClock } from "./clock.ts";
import {
  type AttributeValue,
  type Level,
  levels,
  type Logger,
  logger,
  type LoggerOptions,
  type LogRecord,
  type PlainValue,
} from "./log.ts";

const startMs = Date.UTC(2026, 10, 21, 1, 40, 0, 123);

/** A logger at a fixed time, with the lines that its sink got. */
function logged(options: Partial<LoggerOptions> = {}): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const sink = (line: string) => lines.push(line);
  return { log: logger({ clock: virtualClock({ startMs }), sink, ...options }), lines };
}

/** The attributes of the one record that the caller's attributes make. */
function attributesOf(attributes: Record<string, AttributeValue>): LogRecord["attributes"] {
  const { log } = logged();
  const records: LogRecord[] = [];
  log.subscribe("debug", (record) => records.push(record));
  log.info("event", attributes);
  assert.equal(records.length, 1);
  return records[0]?.attributes ?? {};
}

/** Calls the method of each level, the least important first, with the level's name as the event's. */
function logAtEveryLevel(log: Logger): void {
  log.debug("debug");
  log.info("info");
  log.warn("warn");
  log.error("error");
}

Deno.test("a record is one JSON object a line: time, level, msg, then the attributes", () => {
  const { log, lines } = logged();
  log.info("backend-transition", { backend: "web1", from: "up", to: "down", "old-weight": 100 });
  log.error("shutdown");
  assert.deepEqual(lines, [
    '{"time":"2026-11-21T01:40:00.123Z","level":"INFO","msg":"backend-transition",' +
    '"backend":"web1","from":"up","to":"down","old-weight":100}',
    '{"time":"2026-11-21T01:40:00.123Z","level":"ERROR","msg":"shutdown"}',
  ]);
});

Deno.test("with the text format a line is words for people", () => {
  const { log, lines } = logged({ format: "text" });
  log.warn("vpp-disconnect", { detail: "connection reset" });
  assert.deepEqual(lines, [
    '2026-11-21T01:40:00.123Z WARN  vpp-disconnect detail="connection reset"',
  ]);
});

Deno.test("the time is that of the clock passed in, at the moment of the call", async () => {
  const clock = virtualClock({ startMs });
  const { log } = logged({ clock });
  const times: number[] = [];
  log.subscribe("info", ({ at }) => times.push(at));
  log.info("first");
  await clock.advance(1000);
  log.info("second");
  clock.stepWallClock(-5000);
  log.info("third");
  assert.deepEqual(times, [startMs, startMs + 1000, startMs - 4000]);
});

const namesFrom: [level: Level, names: string[]][] = [
  ["debug", ["debug", "info", "warn", "error"]],
  ["info", ["info", "warn", "error"]],
  ["warn", ["warn", "error"]],
  ["error", ["error"]],
];

Deno.test("the sink gets the records of its level and above, and by default those of info", () => {
  for (const [level, names] of namesFrom) {
    const { log, lines } = logged({ level });
    logAtEveryLevel(log);
    for (const each of levels) log.log(each, each);
    const got = lines.map((line) => JSON.parse(line).msg);
    assert.deepEqual(got, [...names, ...names], level);
    assert.deepEqual(levels.filter((each) => log.enabled(each)), names, level);
  }
  const { log, lines } = logged();
  logAtEveryLevel(log);
  assert.equal(lines.length, 3);
});

Deno.test("each subscriber has a level of its own, whatever that of the sink", () => {
  for (const sinkLevel of levels) {
    const { log } = logged({ level: sinkLevel });
    const heard = namesFrom.map(([level, names]) => {
      const got: string[] = [];
      log.subscribe(level, ({ msg }) => got.push(msg));
      return { names, got };
    });
    logAtEveryLevel(log);
    for (const { names, got } of heard) assert.deepEqual(got, names, sinkLevel);
  }
});

Deno.test("a level is enabled as long as the sink or a subscriber wants it", () => {
  const { log, lines } = logged({ level: "warn" });
  const enabled = () => levels.filter((level) => log.enabled(level));
  assert.deepEqual(enabled(), ["warn", "error"]);
  const leaveInfo = log.subscribe("info", () => {});
  const leaveDebug = log.subscribe("debug", () => {});
  const leaveError = log.subscribe("error", () => {});
  assert.deepEqual(enabled(), ["debug", "info", "warn", "error"]);
  leaveDebug();
  leaveDebug();
  assert.deepEqual(enabled(), ["info", "warn", "error"]);
  leaveInfo();
  leaveError();
  assert.deepEqual(enabled(), ["warn", "error"]);
  log.debug("unwanted");
  assert.deepEqual(lines, []);
});

Deno.test("who has unsubscribed hears nothing more, not even the record being delivered", () => {
  const { log } = logged();
  const heard: string[] = [];
  const listener = ({ msg }: LogRecord) => heard.push(`second ${msg}`);
  log.subscribe("info", ({ msg }) => {
    heard.push(`first ${msg}`);
    if (msg === "b") leave();
  });
  const leave = log.subscribe("info", listener);
  for (const msg of ["a", "b", "c"]) log.info(msg);
  assert.deepEqual(heard, ["first a", "second a", "first b", "first c"]);
});

Deno.test("a listener subscribed twice hears twice, and leaves one at a time", () => {
  const { log } = logged();
  const heard: string[] = [];
  const listener = ({ msg }: LogRecord) => heard.push(msg);
  const leave = log.subscribe("info", listener);
  log.subscribe("info", listener);
  log.info("a");
  leave();
  log.info("b");
  assert.deepEqual(heard, ["a", "a", "b"]);
});

Deno.test("a listener that throws is reported to the sink, and breaks nothing else", () => {
  const { log, lines } = logged();
  const heard: string[] = [];
  log.subscribe("info", () => {
    throw new Error("boom");
  });
  log.subscribe("info", ({ msg }) => heard.push(msg));
  log.info("a");
  log.info("b");
  assert.deepEqual(heard, ["a", "b"]);
  assert.deepEqual(lines.map((line) => JSON.parse(line)).map(({ msg, error }) => [msg, error]), [
    ["a", undefined],
    ["log-listener-failed", "a listener threw: boom"],
    ["b", undefined],
    ["log-listener-failed", "a listener threw: boom"],
  ]);
});

Deno.test("what a listener logs goes to the sink alone", () => {
  const { log, lines } = logged();
  const heard: string[] = [];
  for (const name of ["first", "second"]) {
    log.subscribe("debug", ({ msg }) => {
      heard.push(`${name} ${msg}`);
      log.warn(`${name} answers`);
    });
  }
  log.info("question");
  assert.deepEqual(heard, ["first question", "second question"]);
  const got = lines.map((line) => JSON.parse(line).msg);
  assert.deepEqual(got, ["question", "first answers", "second answers"]);
});

Deno.test("a sink that throws stops neither the caller nor the subscribers", () => {
  const { log } = logged({
    sink: () => {
      throw new Error("no space left on device");
    },
  });
  const heard: string[] = [];
  log.subscribe("info", ({ msg }) => heard.push(msg));
  log.info("a");
  log.info("b");
  assert.deepEqual(heard, ["a", "b"]);
});

Deno.test("a child logger adds its attributes before those of the call, which win", () => {
  const { log } = logged();
  const records: LogRecord[] = [];
  log.subscribe("debug", (record) => records.push(record));
  const child = log.with({ backend: "web1", type: "tcp", skipped: undefined });
  const grandchild = child.with({ attempt: 2, type: "http" });
  log.info("a", { x: 1 });
  child.info("b", { x: 2 });
  grandchild.log("debug", "c", { x: 3, backend: "web2", type: undefined });
  assert.deepEqual(records.map(({ msg, attributes }) => [msg, Object.entries(attributes)]), [
    ["a", [["x", 1]]],
    ["b", [["backend", "web1"], ["type", "tcp"], ["x", 2]]],
    ["c", [["backend", "web2"], ["type", "http"], ["attempt", 2], ["x", 3]]],
  ]);
});

Deno.test("a child shares its parent's sink, levels and subscribers", () => {
  const { log, lines } = logged({ level: "warn" });
  const child = log.with({ backend: "web1" });
  const heard: string[] = [];
  assert.equal(child.enabled("debug"), false);
  const leave = child.subscribe("debug", ({ msg }) => heard.push(msg));
  assert.equal(log.enabled("debug"), true);
  log.debug("parent");
  child.warn("child");
  leave();
  child.debug("unheard");
  assert.deepEqual(heard, ["parent", "child"]);
  assert.equal(lines.length, 1);
});

/** A chain of errors, each the cause of the one before it. */
function chain(...messages: string[]): Error {
  return messages.reduceRight<Error | undefined>(
    (cause, message) => new Error(message, cause && { cause }),
    undefined,
  ) ?? new Error();
}

function selfCaused(): Error {
  const error = new Error("chicken");
  error.cause = new Error("egg", { cause: error });
  return error;
}

function cyclic(): object {
  const first: Record<string, unknown> = { name: "first" };
  first["second"] = { first };
  return first;
}

const badJson = {
  toJSON: () => {
    throw new Error("no");
  },
};

const values: [name: string, value: AttributeValue, plain: PlainValue][] = [
  ["a string", "web1", "web1"],
  ["an empty string", "", ""],
  ["a whole number", 42, 42],
  ["a fraction", 0.1, 0.1],
  ["a number JSON has no word for", NaN, "NaN"],
  ["an infinite number", -Infinity, "-Infinity"],
  ["a small bigint", 12n, 12],
  ["the largest bigint that is exact as a number", 9007199254740991n, 9007199254740991],
  ["a bigint beyond that", 9007199254740992n, "9007199254740992"],
  ["a large negative bigint", -(2n ** 64n), "-18446744073709551616"],
  ["true", true, true],
  ["false", false, false],
  ["null", null, null],
  ["an error", new Error("connection refused"), "connection refused"],
  ["an error without a message", new TypeError(), "TypeError"],
  [
    "an error and its causes",
    chain("cannot sync", "add_del", "-103"),
    "cannot sync: add_del: -103",
  ],
  ["causes that are quoted already", chain("sync: timed out", "timed out"), "sync: timed out"],
  ["a cause that is no error", new Error("probe", { cause: "ENETUNREACH" }), "probe: ENETUNREACH"],
  ["causes in a circle", selfCaused(), "chicken: egg"],
  ["more causes than anybody reads", chain(..."abcdefghijklm"), "a: b: c: d: e: f: g: h: i"],
  ["a nested object", { connect: 1.5, tls: { version: "1.3" } }, {
    connect: 1.5,
    tls: { version: "1.3" },
  }],
  ["a nested array", ["up", 1, [true, null]], ["up", 1, [true, null]]],
  [
    "what JSON cannot express, nested",
    { a: 2n ** 64n, b: NaN, c: undefined, d: [new Error("x")] },
    {
      a: "18446744073709551616",
      b: "NaN",
      d: ["x"],
    },
  ],
  ["an object with a JSON form of its own", new Date(0), "1970-01-01T00:00:00.000Z"],
  ["an object that contains itself", cyclic(), "[not printable]"],
  ["an object whose toJSON throws", badJson, "[not printable]"],
  ["an array with such an object", [1, badJson], "[not printable]"],
  ["a function", () => {}, "[not printable]"],
  [
    "an error with a cause that has no text",
    new Error("x", { cause: Object.create(null) }),
    "[not printable]",
  ],
];
for (const [name, value, plain] of values) {
  Deno.test(`as an attribute, ${name} is ${JSON.stringify(plain)}`, () => {
    assert.deepEqual(attributesOf({ value }), { value: plain });
    for (const format of ["json", "text"] as const) {
      const { log, lines } = logged({ format });
      log.with({ value }).info("event", { value });
      assert.equal(lines.length, 1, format);
    }
  });
}

Deno.test("an attribute that is undefined is left out", () => {
  assert.deepEqual(attributesOf({ a: undefined, b: 1 }), { b: 1 });
});

Deno.test("keys are kept as they are given, and the record's own keys are not overwritten", () => {
  const { log, lines } = logged();
  const attributes = { time: 1, level: "x", msg: "y", "build-date": "today", camelCase: 2 };
  log.info("event", attributes);
  log.with(attributes).info("event");
  for (const line of lines) {
    assert.deepEqual(Object.entries(JSON.parse(line)), [
      ["time", "2026-11-21T01:40:00.123Z"],
      ["level", "INFO"],
      ["msg", "event"],
      ["attribute-time", 1],
      ["attribute-level", "x"],
      ["attribute-msg", "y"],
      ["build-date", "today"],
      ["camelCase", 2],
    ]);
  }
});

Deno.test("a record is frozen, and does not follow what the caller changes later", () => {
  const { log } = logged();
  const records: LogRecord[] = [];
  log.subscribe("info", (record) => records.push(record));
  const counts = { added: 1, list: ["a"] };
  const attributes: Record<string, AttributeValue> = { scope: "all", counts };
  const child = log.with({ fixed: counts });
  child.info("event", attributes);
  counts.added = 2;
  counts.list.push("b");
  attributes["scope"] = "vip";

  const [record] = records;
  const plainCounts = { added: 1, list: ["a"] };
  assert.deepEqual(record, {
    at: startMs,
    level: "info",
    msg: "event",
    attributes: { fixed: plainCounts, scope: "all", counts: plainCounts },
  });
  const frozen = (value: unknown): boolean =>
    Object.isFrozen(value) &&
    (typeof value !== "object" || value === null || Object.values(value).every(frozen));
  assert.ok(frozen(record));
});

Deno.test("a record that nobody wants asks neither the clock nor the values", () => {
  const { log } = logged({ clock: { now: () => assert.fail("asked the clock") } });
  log.debug("event", { value: { toJSON: () => assert.fail("asked the value") } });
});

Deno.test("every JSON line can be read back, whatever the values", () => {
  forSeeds(200, (random) => {
    const text = () =>
      String.fromCharCode(...Array.from({ length: random.int(0, 8) }, () => random.int(0, 0xffff)));
    const value = (depth: number): PlainValue =>
      random.pick([
        text,
        () => random.int(-1000, 1000) / 8,
        () => random.chance(),
        () => null,
        () => depth > 2 ? text() : [value(depth + 1), value(depth + 1)],
        () => depth > 2 ? text() : { [`key-${text()}`]: value(depth + 1) },
      ])();
    const attributes = { [`key-${text()}`]: value(0), second: value(0) };
    const { log, lines } = logged();
    log.info("event", attributes);
    const { time: _time, level: _level, msg: _msg, ...rest } = JSON.parse(lines[0] ?? "");
    assert.deepEqual(rest, attributes);
  });
});
