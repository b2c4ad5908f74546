/**
 * What the operating system refused, in words.
 *
 * @module
 */

import { getSystemErrorMap } from "node:util";

/** A call of the operating system that failed. */
export class OsError extends Error {
  override readonly name = "OsError";
  /** The name of the error, such as `ECONNREFUSED`; `UNKNOWN` where {@link errno} has none. */
  readonly code: string;
  /** The number of the error on Linux; 0 where it got lost. */
  readonly errno: number;
  /** The call that failed, such as `connect`. */
  readonly syscall: string;

  /** The subject is what the call was about, such as a path. Empty: nothing in particular. */
  constructor(errno: number, syscall: string, subject: string) {
    const [code, words] = describe(errno);
    super(`${[syscall, subject].filter((part) => part !== "").join(" ")}: ${words}`);
    this.code = code;
    this.errno = errno;
    this.syscall = syscall;
  }
}

function describe(errno: number): readonly [code: string, words: string] {
  const known = getSystemErrorMap().get(-errno);
  if (known !== undefined) return known;
  return ["UNKNOWN", errno === 0 ? "failed, for a reason that got lost" : `error ${errno}`];
}
