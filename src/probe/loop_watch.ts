/**
 * Notices when the event loop stood still, during which no probe could go on.
 *
 * @module
 */

import type { Clock, Timer } from "../clock.ts";

/** Watches the loop while there is something that a standstill would harm. */
export interface LoopWatch {
  /** Watches until the function returned is called. */
  begin(): () => void;
  /** The longest that the loop stood still since a moment on the monotonic clock, to 10 ms. */
  longestStandstillMs(sinceMs: number): number;
}

/** How often the loop has to show that it runs. */
const beatMs = 10;

/** A beat that is later than this is the mark of a standstill. */
const toleranceMs = 5;

/** No probe takes longer than so many standstills; of more, the latest count. */
const mostStandstills = 64;

interface Standstill {
  readonly endedMs: number;
  readonly lengthMs: number;
}

/** Makes a {@link LoopWatch}. */
export function watchLoop(clock: Pick<Clock, "monotonic" | "setTimerAt">): LoopWatch {
  const standstills: Standstill[] = [];
  let users = 0;
  let lastBeatMs = 0;
  let timer: Timer | undefined;

  /** How late the next beat is. */
  const presentMs = (nowMs: number) => {
    const lateMs = nowMs - lastBeatMs - beatMs;
    return lateMs > toleranceMs ? lateMs : 0;
  };

  const beat = () => {
    const nowMs = clock.monotonic();
    const lengthMs = presentMs(nowMs);
    if (lengthMs > 0) {
      standstills.push({ endedMs: nowMs, lengthMs });
      if (standstills.length > mostStandstills) standstills.shift();
    }
    lastBeatMs = nowMs;
    timer = users > 0 ? clock.setTimerAt(nowMs + beatMs, beat) : undefined;
  };

  const begin = () => {
    users++;
    if (timer === undefined) {
      lastBeatMs = clock.monotonic();
      timer = clock.setTimerAt(lastBeatMs + beatMs, beat);
    }
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      users--;
      if (users > 0) return;
      timer?.cancel();
      timer = undefined;
    };
  };

  const longestStandstillMs = (sinceMs: number) => {
    const lengths = standstills.filter(({ endedMs }) => endedMs > sinceMs)
      .map(({ lengthMs }) => lengthMs);
    return Math.max(0, presentMs(clock.monotonic()), ...lengths);
  };
  return { begin, longestStandstillMs };
}
