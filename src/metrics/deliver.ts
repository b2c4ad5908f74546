/**
 * Hands a body to a client at the client's pace, but not for ever.
 *
 * @module
 */

import type { Clock } from "../clock.ts";

/** Options of {@link deliver}. */
export interface DeliverOptions {
  readonly clock: Pick<Clock, "setTimer">;
  /** When the whole body has to be taken. */
  readonly withinMs: number;
  /** Called once, when the body is taken, or will not be. */
  readonly onEnd: () => void;
}

/** A stream of the parts, which fails when they are not taken in time. */
export function deliver(
  parts: readonly Uint8Array<ArrayBuffer>[],
  { clock, withinMs, onEnd }: DeliverOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const rest = parts.values();
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    timer.cancel();
    onEnd();
  };
  let fail = () => {};
  const timer = clock.setTimer(withinMs, () => {
    fail();
    end();
  });
  return new ReadableStream({
    start: (controller) => {
      fail = () => controller.error(new Error("the client takes too long"));
    },
    pull: (controller) => {
      const { value, done } = rest.next();
      if (done !== true) return controller.enqueue(value);
      controller.close();
      end();
    },
    cancel: end,
  }, { highWaterMark: 0 });
}
