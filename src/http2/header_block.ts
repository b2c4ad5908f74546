/**
 * Puts the headers together that one frame begins and others may continue.
 *
 * @module
 */

import { ConnectionError } from "./error_code.ts";
import { flags, type Frame } from "./frame.ts";
import { joined } from "./joined.ts";

/** A whole block of headers, still packed. */
export interface HeaderBlock {
  readonly stream: number;
  /** Whether nothing follows on the stream. */
  readonly isLast: boolean;
  readonly bytes: Uint8Array;
}

/** Collects blocks. */
export interface HeaderBlocks {
  /** The stream whose block is not complete: only its continuation may come; null = none. */
  readonly open: number | null;
  /**
   * Begins a block with what a frame has of it, or goes on with it. Gives it when it is complete.
   *
   * @throws {ConnectionError} It is too long.
   */
  add(frame: Frame, part: Uint8Array): HeaderBlock | undefined;
}

/** What is longer ends the connection: it cannot be passed over, because it has to be unpacked. */
const longest = { bytes: 32_768, frames: 16 };

/** Makes a collector. */
export function headerBlocks(): HeaderBlocks {
  let open: { readonly stream: number; readonly isLast: boolean } | null = null;
  let parts: Uint8Array[] = [];
  let length = 0;
  return {
    get open() {
      return open?.stream ?? null;
    },
    add({ stream, flags: bits }, part) {
      open ??= { stream, isLast: (bits & flags.endStream) !== 0 };
      parts.push(part);
      length += part.length;
      if (length > longest.bytes || parts.length > longest.frames) {
        throw new ConnectionError("ENHANCE_YOUR_CALM", "the headers are too long");
      }
      if ((bits & flags.endHeaders) === 0) return undefined;
      const block = { ...open, bytes: joined(parts, length) };
      open = null;
      parts = [];
      length = 0;
      return block;
    },
  };
}
