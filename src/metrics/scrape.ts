/**
 * The body of a scrape, made in turns: a site with ten thousand backends has 20 MB of it, and probes
 * have to start on time meanwhile.
 *
 * @module
 */

import type { Clock } from "../clock.ts";

/** Options of {@link makeBody}. */
export interface BodyOptions {
  readonly clock: Pick<Clock, "monotonic" | "sleep">;
  readonly encoding: "identity" | "gzip";
}

/** After so long at a stretch others have their turn. */
const stretchMs = 5;

/** Makes a body of pieces of text. */
export async function makeBody(
  pieces: Iterable<string>,
  { clock, encoding }: BodyOptions,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const bytes = ReadableStream.from(inTurns(pieces, clock));
  const stream = encoding === "gzip" ? bytes.pipeThrough(new CompressionStream("gzip")) : bytes;
  return await Array.fromAsync(stream);
}

async function* inTurns(
  pieces: Iterable<string>,
  clock: BodyOptions["clock"],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let startMs = clock.monotonic();
  for (const piece of pieces) {
    yield encoder.encode(piece);
    if (clock.monotonic() - startMs < stretchMs) continue;
    await clock.sleep(0);
    startMs = clock.monotonic();
  }
}
