/**
 * Addresses of Unix sockets.
 *
 * @module
 */

import { AF_UNIX, SOCKADDR_UN } from "./layout.ts";
import { cString } from "./memory.ts";

/** The longest path, or abstract name with its `@`, in bytes: one more is for a NUL. */
export const longestUnixPath = SOCKADDR_UN.bytes - SOCKADDR_UN.path - 1;

/**
 * The address of a Unix socket as the kernel takes it: that of a path, or of an abstract name, which
 * begins with `@` and has no file.
 *
 * @throws {RangeError} The path is empty, longer than {@link longestUnixPath}, or contains a NUL.
 */
export function unixAddress(path: string): Uint8Array<ArrayBuffer> {
  const text = cString(path);
  const length = text.length - 1;
  if (length === 0) throw new RangeError("the path of a Unix socket is empty");
  if (length > longestUnixPath) {
    throw new RangeError(
      `${path}: the path of a Unix socket has at most ${longestUnixPath} bytes, this one ${length}`,
    );
  }
  const isAbstract = path.startsWith("@");
  // All bytes of an abstract name count, so that it must not end with a NUL, but begins with one.
  const name = isAbstract ? text.subarray(0, length) : text;
  const address = new Uint8Array(SOCKADDR_UN.path + name.length);
  new DataView(address.buffer).setUint16(SOCKADDR_UN.family, AF_UNIX, true);
  address.set(name, SOCKADDR_UN.path);
  if (isAbstract) address[SOCKADDR_UN.path] = 0;
  return address;
}
