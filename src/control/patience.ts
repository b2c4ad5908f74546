/**
 * Waiting for VPP, which may stand still, no longer than makes sense.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { formatDuration } from "../config/mod.ts";
import type { Call } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import { isOfVpp } from "./vpp_of_moment.ts";

/** What comes of some work, or that it takes longer. */
export async function withinPatience<T>(
  work: Promise<T>,
  patienceMs: number,
  clock: Clock,
): Promise<T | "late"> {
  if (patienceMs === Infinity) return await work;
  const { promise: late, resolve } = Promise.withResolvers<"late">();
  const timer = clock.setTimer(patienceMs, () => resolve("late"));
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.cancel();
  }
}

/** So much of a caller's time is for VPP. The rest is for the way back. */
const shareOfVpp = 0.9;

/**
 * What VPP answers. A caller who has a deadline hears what VPP does before that: at the deadline it
 * would look as if it were the daemon that does not answer.
 *
 * @throws {RpcError} It does not, and the text says why; `ifLate` without the time that has passed.
 */
export async function vppAnswer<T extends object | null>(
  asked: Promise<T>,
  { deadlineMs }: Pick<Call, "deadlineMs">,
  { clock, ifLate = "VPP has not answered" }: { readonly clock: Clock; readonly ifLate?: string },
): Promise<T> {
  const patienceMs = shareOfVpp * Math.max(0, deadlineMs - clock.monotonic());
  let answer: T | "late";
  try {
    answer = await withinPatience(asked, patienceMs, clock);
  } catch (error) {
    throw isOfVpp(error) ? new RpcError("UNAVAILABLE", error.message) : error;
  }
  if (answer !== "late") return answer;
  const patience = formatDuration(Math.round(patienceMs / 100) * 1e8);
  throw new RpcError("UNAVAILABLE", `${ifLate} in ${patience}`);
}
