/**
 * Data as YAML.
 *
 * @module
 */
import { type Plain, plain } from "./plain.ts";

/** The value in block style, with the names in it in snake_case. */
export function formatYaml(value: unknown): readonly string[] {
  return linesOf(plain(value));
}

function linesOf(value: Plain): readonly string[] {
  if (isList(value)) {
    return value.length === 0 ? ["[]"] : value.flatMap((item) => hung("- ", linesOf(item)));
  }
  if (typeof value !== "object" || value === null) return [scalar(value)];
  const entries = Object.entries(value);
  if (entries.length === 0) return ["{}"];
  return entries.flatMap(([name, part]) => {
    const lines = linesOf(part);
    const key = `${scalar(name)}:`;
    const isBlock = typeof part === "object" && part !== null && Object.keys(part).length > 0;
    if (!isBlock) return [`${key} ${lines[0]}`];
    return [key, ...lines.map((line) => `  ${line}`)];
  });
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

/** Lines behind a mark, which stands before the first of them. */
function hung(mark: string, [first = "", ...rest]: readonly string[]): readonly string[] {
  return [mark + first, ...rest.map((line) => " ".repeat(mark.length) + line)];
}

/** Longer texts are put into quotes without another look. */
const longestPlain = 1_000;

/** A text stays without quotes only where nobody can take it for something else. */
function scalar(value: null | boolean | number | string): string {
  if (typeof value !== "string") return String(value);
  // A text of some megabytes would take all of the stack.
  const isPlain = value.length <= longestPlain &&
    /^[A-Za-z_/][\w./-]*( [\w./(),%-]+)*$/.test(value);
  const isWord = /^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i.test(value);
  return isPlain && !isWord ? value : JSON.stringify(value);
}
