/**
 * Makes VPP do what health and the operators say: the only one who writes to it.
 *
 * What VPP should be is computed whole, each time; changes only say when. So nothing is lost when a
 * message is, when VPP restarts, or when somebody else has been at it.
 *
 * @module
 */

import type { Clock, Timer } from "../clock.ts";
import { type Address, type Config, formatDuration, type LoadBalancer } from "../config/mod.ts";
import type { Logger } from "../log.ts";
import type { ApiCounters } from "../vpp/api/mod.ts";
import type { LbClient, LbSettings, Vip } from "../vpp/lb/mod.ts";
import type { Action } from "./action.ts";
import { type CountersSnapshot, type LbCounters, startCounters } from "./counters.ts";
import { type DesiredVip, desiredVips, type FrontendInput } from "./desired.ts";
import { flushKey } from "./flush_key.ts";
import { membersOf, newlyFlushed, type SeenMembers } from "./pending_flushes.ts";
import type { Scope } from "./plan.ts";
import { syncSettings } from "./settings.ts";
import { type SyncCounters, syncCounters, type SyncCounts } from "./sync_counters.ts";
import { syncQueue, type SyncRequest } from "./sync_queue.ts";
import { actionsFor, runSync, type SyncRun } from "./sync_run.ts";
import { type ConnectedVpp, keepVppLink, type VppLink } from "./vpp_link.ts";
import { coldStart, isReleased, type WarmUp, warmUp, type WarmUpTimes } from "./warm_up.ts";

/** What the controller has to know of the frontends, and when it changes. The checker tells. */
export interface Watched {
  readonly config: Config;
  frontends(): Iterable<FrontendInput>;
  frontend(name: string): FrontendInput | undefined;
  /** Calls the listener with each change until the function returned is called. */
  onChange(listener: (change: WatchedChange) => void): () => void;
}

/** Some frontends may be others now; after a reload everything may. */
export interface WatchedChange {
  readonly frontends: readonly string[];
  readonly reload: object | null;
}

/** Options of {@link startController}. */
export interface ControllerOptions {
  readonly watched: Watched;
  readonly apiPath: string;
  readonly statsPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Counts the messages of the binary API. */
  readonly apiCounters: ApiCounters;
}

/** What became of a sync that somebody asked for. */
export type SyncOutcome =
  | { readonly kind: "done"; readonly counts: SyncCounts; readonly durationMs: number }
  /** There is no VPP, or none that can be driven, or it does not answer. */
  | { readonly kind: "unavailable"; readonly reason: string }
  /** The warm-up is not over. */
  | { readonly kind: "warming-up"; readonly reason: string };

/** What a sync would do now. */
export type PlanOutcome =
  | {
    readonly kind: "planned";
    readonly actions: readonly Action[];
    /** What VPP has. */
    readonly observed: readonly Vip[];
  }
  | Extract<SyncOutcome, { readonly kind: "unavailable" }>;

/** Where the warm-up stands, for people. */
export interface WarmUpReport {
  readonly phase: WarmUp["phase"];
  /** Until everything is written, at the latest. */
  readonly leftMs: number;
}

/** Drives a VPP. */
export interface Controller {
  /** The VPP of the moment; null while there is none. */
  readonly vpp: ConnectedVpp | null;
  readonly warmUp: WarmUpReport;
  /** The latest counters; null while there are none. */
  readonly counters: CountersSnapshot | null;
  readonly syncs: SyncCounters["totals"];
  /** The VIPs with their buckets and live flows, at most a second old; null without a VPP. */
  readLive(): Promise<readonly Vip[] | null>;
  /** What a sync would do now. Changes nothing. */
  plan(scope: Scope): Promise<PlanOutcome>;
  /** Syncs now, because an operator wants it. */
  sync(scope: Scope): Promise<SyncOutcome>;
  /** Ends the connection, and leaves VPP as it is. */
  close(): Promise<void>;
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
}

