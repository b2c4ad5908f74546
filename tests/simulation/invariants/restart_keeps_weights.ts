/**
 * Invariant 5, second part: a restart with the same health changes nothing that was right.
 *
 * @module
 */

import { describeWrite, type Write } from "../vpp_write.ts";
import { textOfState, type VppState } from "../vpp_state.ts";
import { must } from "../violation.ts";

/** What was written from the restart until all was quiet again. */
export interface Restarted {
  readonly before: VppState;
  readonly after: VppState;
  readonly writes: readonly Write[];
}

/**
 * Each AS is written at most once, on its way from what it was to what it is: never to what a daemon
 * that knows nothing would have made of it. What operators had set is forgotten with the daemon, so
 * something may be written.
 */
export function checkRestart({ before, after, writes }: Restarted): void {
  const seen = new Set<string>();
  for (const write of writes) {
    if (write.kind === "settings") continue;
    const place = "address" in write ? `${write.vip} ${write.address}` : write.vip;
    const weightOf = ({ vips }: VppState) =>
      "address" in write ? vips.get(write.vip)?.ases.get(write.address)?.weight ?? 0 : null;
    const isEvident = "address" in write && !seen.has(place) &&
      write.weight === weightOf(after) && (write.flush || write.weight !== weightOf(before));
    must(isEvident, 5, () => `${describeWrite(write)} after a restart`);
    seen.add(place);
  }
  const isSame = textOfState(before) === textOfState(after);
  must(isSame || seen.size > 0, 5, () => "VPP is another after a restart, and nobody wrote");
}
