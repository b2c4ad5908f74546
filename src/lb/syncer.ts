/**
 * Syncs a VPP, one sync at a time, for as long as it is connected.
 *
 * @module
 */

import type { Clock, Timer } from "../clock.ts";
import type { Logger } from "../log.ts";
import { ApiError } from "../vpp/api/mod.ts";
import {
  type LbClient,
  LbError,
  type LbSettings,
  LbTextError,
  type Vip,
  vipKeyText,
} from "../vpp/lb/mod.ts";
import type { Action } from "./action.ts";
import { type CountersSnapshot, type LbCounters, startCounters } from "./counters.ts";
import type { DesiredVip } from "./desired.ts";
import { planSettings, type SettingChange, syncSettings } from "./settings.ts";
import { type SyncCounters, syncCounters, type SyncCounts } from "./sync_counters.ts";
import { joined, syncQueue, type SyncRequest } from "./sync_queue.ts";
import { actionsFor, runSync, type SyncRun } from "./sync_run.ts";
import type { ConnectedVpp } from "./vpp_link.ts";

/** What became of a sync that somebody asked for. */
export type SyncOutcome =
  | {
    readonly kind: "done";
    readonly counts: SyncCounts;
    readonly durationMs: number;
    /** What VPP refused, also when it was tried again: a line for each VIP, and nothing else. */
    readonly refusals: readonly string[];
  }
  /** There is no VPP, or none that can be driven, or it does not answer. */
  | { readonly kind: "unavailable"; readonly reason: string }
  /** The warm-up is not over. */
  | { readonly kind: "warming-up"; readonly reason: string };

/** What a sync would do now. */
export type PlanOutcome =
  | {
    readonly kind: "planned";
    /** Global settings that VPP has differently, where the sync would write them. */
    readonly settings: readonly SettingChange[];
    readonly actions: readonly Action[];
    /** What VPP has. */
    readonly observed: readonly Vip[];
  }
  | Extract<SyncOutcome, { readonly kind: "unavailable" }>;

/** Options of {@link createSyncer}. */
export interface SyncerOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** What VPP should have, of some frontends or of all. */
  readonly desired: (frontends: SyncRequest["frontends"]) => readonly DesiredVip[];
  readonly settings: () => LbSettings;
  /** The flushes that are to be made though no weight changes. Those that were made are taken out. */
  readonly pendingFlushes: Set<string>;
}

/** Syncs the VPP of the moment. */
export interface Syncer {
  readonly totals: SyncCounters["totals"];
  /** The latest counters; null while there are none. */
  readonly counters: CountersSnapshot | null;
  /** A VPP is there, of which nothing is known. Nothing is synced until that is asked for. */
  connect(vpp: ConnectedVpp): void;
  disconnect(): void;
  /** Syncs as soon as what runs has ended, together with all that is asked for meanwhile. */
  sync(request: SyncRequest): Promise<SyncOutcome>;
  /** What a sync would do now. Changes nothing. */
  plan(request: SyncRequest): Promise<PlanOutcome>;
  /** The VIPs with their buckets and live flows, at most a second old; null without a VPP. */
  readLive(): Promise<readonly Vip[] | null>;
}

/** How long to wait before a sync that VPP did not answer is tried again; then twice as long. */
const retryMs = { first: 1_000, longest: 16_000 } as const;

/** What belongs to one connection. */
interface Session {
  readonly vpp: ConnectedVpp;
  readonly counters: LbCounters | null;
  /** What VPP has, as far as that is known. */
  mirror: readonly Vip[] | null;
  /** What was written, for a VPP that cannot tell. */
  settings: LbSettings | null;
  /**
   * VPP refused something that was planned with its text: as without it a VIP that sticks otherwise
   * looks right, the next plan for everything is to be made with it, too.
   */
  isTextDue: boolean;
}

