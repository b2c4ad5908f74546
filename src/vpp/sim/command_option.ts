/**
 * The options that a command of VPP takes, in any order, each as often as one likes.
 *
 * @module
 */

import type { CommandLine } from "./command_line.ts";

/**
 * Takes one option off a line, if it is the next one there, and gives what it changes in the values
 * so far.
 */
export type Option<T> = (line: CommandLine, values: T) => Partial<T> | undefined;

/** An option of words alone. */
export function flag<T>(words: string, change: Partial<T>): Option<T> {
  return (line) => line.take(words) && change;
}

/** An option of words and a number. */
export function number<T>(words: string, change: (value: number) => Partial<T>): Option<T> {
  return (line) => {
    const value = line.takeNumber(words);
    return value === undefined ? undefined : change(value);
  };
}

/** The values after all options of a line, or the error that VPP prints for what is none. */
export function takeOptions<T>(
  line: CommandLine,
  defaults: T,
  options: readonly Option<T>[],
): { readonly values: T } | { readonly error: string } {
  let values = defaults;
  while (!line.isEmpty) {
    let change: Partial<T> | undefined;
    options.some((take) => {
      change = take(line, values);
      return change !== undefined;
    });
    if (change === undefined) return { error: `parse error: '${line.quoted}'` };
    values = { ...values, ...change };
  }
  return { values };
}
