/**
 * Invariant 3: a VIP that can serve never stops serving within a sync.
 *
 * @module
 */

import type { ModelVip } from "../model.ts";
import { describeWrite } from "../vpp_write.ts";
import { serves, type VipState } from "../vpp_state.ts";
import { must } from "../violation.ts";
import type { CarriedOut } from "./writes_change.ts";

/** Watches which VIPs can serve. */
export interface ServingWatch {
  /** A sync has just been planned from these. */
  begin(vips: ReadonlyMap<string, ModelVip>): void;
  /** The VIPs should be these from now on. */
  change(vips: ReadonlyMap<string, ModelVip>): void;
  check(carriedOut: CarriedOut): void;
}

/**
 * Makes a watch. A VIP counts if it has had something to serve with from when the sync was planned, and
 * is not made anew in it. It may have nothing where what the plan saw was nothing yet.
 */
export function watchServing(): ServingWatch {
  let able: ReadonlyMap<string, ModelVip> = new Map();
  const canServe = ([, { state }]: readonly [string, ModelVip]) => state === "up";
  return {
    begin: (vips) => able = new Map([...vips].filter(canServe)),
    change: (vips) => {
      able = new Map([...able].filter(([key]) => vips.get(key)?.state === "up"));
    },
    check({ write, before, after }) {
      if (write.kind === "settings") return;
      const { vip: key } = write;
      const [wanted, present] = [able.get(key), before.vips.get(key)];
      if (wanted === undefined || present === undefined || isMadeAnew(wanted, present)) return;
      const isKept = !serves(present) || serves(after.vips.get(key));
      must(isKept, 3, () => `${describeWrite(write)} took the last AS of ${wanted.frontend}`);
    },
  };
}

function isMadeAnew(wanted: ModelVip, { encap, isSticky, tableLength }: VipState): boolean {
  return wanted.encap !== encap || wanted.isSticky !== isSticky ||
    wanted.tableLength !== tableLength;
}
