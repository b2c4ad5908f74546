/**
 * When probes start: arithmetic with times, all of them in milliseconds.
 *
 * @module
 */

/** How much a wait may be shorter or longer than its interval. */
const jitterShare = 0.1;

/** First probes are spread over this long at most. */
const longestSpreadMs = 1000;

/** The wait for an interval: within 10 % of it, as a number drawn from 0 … 1 decides. */
export function jitter(intervalMs: number, drawn: number): number {
  return intervalMs * (1 + jitterShare * (2 * drawn - 1));
}

/** When the next probe is due: a wait after the last one started, but not in the past. */
export function nextDue(
  { startedMs, waitMs, nowMs }: {
    readonly startedMs: number;
    readonly waitMs: number;
    readonly nowMs: number;
  },
): number {
  return Math.max(nowMs, startedMs + waitMs);
}

/**
 * How long each of the backends that start together waits for its first probe, so that they are
 * spread evenly over their interval, or over a second if that is shorter. Those with the same span
 * get its slots in order, one each. Different spans begin at different parts of their first slots, so
 * that a thousand spans of one backend each do not all begin at 0.
 */
export function spreadFirst(intervalsMs: readonly number[]): readonly number[] {
  const spans = intervalsMs.map((intervalMs) => Math.min(intervalMs, longestSpreadMs));
  const groups = new Map<number, { readonly offset: number; size: number; taken: number }>();
  spans.forEach((span, index) => {
    const group = groups.get(span);
    if (group !== undefined) group.size++;
    else groups.set(span, { offset: index / spans.length, size: 1, taken: 0 });
  });
  return spans.map((span) => {
    const group = groups.get(span);
    if (group === undefined) return 0;
    return span * (group.offset + group.taken++) / group.size;
  });
}
