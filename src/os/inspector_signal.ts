/**
 * The signal at which the runtime opens its inspector, a door for whoever can reach the port.
 *
 * @module
 */

import { SIG_IGN, SIGUSR1 } from "./layout.ts";
import { libc } from "./libc.ts";

/**
 * Makes the process ignore SIGUSR1. A listener would not do: the runtime opens its inspector besides.
 *
 * @throws {LibcError} The C library cannot be used here.
 */
export function ignoreInspectorSignal(): void {
  libc().setSignalHandler(SIGUSR1, SIG_IGN);
}
