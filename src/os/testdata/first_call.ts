/**
 * Prints the code of the error of one failing call: that of the call, or of what forbids it.
 *
 * @module
 */

import { closeDescriptor, LibcError, OsError } from "../mod.ts";

try {
  closeDescriptor(-1);
} catch (error) {
  if (!(error instanceof OsError || error instanceof LibcError)) throw error;
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(error.code)));
}
