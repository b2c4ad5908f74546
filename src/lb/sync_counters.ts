/**
 * What syncs did so far, for metrics.
 *
 * @module
 */

import { createHistogram, type Histogram } from "../histogram.ts";
import type { ActionCounts } from "./action.ts";

/** Whether a sync was about everything or about single VIPs. */
export type SyncScope = "all" | "vip";

/** What a sync did, and how many actions VPP refused. */
export type SyncCounts = ActionCounts & { readonly failed: number };

/** The totals of one scope. */
export interface SyncTotals {
  readonly counts: SyncCounts;
  /** In seconds. */
  readonly durations: Histogram;
}

/** Totals by scope, since the start. */
export interface SyncCounters {
  readonly totals: Readonly<Record<SyncScope, SyncTotals>>;
  add(scope: SyncScope, counts: SyncCounts, durationMs: number): void;
}

/** What a sync that did nothing did. */
export const noChanges: SyncCounts = {
  vipAdded: 0,
  vipRemoved: 0,
  asAdded: 0,
  asRemoved: 0,
  asWeightUpdated: 0,
  failed: 0,
};

/** The sum of two counts. */
export function addCounts(one: SyncCounts, other: SyncCounts): SyncCounts {
  return {
    vipAdded: one.vipAdded + other.vipAdded,
    vipRemoved: one.vipRemoved + other.vipRemoved,
    asAdded: one.asAdded + other.asAdded,
    asRemoved: one.asRemoved + other.asRemoved,
    asWeightUpdated: one.asWeightUpdated + other.asWeightUpdated,
    failed: one.failed + other.failed,
  };
}

/** Counts from 0. */
export function syncCounters(): SyncCounters {
  const durations = { all: createHistogram(), vip: createHistogram() };
  const totals = {
    all: { counts: noChanges, durations: durations.all },
    vip: { counts: noChanges, durations: durations.vip },
  };
  return {
    totals,
    add: (scope, counts, durationMs) => {
      totals[scope].counts = addCounts(totals[scope].counts, counts);
      durations[scope].observe(durationMs / 1_000);
    },
  };
}
