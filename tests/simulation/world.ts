/**
 * All that takes part in a run, and the invariants that are looked at all the time.
 *
 * @module
 */

import { type VirtualClock, virtualClock } from "../../src/clock.ts";
import type { Config } from "../../src/config/mod.ts";
import { logger } from "../../src/log.ts";
import { type Random, seeded } from "../seeded.ts";
import { configOf, drawSite, type Site } from "./draw_site.ts";
import { type EventLog, eventLog } from "./event_log.ts";
import { checkTrust } from "./invariants/causes.ts";
import { type MemoryVpp, memoryVpp } from "./memory_vpp.ts";
import { type MessageWatch, stateOf, watchMessages } from "./message_watch.ts";
import { modelOf } from "./model.ts";
import { watchProbes } from "./probe_watch.ts";
import type { Seams } from "./seams.ts";
import { createServers, type Servers } from "./servers.ts";
import { type SimulatedDaemon, startSimulatedDaemon } from "./simulated_daemon.ts";
import { drawTraits, type Traits } from "./traits.ts";
import { must } from "./violation.ts";
import type { VppState } from "./vpp_state.ts";
import { writeOf } from "./vpp_write.ts";

/** A run's world. */
export interface World {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly log: EventLog;
  readonly vpp: MemoryVpp;
  readonly servers: Servers;
  readonly traits: Traits;
  readonly daemon: SimulatedDaemon;
  /** What VPP got from the daemon. */
  readonly seen: MessageWatch;
  /** What the file says. */
  site: Site;
  /** Somebody else has been at VPP since it was last seen to be right. */
  isMeddledWith: boolean;
  /** What VPP has; null while it is down. */
  state(): VppState | null;
  config(): Config;
  /** Lets time pass, and looks at everything. */
  step(ms: number): Promise<void>;
  /** Looks at everything now. */
  look(): void;
  /** Another daemon takes the place of the one that runs. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** More time than this does not pass without a look: the record of events must not be late. */
const longestStepMs = 1_000;

/** What is logged when something of ours has thrown. */
const ownFailures = /^(vpp-callback|change-listener|log-listener)-failed$/;

/** Makes the world that a seed draws, in which a daemon has just started. */
export function createWorld(seed: number, seams: Seams): World {
  const random = seeded(seed);
  const traits = drawTraits(random);
  const clock = virtualClock();
  const log = eventLog(clock);
  let broken: unknown = null;
  let daemon: SimulatedDaemon | null = null;

  /** What is found within a callback is told at the next look, because there it would be caught. */
  const guarded = (check: () => void) => {
    try {
      check();
    } catch (error) {
      broken ??= error;
    }
  };

  const seen = watchMessages({
    ...{ log, seams, guarded },
    vpp: () => vpp,
    daemon: () => daemon,
    isMeddledWith: () => world.isMeddledWith,
  });
  const daemonLog = logger({ clock, level: "error", sink: () => {} });
  daemonLog.subscribe("info", ({ level, msg, attributes }) => {
    log.add(`${level} ${msg} ${JSON.stringify(attributes)}`);
    if (ownFailures.test(msg)) broken ??= new Error(`${msg}: ${JSON.stringify(attributes)}`);
    if (msg === "vpp-lbsync-start" && daemon !== null) seen.serving.begin(modelOf(daemon.checker));
  });
  const logLevel = random.chance(0.2) ? "debug" : "info";
  const vpp = memoryVpp({
    clock,
    random: seeded(random.int(0, 1e9)).next,
    profile: random.chance(0.75) ? "weighted" : "classic",
    isWrite: (arrival) => writeOf(arrival) !== null,
    watch: seen,
  });
  const watch = watchProbes({ daemon: () => daemon, guarded });
  const servers = createServers({ clock, random: seeded(random.int(0, 1e9)), watch });

  const start = (site: Site) => {
    const config = configOf(site);
    if (config === null) throw new Error("the file is wrong");
    daemon = startSimulatedDaemon({
      ...{ config, clock, random, log: daemonLog, logLevel, servers, vpp, seams },
      onChange: () => {
        const vips = modelOf(present().checker);
        seen.serving.change(vips);
        seen.flushes.change(vips);
      },
    });
    seen.flushes.forget(modelOf(present().checker));
  };
  const present = (): SimulatedDaemon => {
    if (daemon === null) throw new Error("there is no daemon");
    return daemon;
  };
  const tellBroken = () => {
    if (broken !== null) throw broken;
  };
  const look = () => {
    tellBroken();
    const { checker, warmUp, moment } = present();
    for (const event of present().readEvents()) {
      if (event.kind !== "log") log.add(`   event ${JSON.stringify(event)}`);
    }
    const now = moment();
    warmUp.look(now);
    for (const { health } of checker.backends()) checkTrust(health);
    for (const { frontend, state } of now.vips.values()) {
      const told = checker.frontend(frontend)?.state;
      must(told === state, 7, () => `${frontend} is ${told}, and should be ${state}`);
    }
  };

  const world: World = {
    ...{ clock, random, log, vpp, servers, traits, seen, look },
    site: drawSite(random),
    isMeddledWith: false,
    get daemon() {
      return present();
    },
    state: () => stateOf(vpp),
    config: () => present().checker.config,
    async step(ms) {
      for (let leftMs = ms; leftMs > longestStepMs; leftMs -= longestStepMs) {
        await clock.advance(longestStepMs);
        look();
      }
      await clock.advance(ms % longestStepMs || Math.min(ms, longestStepMs));
      look();
    },
    async restart() {
      look();
      await present().stop();
      tellBroken();
      start(world.site);
    },
    async end() {
      look();
      await present().stop();
      tellBroken();
      vpp.close();
      await clock.advance(0);
      must(clock.pending === 0, 11, () => `${clock.pending} timers of nobody`);
    },
  };
  start(world.site);
  return world;
}
