/**
 * Invariant 1: nothing is written when nothing differs.
 *
 * @module
 */

import { describeWrite, type Write } from "../vpp_write.ts";
import { textOfState, type VppState } from "../vpp_state.ts";
import { must } from "../violation.ts";

/** A write, and what VPP was before and after it. */
export interface CarriedOut {
  readonly write: Write;
  readonly before: VppState;
  readonly after: VppState;
}

/** What else is to be known of a write. */
export interface WriteCircumstances {
  /**
   * Somebody else has been at VPP since it was last seen to be right. The daemon finds out at its next
   * look at everything, and until then may write what is so already.
   */
  readonly isMeddledWith: boolean;
  /** VPP cannot tell its settings, so they are written once a connection, whatever they are. */
  readonly areSettingsUnknown: boolean;
}

/** A message that writes leaves VPP another than it was, or makes it forget flows. */
export function checkWriteChanges(
  { write, before, after }: CarriedOut,
  { isMeddledWith, areSettingsUnknown }: WriteCircumstances,
): void {
  const isFlush = "flush" in write && write.flush;
  if (isFlush || isMeddledWith || (write.kind === "settings" && areSettingsUnknown)) return;
  const isChange = textOfState(before) !== textOfState(after);
  must(isChange, 1, () => `${describeWrite(write)} changed nothing`);
}

/** How many messages of each name VPP got in a time of quiet, and what they wrote. */
export interface QuietMessages {
  readonly counts: ReadonlyMap<string, number>;
  readonly writes: readonly Write[];
}

/** In quiet each tick takes two dumps and no write; in `classic`, one text. */
export function checkQuietTicks({ counts, writes }: QuietMessages, ticks: number): void {
  must(writes.length === 0, 1, () => `${writes.map(describeWrite).join(", ")} in quiet`);
  const looks = ["lb_vip_dump", "lb_as_v2_dump", "cli_inband"].map((name) => counts.get(name) ?? 0);
  const isRight = looks.join() === [ticks, ticks, 0].join() ||
    looks.join() === [0, 0, ticks].join();
  must(isRight, 1, () => `${ticks} ticks in quiet took ${looks.join(", ")} dumps and texts`);
}
