/**
 * Durations as Go writes them (`1.5s`, `1m30s`, `200ms`), held as whole nanoseconds.
 *
 * @module
 */
import type { Parsed } from "./parsed.ts";

const nanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  "µs": 1_000n, // U+00B5, the micro sign
  "μs": 1_000n, // U+03BC, the Greek letter
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** The text of a duration as a regular expression, for the JSON Schema. */
export const durationPattern = String
  .raw`^[-+]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$`;

const whole = new RegExp(durationPattern);
const part = /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g;

/** Nobody means a longer text, on which the expression above might run out of stack. */
const longestText = 1_000;

/**
 * Reads a duration into nanoseconds. What is finer than a nanosecond is cut off, as Go does; what is
 * longer than a JavaScript number can count exactly (104 days) is a problem.
 */
export function parseDuration(text: string): Parsed<number> {
  if (text.length > longestText) return { problem: "not a duration: it is too long" };
  if (!whole.test(text)) {
    return /^[-+]?[\d.]+$/.test(text)
      ? { problem: `a number without a unit, such as ${text}s or ${text}ms` }
      : { problem: "not a duration such as 2s, 1m30s or 200ms" };
  }
  let total = 0n;
  for (const [, digits, fraction, unit] of text.matchAll(part)) {
    const scale = nanoseconds[unit ?? ""] ?? 0n;
    total += BigInt(digits || "0") * scale;
    total += BigInt(fraction || "0") * scale / 10n ** BigInt(fraction?.length ?? 0);
  }
  if (total > BigInt(Number.MAX_SAFE_INTEGER)) return { problem: "longer than 104 days" };
  return { value: Number(text.startsWith("-") ? -total : total) };
}

/** Writes nanoseconds as Go does: `1m30s`, `1.5s`, `200ms`, `0s`. */
export function formatDuration(ns: number): string {
  const sign = ns < 0 ? "-" : "";
  const rest = Math.abs(ns);
  if (rest === 0) return "0s";
  if (rest < 1_000) return `${sign}${rest}ns`;
  if (rest < 1_000_000) return `${sign}${decimal(rest, 1_000)}µs`;
  if (rest < 1_000_000_000) return `${sign}${decimal(rest, 1_000_000)}ms`;
  const minutes = Math.floor(rest / 60_000_000_000);
  const seconds = `${decimal(rest % 60_000_000_000, 1_000_000_000)}s`;
  if (minutes === 0) return sign + seconds;
  if (minutes < 60) return `${sign}${minutes}m${seconds}`;
  return `${sign}${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
}

/** `value / unit` exactly, where the unit is a power of ten. */
function decimal(value: number, unit: number): string {
  const fraction = String(value % unit).padStart(String(unit).length - 1, "0").replace(/0+$/, "");
  return `${Math.floor(value / unit)}${fraction && "."}${fraction}`;
}
