/**
 * A session between VPP and its own Python client, recorded frame by frame, for the tests.
 *
 * @module
 */

import { decodeHeader } from "./codec.ts";
import { frameHeaderBytes } from "./frame.ts";
import type { Message } from "./message.ts";
import { messagesByKey, messagesByName } from "./registry.ts";

const fixtures = new URL("../../../tests/fixtures/vpp/", import.meta.url);

/** One frame of the session. */
export interface Recorded {
  readonly isToVpp: boolean;
  readonly message: Message<unknown>;
  /** All bytes on the stream. */
  readonly frame: Uint8Array<ArrayBuffer>;
  /** The message in it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The context in its header. */
  readonly context: number;
}

/** All frames of the session in both directions, in order. */
export const recording: readonly Recorded[] = fixture("api-frames.jsonl").trim().split("\n").map(
  (text) => {
    const line: { dir: string; message: string; hex: string } = JSON.parse(text);
    const { dir, message: key, hex } = line;
    const message = messagesByKey.get(key) ?? messagesByName.get(key);
    if (message === undefined) throw new Error(`${key} is not declared`);
    const frame = Uint8Array.fromHex(hex);
    const bytes = frame.subarray(frameHeaderBytes);
    const { context } = decodeHeader(message, bytes);
    return { isToVpp: dir === "to-vpp", message, frame, bytes, context };
  },
);

/** The text of a file of the recordings. */
export function fixture(name: string): string {
  return Deno.readTextFileSync(new URL(name, fixtures));
}

/** The recorded frame of this message that has this context. */
export function recorded(message: Message<unknown>, context?: number): Recorded {
  const found = recording.find((each) =>
    each.message === message && (context === undefined || each.context === context)
  );
  if (found === undefined) throw new Error(`no ${message.name} is recorded`);
  return found;
}
