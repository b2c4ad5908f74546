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
import type { CountersSnapshot } from "./counters.ts";
import { type DesiredVip, desiredVips, type FrontendInput } from "./desired.ts";
import { flushKey } from "./flush_key.ts";
import { membersOf, newlyFlushed, type SeenMembers } from "./pending_flushes.ts";
import type { Scope } from "./plan.ts";
import type { SyncCounters } from "./sync_counters.ts";
import type { SyncRequest } from "./sync_queue.ts";
import { createSyncer, type PlanOutcome, type SyncOutcome } from "./syncer.ts";
import type { VppAccess } from "./vpp_access.ts";
import { type ConnectedVpp, keepVppLink, type VppAbsence, type VppLink } from "./vpp_link.ts";
import {
  coldStart,
  isReleased,
  type WarmingFrontend,
  type WarmUp,
  warmUp,
  type WarmUpTimes,
} from "./warm_up.ts";

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
  /** How to get at VPP. Default: through the sockets at these paths. */
  readonly access?: VppAccess;
}

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
  /** Since when there has been no VPP, and why; null while there is one. */
  readonly absence: VppAbsence | null;
  /** As of {@link VppLink}. */
  readonly silentSince: VppLink["silentSince"];
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

/** Starts to drive the VPP that is, or will be, at these paths. */
export function startController(options: ControllerOptions): Controller {
  const { watched, clock, log } = options;
  const startedMs = clock.monotonic();
  const pendingFlushes = new Set<string>();
  const seen = new Map<string, SeenMembers>();
  let warmth: WarmUp = coldStart;
  let tickTimer: Timer | null = null;
  let tickIntervalNs = 0;
  let warmUpTimer: Timer | null = null;
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

  const settings = () => settingsOf(watched.config.loadBalancer);
  const syncer = createSyncer({ clock, log, desired, settings, pendingFlushes });

  // What makes syncs necessary.

  const syncAll = () => {
    if (warmth.phase === "over") syncer.sync({ frontends: "all", withText: false });
  };

  const syncSome = (names: Iterable<string>) => {
    const frontends = new Set([...names].filter((name) => isReleased(warmth, name)));
    if (frontends.size > 0) syncer.sync({ frontends, withText: false });
  };

  const tick = () => {
    syncAll();
    awaitTick();
  };
  const awaitTick = () => {
    tickTimer?.cancel();
    if (isClosed) return;
    tickIntervalNs = watched.config.loadBalancer.syncIntervalNs;
    tickTimer = clock.setTimer(tickIntervalNs / 1e6, tick);
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
  const warm = (frontends: readonly WarmingFrontend[]) => {
    const before = warmth;
    if (before.phase === "over" || isClosed) return;
    warmth = warmUp(before, { elapsedMs: elapsedMs(), times: warmUpTimes() }, frontends);
    if (warmth.phase !== before.phase) log.info("vpp-warmup", { phase: warmth.phase });
    if (warmth.phase === "over") syncer.sync({ frontends: "all", withText: true });
    else if (warmth !== before) syncSome(frontends.map(({ name }) => name));
  };

  const warmingOf = (name: string, isNew: boolean): WarmingFrontend => {
    const members = [...membersOf(watched.frontend(name)?.weights ?? []).values()];
    return { name, isKnown: members.every(({ state }) => state !== "unknown"), isNew };
  };

  /** Looks at everything when the waiting ends, and when the patience does. */
  const awaitWarmUp = () => {
    const names = Array.from(watched.frontends(), ({ frontend: { name } }) => name);
    warm(names.map((name) => warmingOf(name, false)));
    if (warmth.phase === "over" || isClosed) return;
    const { minMs, maxMs } = warmUpTimes();
    const nextMs = elapsedMs() < minMs ? minMs : maxMs;
    warmUpTimer = clock.setTimerAt(startedMs + nextMs, awaitWarmUp);
  };

  const onChange = ({ frontends, reload }: WatchedChange) => {
    const warming = warmth.phase === "releasing"
      ? frontends.map((name) => warmingOf(name, !seen.has(name)))
      : [];
    noteFlushes(frontends);
    if (warming.length > 0) warm(warming);
    if (watched.config.loadBalancer.syncIntervalNs !== tickIntervalNs) awaitTick();
    if (reload !== null && warmth.phase === "over") {
      syncer.sync({ frontends: "all", withText: true });
      return;
    }
    if (reload !== null) {
      // The delays may be others now.
      warmUpTimer?.cancel();
      awaitWarmUp();
    }
    syncSome(frontends);
  };

  // The connection.

  const onConnect = (vpp: ConnectedVpp) => {
    syncer.connect(vpp);
    if (vpp.lb === null) return;
    logState(vpp.lb, log);
    if (warmth.phase === "over") syncer.sync({ frontends: "all", withText: true });
    else syncSome(Array.from(watched.frontends(), ({ frontend: { name } }) => name));
  };

  noteFlushes(Array.from(watched.frontends(), ({ frontend: { name } }) => name));
  const stopWatching = watched.onChange(onChange);
  const link: VppLink = keepVppLink({
    ...{ clock, log, onConnect, onDisconnect: syncer.disconnect },
    apiPath: options.apiPath,
    statsPath: options.statsPath,
    counters: options.apiCounters,
    access: options.access,
  });
  awaitWarmUp();
  tick();

  return {
    get vpp() {
      return link.connected;
    },
    get absence() {
      return link.absence;
    },
    get silentSince() {
      return link.silentSince;
    },
    get warmUp() {
      const leftMs = warmth.phase === "over" ? 0 : warmUpTimes().maxMs - elapsedMs();
      return { phase: warmth.phase, leftMs: Math.max(0, leftMs) };
    },
    get counters() {
      return syncer.counters;
    },
    syncs: syncer.totals,
    readLive: syncer.readLive,
    plan: (scope) => syncer.plan(requestOf(scope)),
    sync: async (scope) => {
      if (warmth.phase !== "over") {
        const left = formatDuration(Math.ceil((warmUpTimes().maxMs - elapsedMs()) / 1e3) * 1e9);
        return { kind: "warming-up", reason: `the warm-up ends in ${left} at the latest` };
      }
      return await syncer.sync(requestOf(scope));
    },
    close: async () => {
      isClosed = true;
      stopWatching();
      tickTimer?.cancel();
      warmUpTimer?.cancel();
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
