/**
 * Data as JSON, in the one form that all commands print.
 *
 * @module
 */

/** The value with two blanks of indentation, and the names in it in snake_case. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => isRecord(part) ? renamed(part) : part, 2);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function renamed(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
