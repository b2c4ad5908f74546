/**
 * How many descriptors this process has open.
 *
 * @module
 */

import { closeDescriptor } from "./descriptor.ts";
import { DIRENT64, O_CLOEXEC, O_RDONLY } from "./layout.ts";
import { libc, succeeded } from "./libc.ts";
import { cString } from "./memory.ts";

const folder = "/proc/self/fd";
/** The folder's own descriptor, and the entries for itself and for its parent. */
const notCounted = 3;

/**
 * Counts them. The runtime itself lets only those look into `/proc` who may do everything.
 *
 * @throws {LibcError} The C library cannot be used here.
 * @throws {OsError} There is no `/proc`.
 */
export function countOpenDescriptors(): number {
  const opened = libc().open(cString(folder), O_RDONLY | O_CLOEXEC);
  const descriptor = succeeded(opened, "open", folder);
  const entries = new DataView(new ArrayBuffer(8_192));
  try {
    let count = 0;
    while (true) {
      const returned = libc().getdents64(descriptor, entries, BigInt(entries.byteLength));
      const length = succeeded(returned, "getdents64", folder);
      if (length === 0) return count - notCounted;
      for (let at = 0; at < length; at += entries.getUint16(at + DIRENT64.entryLength, true)) {
        count++;
      }
    }
  } finally {
    closeDescriptor(descriptor);
  }
}