/** Makes a syncer without a VPP. */
export function createSyncer(options: SyncerOptions): Syncer {
  const { clock, log, desired, pendingFlushes } = options;
  const totals = syncCounters();
  let session: Session | null = null;
  /** What is to be tried again. */
  let unanswered: SyncRequest | null = null;
  let retryTimer: Timer | null = null;
  let failures = 0;

  const run = async (asked: SyncRequest): Promise<SyncOutcome> => {
    const current = session;
    const lb = current?.vpp.lb ?? null;
    if (current === null || lb === null) return unavailable();
    const isRepeated = asked.frontends === "all" && current.isTextDue;
    const request = { ...asked, withText: asked.withText || isRepeated };
    try {
      if (areSettingsDue(request, current)) await writeSettings(current, lb);
      const { mirror } = current;
      const done = await runSync({ lb, clock, log, request, mirror, desired, pendingFlushes });
      finish(current, request, done);
      const { counts, durationMs, refusals } = done;
      return { kind: "done", counts, durationMs, refusals };
    } catch (error) {
      // Nobody knows what was done.
      current.mirror = null;
      current.counters?.lookUpAgain();
      current.counters?.forgetLive();
      if (!isOfVpp(error)) throw error;
      if (current !== session) return { kind: "unavailable", reason: "VPP was lost meanwhile" };
      log.error("vpp-lbsync-error", { error });
      retryLater(request);
      return { kind: "unavailable", reason: error.message };
    }
  };
  const queue = syncQueue(run);

  /** What VPP refuses of them is no reason to leave its VIPs as they are. */
  const writeSettings = async (current: Session, lb: LbClient) => {
    const wanted = options.settings();
    try {
      await syncSettings(lb, wanted, { log, remembered: current.settings });
      current.settings = wanted;
    } catch (error) {
      if (!(error instanceof LbError)) throw error;
      log.error("vpp-lbsync-error", { error, code: error.code, retval: error.retval });
    }
  };

  const finish = (current: Session, { frontends, withText }: SyncRequest, done: SyncRun) => {
    const { mirror, flushed, counts, durationMs } = done;
    failures = 0;
    const isOther = mirror === null ||
      (frontends === "all" && current.mirror !== null && !hasSameVips(current.mirror, mirror));
    current.mirror = mirror;
    if (withText && counts.failed > 0) current.isTextDue = true;
    else if (withText && frontends === "all") current.isTextDue = false;
    for (const key of flushed) pendingFlushes.delete(key);
    totals.add(frontends === "all" ? "all" : "vip", counts, durationMs);
    const { vipAdded, vipRemoved, asAdded, asRemoved, asWeightUpdated } = counts;
    const structural = vipAdded + vipRemoved + asAdded + asRemoved;
    if (structural > 0 || isOther) current.counters?.lookUpAgain();
    if (structural + asWeightUpdated > 0) current.counters?.forgetLive();
  };

  const retryLater = (request: SyncRequest) => {
    const delayMs = Math.min(retryMs.first * 2 ** failures, retryMs.longest);
    failures++;
    unanswered = unanswered === null ? request : joined(unanswered, request);
    retryTimer?.cancel();
    retryTimer = clock.setTimer(delayMs, () => {
      if (unanswered !== null) queue.add(unanswered);
      unanswered = null;
    });
  };

  const unavailable = (): Extract<SyncOutcome, { readonly kind: "unavailable" }> => {
    const reason = session === null
      ? "not connected to VPP"
      : `the lb plugin of this VPP cannot be used: ${session.vpp.missing.join(", ")}`;
    return { kind: "unavailable", reason };
  };

  const plan: Syncer["plan"] = async (request) => {
    const current = session;
    const lb = current?.vpp.lb ?? null;
    if (current === null || lb === null) return unavailable();
    try {
      const [settings, observed] = await Promise.all([
        areSettingsDue(request, current)
          ? planSettings(lb, options.settings(), current.settings)
          : [],
        lb.readVips({ withText: true }),
      ]);
      const input = { desired: desired(request.frontends), observed, profile: lb.profile };
      return {
        kind: "planned",
        settings,
        actions: actionsFor(request, { ...input, pendingFlushes }),
        observed,
      };
    } catch (error) {
      if (!isOfVpp(error)) throw error;
      return { kind: "unavailable", reason: error.message };
    }
  };

  return {
    totals: totals.totals,
    get counters() {
      return session?.counters?.snapshot ?? null;
    },
    connect: (vpp) => {
      const { api, stats, lb } = vpp;
      const counters = lb === null ? null : startCounters({ api, stats, lb, clock, log });
      session = { vpp, counters, mirror: null, settings: null, isTextDue: false };
      failures = 0;
    },
    disconnect: () => {
      session?.counters?.stop();
      session = null;
      unanswered = null;
      retryTimer?.cancel();
    },
    sync: queue.add,
    plan,
    readLive: () => session?.counters?.readLive() ?? Promise.resolve(null),
  };
}

/** Whether the VIPs are the same ones, as they are not if somebody else was at VPP. */
function hasSameVips(some: readonly Vip[], others: readonly Vip[]): boolean {
  const keys = new Set(some.map(vipKeyText));
  return keys.size === others.length && others.every((vip) => keys.has(vipKeyText(vip)));
}

/** VIPs that are released one by one are of no use without the sources of their tunnels. */
function areSettingsDue({ frontends }: SyncRequest, { settings }: Session): boolean {
  return frontends === "all" || settings === null;
}

/** Whether an error says something about VPP, and nothing about this program. */
function isOfVpp(error: unknown): error is Error {
  return [ApiError, LbError, LbTextError].some((kind) => error instanceof kind);
}
