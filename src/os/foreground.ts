/**
 * Whose turn it is at the terminal.
 *
 * @module
 */

import { libc } from "./libc.ts";

const stdin = 0;

/**
 * Whether this process may use the terminal at its standard input. One in the background, `maglev … &`,
 * is stopped by the system when it touches the terminal's mode. Without a terminal it may not.
 *
 * @throws {LibcError} The C library cannot be used here.
 */
export function isInForeground(): boolean {
  const { tcgetpgrp, getpgrp } = libc();
  return tcgetpgrp(stdin) === getpgrp();
}
