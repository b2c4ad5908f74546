/**
 * How much the other end may still send, on a stream or on all of them together.
 *
 * @module
 */

/** A window for what comes. */
export interface ReceiveWindow {
  /** Takes note of what came; false = it was more than allowed. */
  take(length: number): boolean;
  /** The other end may send as much again. It is told when half of the window is free again. */
  giveBack(length: number): void;
}

/** Opens a window of a size. `tell` has the other end told how much more it may send. */
export function receiveWindow(size: number, tell: (increment: number) => void): ReceiveWindow {
  let left = size;
  let freed = 0;
  return {
    take(length) {
      left -= length;
      return left >= 0;
    },
    giveBack(length) {
      freed += length;
      if (freed === 0 || freed < size / 2) return;
      left += freed;
      tell(freed);
      freed = 0;
    },
  };
}
