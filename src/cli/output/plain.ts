/**
 * Data as programs are given it, whatever the form.
 *
 * @module
 */

/** What JSON can say. */
export type Plain = null | boolean | number | string | readonly Plain[] | PlainRecord;

/** Names and values. */
export interface PlainRecord {
  readonly [name: string]: Plain;
}

/**
 * The data with names in snake_case and without what is undefined. A bigint is a number, or a text
 * where a number would not be exact.
 */
export function plain(value: unknown): Plain {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value as Plain;
  const known = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(known.map(([name, part]) => [snakeCase(name), plain(part)]));
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
