/**
 * The one error of this room.
 *
 * @module
 */

/**
 * What is wrong, in a word that stays the same:
 *
 * - `short`: the message ends before its fields do.
 * - `bad-length`: a count or length in the message claims more than the message holds.
 * - `bad-value`: bytes that stand for nothing, or a value that its field cannot hold.
 * - `too-large`: a frame beyond the limit of its direction.
 *
 * On receipt each of them means that the two ends disagree on the layout: close the connection.
 */
export type WireErrorCode = "short" | "bad-length" | "bad-value" | "too-large";

/** Bytes that are no message, or values that make none. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly code: WireErrorCode;
  /** What is wrong, without where. */
  readonly problem: string;
  /** Where it is wrong, from the outermost on: the message, then the fields in VPP's spelling. */
  readonly path: readonly string[];

  constructor(code: WireErrorCode, problem: string, path: readonly string[] = []) {
    super(path.length === 0 ? problem : `${path.join(".")}: ${problem}`);
    this.code = code;
    this.problem = problem;
    this.path = path;
  }

  /** The same error in a place that holds the one known so far. */
  within(place: string): WireError {
    return new WireError(this.code, this.problem, [place, ...this.path]);
  }
}
