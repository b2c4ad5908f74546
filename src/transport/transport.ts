/**
 * A connection, as those see it who speak a protocol over it: bytes in both directions.
 *
 * @module
 */

/** One end of a stream of bytes. */
export interface Transport {
  /**
   * What has come; null at the end. One read at a time.
   *
   * @throws {Error} The connection broke, or was closed here.
   */
  read(): Promise<Uint8Array | null>;
  /**
   * Resolves when the bytes are with the kernel, which may take until the other end reads. One write
   * at a time. The bytes must not change until then.
   *
   * @throws {Error} The connection broke, or was closed here.
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the connection at once. Harmless a second time. */
  close(): void;
}
