/**
 * One life of the daemon: its checker, its controller and those who listen to it, with the invariants
 * that hold as long as it lives.
 *
 * @module
 */

import { type Checker, type Event, type EventKind, startChecker } from "../../src/checker/mod.ts";
import { inTurns, type VirtualClock } from "../../src/clock.ts";
import type { Config } from "../../src/config/mod.ts";
import { eventHandlers } from "../../src/control/events.ts";
import { type Controller, startController } from "../../src/lb/mod.ts";
import type { Logger } from "../../src/log.ts";
import { countMessages } from "../../src/vpp/api/mod.ts";
import { type Random, seeded } from "../seeded.ts";
import { type CauseWatch, watchCauses } from "./invariants/causes.ts";
import { type EventRecord, recordEvents, type Subscriber } from "./invariants/events_in_order.ts";
import { checkNothingLeft } from "./invariants/nothing_left.ts";
import { type Moment, type WarmUpWatch, watchWarmUp } from "./invariants/warm_up_holds.ts";
import type { MemoryVpp } from "./memory_vpp.ts";
import { modelOf } from "./model.ts";
import type { Seams } from "./seams.ts";
import type { Servers } from "./servers.ts";
import { must } from "./violation.ts";

/** A daemon in the simulation. */
export interface SimulatedDaemon {
  readonly checker: Checker;
  readonly controller: Controller;
  readonly causes: CauseWatch;
  readonly warmUp: WarmUpWatch;
  /** Somebody asked for this: it has an end before the daemon does. */
  follow(task: Promise<unknown>): void;
  /** Where it stands. */
  moment(): Moment;
  /** Reads its events, and has the subscribers read theirs; gives what is new. */
  readEvents(): readonly Event[];
  subscribe(): string;
  /** A subscriber leaves, if there is one. */
  leave(): string;
  /** Ends it, and makes sure that nothing is left. */
  stop(): Promise<void>;
}

/** What a daemon is made of. */
export interface SimulatedDaemonOptions {
  readonly config: Config;
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly log: Logger;
  readonly logLevel: "debug" | "info";
  readonly servers: Servers;
  readonly vpp: MemoryVpp;
  readonly seams: Seams;
  /** Called within each change. */
  readonly onChange: () => void;
}

/** As the daemon has it. */
const probeTurnMs = 5;

/** Longer than a good-bye to a VPP that does not answer. */
const closeMs = 3_000;

/** Starts one. */
export function startSimulatedDaemon(options: SimulatedDaemonOptions): SimulatedDaemon {
  const { clock, config, random, log, servers, vpp, seams, logLevel } = options;
  const startedMs = clock.monotonic();
  const checker = startChecker({
    config,
    prober: seams.prober(servers.prober, clock),
    clock: inTurns(clock, probeTurnMs),
    random: seeded(random.int(0, 1e9)).next,
    log,
  });
  const causes = watchCauses();
  causes.reload(config);
  const warmUp = watchWarmUp();
  const moment = (): Moment => ({
    elapsedMs: clock.monotonic() - startedMs,
    config: checker.config,
    vips: modelOf(checker),
  });
  // Before the controller hears of it.
  checker.onChange(() => {
    warmUp.look(moment());
    options.onChange();
  });
  const record = recordEvents(checker, logLevel);
  const controller = startController({
    watched: seams.watched(checker),
    apiPath: "/simulation/api.sock",
    statsPath: "/simulation/stats.sock",
    clock,
    log,
    apiCounters: countMessages(),
    access: seams.access(vpp.access),
  });
  warmUp.look(moment());
  const crowd = createCrowd({ ...options, checker, record });

  let tasks = 0;
  const follow = (task: Promise<unknown>) => {
    tasks++;
    const end = () => void tasks--;
    task.then(end, end);
  };
  const stop = async () => {
    crowd.finish();
    checker.stop();
    follow(controller.close());
    await clock.advance(0);
    if (tasks > 0) await clock.advance(closeMs);
    checkNothingLeft({
      timers: clock.pending - vpp.timers,
      "connections and segments": vpp.held,
      probes: servers.inFlight,
      subscribers: checker.counters.eventSubscribers,
      tasks: tasks + crowd.watching,
    });
  };
  return {
    checker,
    controller,
    causes,
    warmUp,
    follow,
    moment,
    readEvents: () => {
      const events = record.read();
      for (const event of events) causes.event(event);
      crowd.read();
      return events;
    },
    subscribe: crowd.join,
    leave: crowd.leave,
    stop,
  };
}

/** Those who listen to the events. */
interface Crowd {
  /** Calls of the API that go on. */
  readonly watching: number;
  read(): void;
  join(): string;
  leave(): string;
  finish(): void;
}

/** More than so many do not listen. */
const mostListeners = 6;

const kinds: readonly EventKind[] = ["backend", "frontend", "weight", "reload", "log"];

function createCrowd(
  { checker, record, random, logLevel, seams }: SimulatedDaemonOptions & {
    readonly checker: Checker;
    readonly record: EventRecord;
  },
): Crowd {
  const listeners = new Set<Subscriber>();
  const calls = new Set<AbortController>();
  let watching = 0;
  let joined = 0;
  let isLossUnknown = false;
  let lostByThoseWhoLeft = 0;

  /** A client of the API, who reads all there is until its call is ended. */
  const watch = async () => {
    const call = new AbortController();
    calls.add(call);
    watching++;
    const { WatchEvents } = eventHandlers({ checker });
    try {
      const answers = WatchEvents({} as never, { signal: call.signal } as never);
      for await (const _ of answers as AsyncIterable<unknown>);
    } catch {
      // The caller has gone, or the daemon has: both end the call.
    } finally {
      watching--;
      calls.delete(call);
    }
  };
  const join = () => {
    if (listeners.size + calls.size >= mostListeners) return "nobody more listens";
    if (random.chance(0.2)) {
      watch();
      return "a client watches";
    }
    const name = `listener ${++joined}`;
    const pace = random.pick([Infinity, 20, 3, 0]);
    const wanted = random.shuffle(kinds).slice(0, random.int(1, kinds.length));
    const level = random.pick([logLevel, "info", "warn"] as const);
    const filter = random.chance() ? { kinds: wanted, logLevel: level } : { logLevel };
    listeners.add(record.subscribe({ name, pace, filter, wrap: seams.subscription }));
    return `${name} takes ${pace} at a time`;
  };
  const leave = () => {
    const [call] = calls;
    const [listener] = listeners;
    if (listener === undefined) {
      call?.abort();
      return call === undefined ? "nobody leaves" : "a client leaves";
    }
    isLossUnknown = true;
    listener.leave();
    listeners.delete(listener);
    lostByThoseWhoLeft += listener.lost;
    return `${listener.name} leaves`;
  };
  return {
    get watching() {
      return watching;
    },
    read: () => {
      for (const listener of listeners) if (listener.pace > 0) listener.read(listener.pace);
    },
    join,
    leave,
    finish: () => {
      let lost = lostByThoseWhoLeft;
      for (const listener of listeners) {
        listener.finish();
        lost += listener.lost;
      }
      const { eventsDropped } = checker.counters;
      const isRight = lost === eventsDropped || (isLossUnknown && lost < eventsDropped);
      must(isRight, 10, () => `${lost} lost events were announced, of ${eventsDropped}`);
    },
  };
}
