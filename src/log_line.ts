/**
 * The log's two forms on a stream: JSON for machines, words for people.
 *
 * @module
 */

import type { LogRecord } from "./log_record.ts";

/** The record as one JSON object, for machines. */
export function jsonLine({ at, level, msg, attributes }: LogRecord): string {
  return visible(
    JSON.stringify({ time: rfc3339(at), level: level.toUpperCase(), msg, ...attributes }),
  );
}

/** The record as words, for people at a terminal. */
export function textLine({ at, level, msg, attributes }: LogRecord): string {
  const words = [rfc3339(at), level.toUpperCase().padEnd(5), word(msg)];
  for (const [key, value] of Object.entries(attributes)) {
    const text = typeof value === "string" ? word(value) : visible(JSON.stringify(value));
    words.push(`${word(key)}=${text}`);
  }
  return words.join(" ");
}

/** The text as it is if it reads as one word, else in quotes. */
function word(text: string): string {
  return /^[^\s"=\\\p{Cc}\p{Cf}\p{Cs}]+$/u.test(text) ? text : visible(JSON.stringify(text));
}

/**
 * Escapes, in JSON, the characters that could end the line, command a terminal, or hide or reorder
 * the text around them. They only occur within strings; JSON itself insists on escapes for some.
 */
function visible(json: string): string {
  return json.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (found) => found.split("").map(unicodeEscape).join(""),
  );
}

/** JSON has escapes for UTF-16 units only: a character beyond U+FFFF takes two. */
function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The time in UTC: to the millisecond, and to the microsecond if the clock knows that much. */
function rfc3339(atMs: number): string {
  const wholeMs = Math.floor(atMs);
  const text = new Date(wholeMs).toISOString();
  if (wholeMs === atMs) return text;
  const microseconds = Math.min(999, Math.round((atMs - wholeMs) * 1000));
  return `${text.slice(0, -1)}${String(microseconds).padStart(3, "0")}Z`;
}
