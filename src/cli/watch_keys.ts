/**
 * Waits for a key, so that whoever looks at something that goes on can have it end.
 *
 * @module
 */

/** Where keys come from: `Deno.stdin`. */
export interface KeySource {
  /** In raw mode a key is there at once, and none is echoed or makes a signal. */
  setRaw(isRaw: boolean): void;
  read(buffer: Uint8Array): Promise<number | null>;
}

/**
 * Resolves when a key is hit, or the source has no more of them, or the signal aborts. The abort also
 * leaves the terminal as it was found, at once. Without a source there are no keys to wait for.
 */
export async function untilKey(source: KeySource | null, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const aborted = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => aborted.resolve(), { once: true });
  if (source === null) return await aborted.promise;
  source.setRaw(true);
  signal.addEventListener("abort", () => source.setRaw(false), { once: true });
  // A terminal that went away cannot be read.
  const key = source.read(new Uint8Array(64)).catch(() => null);
  await Promise.race([key, aborted.promise]);
}
