/**
 * One sync: reads what VPP has unless that is known, plans, and carries the plan out.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { type LbClient, type Vip, vipKeyText } from "../vpp/lb/mod.ts";
import { type Action, describeAction } from "./action.ts";
import { type ApplyFailure, applyPlan, type ApplyResult } from "./apply.ts";
import type { DesiredVip } from "./desired.ts";
import { mirrorAll, mirrorSome } from "./mirror.ts";
import { plan, type PlanInput } from "./plan.ts";
import { addCounts, noChanges, type SyncCounts } from "./sync_counters.ts";
import type { SyncRequest } from "./sync_queue.ts";

/** What a sync needs. */
export interface SyncRunOptions {
  readonly lb: LbClient;
  readonly clock: Pick<Clock, "monotonic">;
  readonly log: Logger;
  readonly request: SyncRequest;
  /** What VPP has, as far as that is known; null = VPP is to be asked. */
  readonly mirror: readonly Vip[] | null;
  /** What VPP should have: asked for when what it has is known, as it may change meanwhile. */
  readonly desired: (frontends: SyncRequest["frontends"]) => readonly DesiredVip[];
  readonly pendingFlushes: ReadonlySet<string>;
}

/** What became of a sync. */
export interface SyncRun {
  readonly counts: SyncCounts;
  readonly durationMs: number;
  /** What VPP has now; null where that has to be asked, because it refused something. */
  readonly mirror: readonly Vip[] | null;
  /** What VPP refused to the end: a line for each VIP. */
  readonly refusals: readonly string[];
  /** The flushes that were pending and that no longer are. */
  readonly flushed: ReadonlySet<string>;
}

/**
 * Runs a sync. Where VPP refuses something, the VIPs concerned are read and planned once more; what it
 * refuses again is left to the next sync of everything.
 *
 * @throws {ApiError} VPP does not answer.
 * @throws {LbTextError} Its text makes no sense.
 */
export async function runSync(options: SyncRunOptions): Promise<SyncRun> {
  const { lb, clock, log, request, pendingFlushes } = options;
  const startMs = clock.monotonic();
  const isAll = request.frontends === "all";
  const flushes = new Set(pendingFlushes);
  const observed = isAll || request.withText || options.mirror === null
    ? await lb.readVips({ withText: request.withText })
    : options.mirror;
  const desired = options.desired(request.frontends);
  const input = { desired, observed, profile: lb.profile, pendingFlushes: flushes };
  const actions = actionsFor(request, input);
  const level = isAll && observed.length === 0 ? "debug" : "info";
  logStart(log, request, { actions, desired, observed });

  const first = await applyPlan(lb, actions, { log, clock, level });
  let mirror: readonly Vip[] | null = mirrorAfter(request, input);
  let counts: SyncCounts = first.counts;
  let failures: readonly ApplyFailure[] = [];
  if (first.failures.length > 0) {
    const again = await repeat(first, options);
    counts = addCounts(counts, again.counts);
    failures = again.failures;
    mirror = null;
  }
  const durationMs = clock.monotonic() - startMs;
  const isSilent = actions.length === 0;
  log.log(isSilent ? "debug" : "info", "vpp-lbsync-done", {
    ...scopeOf(request),
    ...logged(counts),
    "duration-ms": Math.round(durationMs * 1_000) / 1_000,
  });
  const refused = new Set(
    failures.filter(({ action }) => action.frontend !== null).map(({ action }) =>
      vipKeyText(action.key)
    ),
  );
  const isOf = (key: string, vips: Iterable<string>) =>
    [...vips].some((vip) => key.startsWith(`${vip} `));
  const flushed = [...flushes].filter((key) =>
    (isAll || isOf(key, desired.map(vipKeyText))) && !isOf(key, refused)
  );
  const refusals = failures.map(({ action, error }) =>
    `${describeAction(action)}: ${error.message}`
  );
  return { counts, durationMs, mirror, refusals, flushed: new Set(flushed) };
}

/** Plans for everything, or for each frontend of a request by itself. */
export function actionsFor(
  { frontends }: SyncRequest,
  input: Omit<PlanInput, "scope">,
): readonly Action[] {
  if (frontends === "all") return plan({ ...input, scope: { kind: "all" } });
  // Only VIPs of one prefix have to do with each other: with all of them for each, a backend of a
  // thousand frontends would take a million looks.
  const byPrefix = Map.groupBy(input.observed, ({ prefix }) => prefix.address.text);
  const wanted = input.desired.filter(({ frontend }) => frontends.has(frontend));
  return wanted.flatMap((vip) => {
    const observed = byPrefix.get(vip.prefix.address.text) ?? [];
    const scope = { kind: "vip", frontend: vip.frontend } as const;
    return plan({ ...input, desired: [vip], observed, scope });
  });
}

function mirrorAfter(
  { frontends }: SyncRequest,
  { desired, observed, profile }: Omit<PlanInput, "scope">,
): readonly Vip[] {
  if (frontends === "all") return mirrorAll(observed, desired, profile);
  return mirrorSome(observed, desired, profile);
}

/**
 * Reads again, and plans for the frontends alone of which VPP refused something. Gives what it refuses
 * again, and what was refused of VIPs that are nobody's.
 */
async function repeat(
  { failures }: ApplyResult,
  { lb, clock, log, desired, pendingFlushes }: SyncRunOptions,
): Promise<{ readonly counts: SyncCounts; readonly failures: readonly ApplyFailure[] }> {
  const frontends = new Set(failures.flatMap(({ action }) => action.frontend ?? []));
  const unwanted = failures.filter(({ action }) => action.frontend === null);
  if (frontends.size === 0) return { counts: noChanges, failures: unwanted };
  const observed = await lb.readVips({ withText: false });
  const input = { desired: desired(frontends), observed, profile: lb.profile, pendingFlushes };
  const actions = actionsFor({ frontends, withText: false }, input);
  const { counts, failures: again } = await applyPlan(lb, actions, { log, clock, level: "info" });
  return { counts, failures: [...unwanted, ...again] };
}

function logStart(
  log: Logger,
  request: SyncRequest,
  { actions, desired, observed }: {
    readonly actions: readonly Action[];
    readonly desired: readonly DesiredVip[];
    readonly observed: readonly Vip[];
  },
): void {
  const sizes = request.frontends === "all"
    ? { "vips-desired": desired.length, "vips-current": observed.length }
    : {};
  const level = actions.length === 0 ? "debug" : "info";
  log.log(level, "vpp-lbsync-start", { ...scopeOf(request), ...sizes });
}

function scopeOf({ frontends }: SyncRequest) {
  if (frontends === "all") return { scope: "all" };
  const [frontend, ...others] = frontends;
  return { scope: "vip", frontend, ...(others.length === 0 ? {} : { others: others.length }) };
}

function logged(counts: SyncCounts) {
  return {
    "vip-added": counts.vipAdded,
    "vip-removed": counts.vipRemoved,
    "as-added": counts.asAdded,
    "as-removed": counts.asRemoved,
    "as-weight-updated": counts.asWeightUpdated,
    failed: counts.failed,
  };
}
