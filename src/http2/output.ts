/**
 * What a session has to send: frames that go at once, then the data of the streams in turns, as far as
 * the windows are open.
 *
 * @module
 */

import { joined } from "./joined.ts";
import { initialSettings } from "./settings.ts";

/** A stream that may have something to send. */
export interface Sender {
  /** How many bytes the other end wants of it. */
  sendWindow: number;
  readonly isLocalEnded: boolean;
  /** What there is to send, at most so many bytes of data; undefined = nothing now. */
  nextFrame(largest: number): { readonly frame: Uint8Array; readonly length: number } | undefined;
}

/** What is to be sent. */
export interface Output {
  /** How many bytes the other end wants, of all streams together. */
  window: number;
  /** The largest payload that the other end takes. */
  maxFrameSize: number;
  /** How many bytes of replies wait: the other end causes them, and has to take them. */
  readonly replies: number;
  /** Adds a frame that goes at once. */
  write(frame: Uint8Array, options?: { readonly isReply?: boolean }): void;
  /** Asks a stream for frames, when it is its turn. */
  schedule(sender: Sender): void;
  unschedule(sender: Sender): void;
  /** What is to be sent next: about as many bytes, none if there is nothing. */
  take(atMost: number): Uint8Array;
}

/** Makes an empty output. `onOutput` hears that there may be something to take. */
export function output(onOutput: () => void): Output {
  let urgent: Uint8Array[] = [];
  let urgentLength = 0;
  let replies = 0;
  /** The one whose turn it is comes first. */
  const scheduled = new Set<Sender>();

  const nextData = (): Uint8Array | undefined => {
    for (const sender of scheduled) {
      const next = sender.nextFrame(Math.max(0, Math.min(self.maxFrameSize, self.window)));
      // While the common window is closed nobody loses their turn.
      const waits = next === undefined && self.window <= 0 && !sender.isLocalEnded;
      if (!waits) scheduled.delete(sender);
      if (next !== undefined) {
        self.window -= next.length;
        sender.sendWindow -= next.length;
        if (!sender.isLocalEnded) scheduled.add(sender);
        return next.frame;
      }
      // Trailers go with what is urgent.
      if (urgent.length > 0) return undefined;
    }
    return undefined;
  };
  const self: Output = {
    window: initialSettings.initialWindowSize,
    maxFrameSize: initialSettings.maxFrameSize,
    get replies() {
      return replies;
    },
    write(frame, { isReply = false } = {}) {
      urgent.push(frame);
      urgentLength += frame.length;
      if (isReply) replies += frame.length;
      onOutput();
    },
    schedule(sender) {
      scheduled.add(sender);
      onOutput();
    },
    unschedule: (sender) => void scheduled.delete(sender),
    take(atMost) {
      let taken: Uint8Array[] = [];
      let length = 0;
      for (;;) {
        if (urgent.length > 0) {
          taken = taken.length === 0 ? urgent : [...taken, ...urgent];
          length += urgentLength;
          urgent = [];
          urgentLength = 0;
          replies = 0;
        }
        if (length >= atMost) break;
        const frame = nextData();
        if (frame !== undefined) {
          taken.push(frame);
          length += frame.length;
        } else if (urgent.length === 0) {
          break;
        }
      }
      return joined(taken, length);
    },
  };
  return self;
}
