/**
 * Invariant 9, second part: flows that are to be forgotten are forgotten, whatever comes in between.
 *
 * @module
 */

import type { ModelVip } from "../model.ts";
import { must } from "../violation.ts";
import type { VppState } from "../vpp_state.ts";
import type { Write } from "../vpp_write.ts";

/** Remembers the flushes that VPP has yet to be told of. */
export interface FlushWatch {
  /** The VIPs should be these from now on. */
  change(vips: ReadonlyMap<string, ModelVip>): void;
  /** VPP has carried out a write. */
  written(write: Write): void;
  /** VPP has started, and has no flows; or a daemon has, and knows of nothing before. */
  forget(vips: ReadonlyMap<string, ModelVip>): void;
  /** All has become quiet. */
  check(state: VppState): void;
}

/**
 * Makes a watch. An AS owes a flush when it comes into a state that forgets flows, unless its frontend
 * is new, which may be by name only: then it is told when its weight goes to 0, and not else.
 */
export function watchFlushes(): FlushWatch {
  const owed = new Map<string, string>();
  /** Those that were flushed or put in, and have had no weight since: there is nothing to forget. */
  const flowless = new Set<string>();
  let last: ReadonlyMap<string, ModelVip> = new Map();

  const change: FlushWatch["change"] = (vips) => {
    for (const [key, { frontend, ases }] of vips) {
      const before = last.get(key);
      if (before?.frontend !== frontend) continue;
      for (const [address, { backend, flush }] of ases) {
        const place = `${key} ${address}`;
        const earlier = before.ases.get(address);
        const isNew = earlier === undefined || earlier.backend !== backend;
        if (flush && !isNew && !earlier.flush && !flowless.has(place)) owed.set(place, backend);
        // It serves again, or may soon, before VPP could be told.
        if (!flush) owed.delete(place);
      }
    }
    last = vips;
  };
  return {
    change,
    written(write) {
      if ("address" in write) {
        // One that is put in anew, or taken out, has no flows that are of interest here.
        const place = `${write.vip} ${write.address}`;
        if (write.flush || write.kind !== "as-weight") owed.delete(place);
        if (write.weight > 0) flowless.delete(place);
        else if (write.flush || write.kind === "as-add") flowless.add(place);
      } else if (write.kind !== "settings") {
        for (const key of owed.keys()) if (key.startsWith(`${write.vip} `)) owed.delete(key);
      }
    },
    forget(vips) {
      owed.clear();
      flowless.clear();
      last = vips;
    },
    check({ vips }) {
      for (const [place, backend] of owed) {
        const [key, address] = [
          place.slice(0, place.lastIndexOf(" ")),
          place.slice(place.lastIndexOf(" ") + 1),
        ];
        const isThere = vips.get(key)?.ases.has(address) ?? false;
        must(!isThere, 9, () => `the flows of ${backend} at ${place} were never flushed`);
      }
      owed.clear();
    },
  };
}
