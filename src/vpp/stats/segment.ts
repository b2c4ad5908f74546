/**
 * VPP's stats segment as this room takes it: memory that VPP writes while we read.
 *
 * @module
 */

/** A mapping of the whole stats segment. */
export interface Segment {
  /** The memory itself, at a multiple of 8 in its buffer. VPP changes it at any time. */
  readonly bytes: Uint8Array;
  /** Gives the memory back. To touch {@link Segment.bytes} afterwards kills the process. */
  unmap(): void;
}
