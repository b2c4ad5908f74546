/**
 * The log: events as data, one line each, to one sink and to any number of subscribers, each at its
 * own level.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import { jsonLine, textLine } from "./log_line.ts";
import type { Level, LogRecord, PlainValue } from "./log_record.ts";

export { type Level, levels, type LogRecord, type PlainValue } from "./log_record.ts";

/**
 * The value of an attribute as the caller gives it. `undefined` leaves the attribute out; an error
 * becomes its message and those of its causes; any other object becomes what JSON makes of it.
 */
export type AttributeValue = string | number | bigint | boolean | null | undefined | object;

/** What an event is about, under kebab-case keys. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** What the rest of the program logs to. */
export interface Logger {
  debug(msg: string, attributes?: Attributes): void;
  info(msg: string, attributes?: Attributes): void;
  warn(msg: string, attributes?: Attributes): void;
  error(msg: string, attributes?: Attributes): void;
  /** Logs at a level that is only known when it happens. */
  log(level: Level, msg: string, attributes?: Attributes): void;
  /** Whether anybody wants records of this level, for callers whose attributes are costly. */
  enabled(level: Level): boolean;
  /** A logger to the same places that adds these attributes to each record, before its own. */
  with(attributes: Attributes): Logger;
  /**
   * Calls the listener with each record of this level and above, whatever the sink's level is, until
   * the function returned is called. A listener that throws is reported to the sink. What listeners
   * log goes to the sink alone, so that none can set off a storm.
   */
  subscribe(level: Level, listener: (record: LogRecord) => void): () => void;
}

/** Options of {@link logger}. */
export interface LoggerOptions {
  readonly clock: Pick<Clock, "now">;
  /** The least important level that the sink gets. Default: `info`. */
  readonly level?: Level;
  /** Takes one line, without its end. The log goes on when it throws. */
  readonly sink: (line: string) => void;
  /** One JSON object a line for machines, or words for people. Default: `json`. */
  readonly format?: "json" | "text";
}

const rank: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Makes a {@link Logger}. */
export function logger(options: LoggerOptions): Logger {
  const { clock, sink } = options;
  const lineOf = options.format === "text" ? textLine : jsonLine;
  const sinkRank = rank[options.level ?? "info"];
  const subscriptions = new Set<{ level: Level; listener: (record: LogRecord) => void }>();
  let lowestRank = sinkRank;
  let delivering = false;

  const publish = (record: LogRecord) => {
    if (rank[record.level] >= sinkRank) {
      try {
        sink(lineOf(record));
      } catch {
        // A full disk must not stop the program, and there is no other place to report it.
      }
    }
    if (delivering) return;
    delivering = true;
    for (const { level, listener } of subscriptions) {
      if (rank[record.level] < rank[level]) continue;
      try {
        listener(record);
      } catch (cause) {
        root.error("log-listener-failed", { error: new Error("a listener threw", { cause }) });
      }
    }
    delivering = false;
  };

  const subscribe: Logger["subscribe"] = (level, listener) => {
    const subscription = { level, listener };
    const measure = () => {
      lowestRank = Math.min(sinkRank, ...[...subscriptions].map(({ level }) => rank[level]));
    };
    subscriptions.add(subscription);
    measure();
    return () => {
      subscriptions.delete(subscription);
      measure();
    };
  };

  const loggerWith = (fixed: LogRecord["attributes"]): Logger => {
    const log = (level: Level, msg: string, attributes: Attributes = {}) => {
      if (rank[level] < lowestRank) return;
      const all = Object.freeze({ ...fixed, ...plainAttributes(attributes) });
      publish(Object.freeze({ at: clock.now(), level, msg, attributes: all }));
    };
    return {
      debug: (msg, attributes) => log("debug", msg, attributes),
      info: (msg, attributes) => log("info", msg, attributes),
      warn: (msg, attributes) => log("warn", msg, attributes),
      error: (msg, attributes) => log("error", msg, attributes),
      log,
      enabled: (level) => rank[level] >= lowestRank,
      with: (attributes) => loggerWith({ ...fixed, ...plainAttributes(attributes) }),
      subscribe,
    };
  };
  const root = loggerWith({});
  return root;
}

const reservedKeys: ReadonlySet<string> = new Set(["time", "level", "msg"]);

/** The attributes in plain values, none of which hides the record's own keys. */
function plainAttributes(attributes: Attributes): LogRecord["attributes"] {
  const plain: Record<string, PlainValue> = {};
  for (const key of Object.keys(attributes)) {
    const value = plainValue(attributes[key]);
    if (value !== undefined) plain[reservedKeys.has(key) ? `attribute-${key}` : key] = value;
  }
  return plain;
}

function plainValue(value: AttributeValue): PlainValue | undefined {
  if (typeof value === "string" || typeof value === "boolean" || value === undefined) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  try {
    const json = JSON.stringify(value, (_key, part) => expressible(part));
    return JSON.parse(json, (_key, part) => Object.freeze(part));
  } catch {
    // It contains itself, has no form in JSON, or a function of its own threw.
    return "[not printable]";
  }
}

/** What JSON refuses, or would turn into `null` or `{}`, in the nearest form that says something. */
function expressible(value: unknown): unknown {
  if (value instanceof Error) return errorText(value);
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return value;
}

const MOST_CAUSES = 8;

/** The message, then those of the causes that it does not quote already. */
function errorText(error: Error): string {
  let text = error.message || error.name;
  let cause = error.cause;
  for (let count = 0; count < MOST_CAUSES && cause !== undefined; count++) {
    const next = cause instanceof Error ? cause.message || cause.name : String(cause);
    if (!text.includes(next)) text += `: ${next}`;
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return text;
}