/** Starts to drive the VPP that is, or will be, at these paths. */
export function startController(options: ControllerOptions): Controller {
  const { watched, clock, log } = options;
  const startedMs = clock.monotonic();
  const totals = syncCounters();
  const pendingFlushes = new Set<string>();
  const seen = new Map<string, SeenMembers>();
  let warmth: WarmUp = coldStart;
  let session: Session | null = null;
  let tickTimer: Timer | null = null;
  let warmUpTimer: Timer | null = null;
  let retryTimer: Timer | null = null;
  let failures = 0;
  let isClosed = false;

  const addressOf = (name: string): Address => {
    const backend = watched.config.backends.get(name);
    if (backend === undefined) throw new RangeError(`there is no backend ${name}`);
    return backend.address;
  };
  const desired = (frontends: SyncRequest["frontends"]): readonly DesiredVip[] => {
    const inputs = frontends === "all"
      ? watched.frontends()
      : [...frontends].flatMap((name) => watched.frontend(name) ?? []);
    return desiredVips(inputs, addressOf);
  };

  // Syncs, one at a time.

  const run = async (request: SyncRequest): Promise<SyncOutcome> => {
    const current = session;
    const lb = current?.vpp.lb ?? null;
    if (current === null || lb === null) return unavailable();
    try {
      if (request.frontends === "all") {
        const wanted = settingsOf(watched.config.loadBalancer);
        const isWritten = await syncSettings(lb, wanted, { log, remembered: current.settings });
        current.settings = isWritten ? wanted : current.settings ?? wanted;
      }
      const { mirror } = current;
      const done = await runSync({ lb, clock, log, request, mirror, desired, pendingFlushes });
      finish(current, request, done);
      return { kind: "done", counts: done.counts, durationMs: done.durationMs };
    } catch (error) {
      current.mirror = null;
      if (current !== session) return { kind: "unavailable", reason: "VPP was lost meanwhile" };
      log.error("vpp-lbsync-error", { error: error as object });
      retryLater();
      return {
        kind: "unavailable",
        reason: error instanceof Error ? error.message : String(error),
      };
    }
  };
  const queue = syncQueue(run);

  const finish = (
    current: Session,
    request: SyncRequest,
    { mirror, flushed, ...done }: SyncRun,
  ) => {
    failures = 0;
    current.mirror = mirror;
    for (const key of flushed) pendingFlushes.delete(key);
    totals.add(request.frontends === "all" ? "all" : "vip", done.counts, done.durationMs);
    const { vipAdded, vipRemoved, asAdded, asRemoved } = done.counts;
    if (vipAdded + vipRemoved + asAdded + asRemoved > 0) current.counters?.lookUpAgain();
  };

  const retryLater = () => {
    const delayMs = Math.min(retryMs.first * 2 ** failures, retryMs.longest);
    failures++;
    retryTimer?.cancel();
    retryTimer = clock.setTimer(delayMs, syncAll);
  };

  const syncAll = () => {
    if (warmth.phase === "over") queue.add({ frontends: "all", withText: false });
  };

  const syncSome = (names: Iterable<string>) => {
    const frontends = new Set([...names].filter((name) => isReleased(warmth, name)));
    if (frontends.size > 0) queue.add({ frontends, withText: false });
  };

  // What makes them necessary.

  const tick = () => {
    syncAll();
    const { syncIntervalNs } = watched.config.loadBalancer;
    if (!isClosed) tickTimer = clock.setTimer(syncIntervalNs / 1e6, tick);
  };

  /** Notes whose flows are to be forgotten. */
  const noteFlushes = (names: Iterable<string>) => {
    for (const name of names) {
      const input = watched.frontend(name);
      if (input === undefined) {
        seen.delete(name);
        continue;
      }
      const now = membersOf(input.weights);
      const flushed = newlyFlushed(seen.get(name) ?? new Map(), now);
      seen.set(name, now);
      if (flushed.length === 0) continue;
      for (const vip of desiredVips([input], addressOf)) {
        for (const name of flushed) pendingFlushes.add(flushKey(vip, addressOf(name)));
      }
    }
  };

  const warmUpTimes = (): WarmUpTimes => {
    const { startupMinDelayNs, startupMaxDelayNs } = watched.config.loadBalancer;
    return { minMs: startupMinDelayNs / 1e6, maxMs: startupMaxDelayNs / 1e6 };
  };
  const elapsedMs = () => clock.monotonic() - startedMs;

  /** Takes the warm-up as far as it goes, and writes what it releases. */
  const warm = () => {
    warmUpTimer?.cancel();
    const before = warmth;
    if (before.phase === "over" || isClosed) return;
    const frontends = Array.from(watched.frontends(), ({ frontend: { name }, weights }) => {
      const isKnown = [...membersOf(weights).values()].every(({ state }) => state !== "unknown");
      return { name, isKnown };
    });
    const times = warmUpTimes();
    warmth = warmUp(before, elapsedMs(), times, frontends);
    if (warmth.phase !== before.phase) log.info("vpp-warmup", { phase: warmth.phase });
    if (warmth.phase === "over") {
      queue.add({ frontends: "all", withText: true });
      return;
    }
    syncSome(frontends.map(({ name }) => name).filter((name) => !isReleased(before, name)));
    const nextMs = elapsedMs() < times.minMs ? times.minMs : times.maxMs;
    warmUpTimer = clock.setTimerAt(startedMs + nextMs, warm);
  };

  const onChange = ({ frontends, reload }: WatchedChange) => {
    noteFlushes(frontends);
    if (warmth.phase !== "over") warm();
    if (reload === null) syncSome(frontends);
    else if (warmth.phase === "over") queue.add({ frontends: "all", withText: true });
    else syncSome(frontends);
  };

  // The connection.

  const onConnect = (vpp: ConnectedVpp) => {
    const { api, stats, lb } = vpp;
    const counters = lb === null ? null : startCounters({ api, stats, lb, clock, log });
    session = { vpp, counters, mirror: null, settings: null };
    failures = 0;
    if (lb === null) return;
    logState(lb, log);
    if (warmth.phase === "over") queue.add({ frontends: "all", withText: true });
    else if (warmth.phase === "releasing") syncSome(warmth.released);
  };
  const onDisconnect = () => {
    session?.counters?.stop();
    session = null;
    retryTimer?.cancel();
  };

  const unavailable = (): Extract<SyncOutcome, { readonly kind: "unavailable" }> => {
    const reason = session === null
      ? "not connected to VPP"
      : `the lb plugin of this VPP cannot be used: ${session.vpp.missing.join(", ")}`;
    return { kind: "unavailable", reason };
  };

  noteFlushes(Array.from(watched.frontends(), ({ frontend: { name } }) => name));
  const stopWatching = watched.onChange(onChange);
  const link: VppLink = keepVppLink({
    ...{ clock, log, onConnect, onDisconnect },
    apiPath: options.apiPath,
    statsPath: options.statsPath,
    counters: options.apiCounters,
  });
  warm();
  tick();

  return {
    get vpp() {
      return link.connected;
    },
    get warmUp() {
      const leftMs = warmth.phase === "over" ? 0 : warmUpTimes().maxMs - elapsedMs();
      return { phase: warmth.phase, leftMs: Math.max(0, leftMs) };
    },
    get counters() {
      return session?.counters?.snapshot ?? null;
    },
    syncs: totals.totals,
    readLive: () => session?.counters?.readLive() ?? Promise.resolve(null),
    plan: async (scope) => {
      const lb = session?.vpp.lb ?? null;
      if (lb === null) return unavailable();
      try {
        const observed = await lb.readVips({ withText: true });
        const request = requestOf(scope);
        const input = { desired: desired(request.frontends), observed, profile: lb.profile };
        const actions = actionsFor(request, { ...input, pendingFlushes });
        return { kind: "planned", actions, observed };
      } catch (error) {
        return { kind: "unavailable", reason: (error as Error).message };
      }
    },
    sync: async (scope) => {
      if (warmth.phase !== "over") {
        const left = formatDuration(Math.ceil((warmUpTimes().maxMs - elapsedMs()) / 1e3) * 1e9);
        return { kind: "warming-up", reason: `the warm-up ends in ${left} at the latest` };
      }
      return await queue.add(requestOf(scope));
    },
    close: async () => {
      isClosed = true;
      stopWatching();
      for (const timer of [tickTimer, warmUpTimer, retryTimer]) timer?.cancel();
      await link.close();
    },
  };
}

function requestOf(scope: Scope): SyncRequest {
  const frontends = scope.kind === "all" ? "all" : new Set([scope.frontend]);
  return { frontends, withText: true };
}

function settingsOf(loadBalancer: LoadBalancer): LbSettings {
  const { sourceIpv4, sourceIpv6, stickyBucketsPerCore, flowTimeoutNs } = loadBalancer;
  return { sourceIpv4, sourceIpv6, stickyBucketsPerCore, flowTimeoutSeconds: flowTimeoutNs / 1e9 };
}

/** Logs what VPP has when it is connected. */
async function logState(lb: LbClient, log: Logger): Promise<void> {
  try {
    const [settings, vips] = [await lb.readSettings(), await lb.readVips({ withText: false })];
    log.info("vpp-lb-state", {
      vips: vips.length,
      "application-servers": vips.reduce((sum, { ases }) => sum + ases.length, 0),
      "sticky-buckets-per-core": settings?.stickyBucketsPerCore,
      "flow-timeout": settings === null
        ? undefined
        : formatDuration(settings.flowTimeoutSeconds * 1e9),
    });
  } catch {
    // The sync that follows will say what is wrong.
  }
}
