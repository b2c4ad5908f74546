/**
 * Invariant 5, first part: while a daemon does not know enough, it writes nothing.
 *
 * @module
 */

import type { Config } from "../../../src/config/mod.ts";
import type { ModelVip } from "../model.ts";
import { describeWrite, type Write } from "../vpp_write.ts";
import { must } from "../violation.ts";

/** A moment of a daemon's life. */
export interface Moment {
  readonly elapsedMs: number;
  readonly config: Config;
  readonly vips: ReadonlyMap<string, ModelVip>;
}

/** Watches the warm-up of one daemon. */
export interface WarmUpWatch {
  readonly isOver: boolean;
  /** To be called before anything changes, and after. */
  look(moment: Moment): void;
  check(write: Write, moment: Moment): void;
}

/** Makes a watch over a daemon that starts. */
export function watchWarmUp(): WarmUpWatch {
  const released = new Set<string>();
  let hasBegun = false;
  let isOver = false;
  const look = ({ elapsedMs, config: { loadBalancer }, vips }: Moment) => {
    const { startupMinDelayNs, startupMaxDelayNs } = loadBalancer;
    if (elapsedMs >= startupMaxDelayNs / 1e6) isOver = true;
    // A reload that makes the delay longer does not take back what has begun.
    if (elapsedMs >= startupMinDelayNs / 1e6) hasBegun = true;
    if (isOver || !hasBegun) return;
    for (const { frontend, isKnown } of vips.values()) if (isKnown) released.add(frontend);
    isOver = Array.from(vips.values()).every(({ frontend }) => released.has(frontend));
  };
  return {
    get isOver() {
      return isOver;
    },
    look,
    check(write, moment) {
      look(moment);
      if (isOver) return;
      const { elapsedMs } = moment;
      const vip = write.kind === "settings" ? undefined : moment.vips.get(write.vip);
      // The settings are nobody's VIP: a frontend that a reload has renamed, and that is gone under its
      // old name, is reason enough to see to them.
      const isFree = write.kind === "settings" || released.has(vip?.frontend ?? "");
      must(hasBegun && isFree, 5, () => {
        return `${describeWrite(write)} ${elapsedMs} ms after the start, before it may be`;
      });
    },
  };
}
