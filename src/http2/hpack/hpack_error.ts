/**
 * Header blocks that cannot be decoded.
 *
 * @module
 */

/**
 * A header block broke the format, so what its sender has in its dynamic table is no longer known:
 * the connection cannot go on. HTTP/2 calls it COMPRESSION_ERROR.
 */
export class HpackError extends Error {
  override readonly name = "HpackError";
  /**
   * `truncated`: the block ends too early; `bad-integer`: a number is too long; `bad-index`: nothing
   * stands there in the tables; `bad-huffman`: bits that are no text; `bad-size-update`: the dynamic
   * table is resized too late in the block, or beyond the limit.
   */
  readonly code: "truncated" | "bad-integer" | "bad-index" | "bad-huffman" | "bad-size-update";

  constructor(code: HpackError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
