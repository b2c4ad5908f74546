/**
 * Why the stats segment could not be read.
 *
 * @module
 */

/**
 * - `version`: its layout is not the one that is known here;
 * - `busy`: VPP kept changing it, or died in the middle of a change;
 * - `bounds`: it points outside of itself;
 * - `kind`: an entry is of another kind than the one asked for;
 * - `closed`: the reader was closed.
 */
export type StatsErrorCode = "version" | "busy" | "bounds" | "kind" | "closed";

/** The only error with which the reading of the stats segment fails. */
export class StatsError extends Error {
  override readonly name = "StatsError";
  /** Which failure it is; stable, unlike the message. */
  readonly code: StatsErrorCode;

  /** The message is one line that also says what to do, where something can be done. */
  constructor(code: StatsErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
