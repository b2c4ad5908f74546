/**
 * A clock that goes faster than another.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";

/** The same clock, on which so many times as much time passes; {@link Clock.now} is left as it is. */
export function hastened(clock: Clock, speed: number): Clock {
  return {
    now: clock.now,
    monotonic: () => clock.monotonic() * speed,
    setTimer: (delayMs, callback) => clock.setTimer(delayMs / speed, callback),
    setTimerAt: (dueMs, callback) => clock.setTimerAt(dueMs / speed, callback),
    sleep: (delayMs, options) => clock.sleep(delayMs / speed, options),
  };
}
