/**
 * Counters of a simulated VPP without sockets, whose time a test moves.
 *
 * @module
 */

import { type VirtualClock, virtualClock } from "../clock.ts";
import { logger, type LogRecord } from "../log.ts";
import type { ApiCaller } from "../vpp/api/mod.ts";
import { address, callerOf, newVip, vipKey } from "../vpp/lb/lb_fixture.ts";
import { type LbClient, openLb, type Profile } from "../vpp/lb/mod.ts";
import { type TestedVpp, testedVpp } from "../vpp/sim/testing.ts";
import { openStats, type StatsReader } from "../vpp/stats/mod.ts";
import { type LbCounters, startCounters } from "./counters.ts";

/** A VPP and a daemon's counters of it. */
export interface CountersBench extends TestedVpp {
  readonly clock: VirtualClock;
  readonly lb: LbClient;
  readonly counters: LbCounters;
  /** The messages that VPP was sent, by name, since somebody took them out. */
  readonly asked: string[];
  /** What was logged. */
  readonly records: LogRecord[];
  /** Comes before each message, and before each reading of the segment: fails it, or holds it up. */
  readonly faults: { api: () => Promise<void>; stats: () => Promise<void> };
  /** Adds a VIP with ASes of weight 100, says so, and offers it traffic. */
  addVip(text: string, ases: readonly string[], newFlowsPerSecond?: number): Promise<void>;
  /** Lets so many seconds pass, for VPP and for the clock. */
  pass(seconds: number): Promise<void>;
}

/** Starts both. */
export function countersBench(profile: Profile = "weighted"): CountersBench {
  const tested = testedVpp(profile);
  const clock = virtualClock();
  const asked: string[] = [];
  const records: LogRecord[] = [];
  const faults = { api: () => Promise.resolve(), stats: () => Promise.resolve() };
  const log = logger({ clock, sink: () => {} });
  log.subscribe("debug", (record) => records.push(record));
  const caller = callerOf(tested.vpp);
  const api: ApiCaller = {
    call: async (message, fields) => {
      asked.push(message.name);
      await faults.api();
      return await caller.call(message, fields);
    },
    dump: async (message, fields) => {
      asked.push(message.name);
      await faults.api();
      return await caller.dump(message, fields);
    },
    check: caller.check,
  };
  const reader = openStats({ bytes: tested.stats, unmap: () => {} }, clock);
  const stats: Pick<StatsReader, "read"> = {
    read: async (wanted) => {
      await faults.stats();
      return await reader.read(wanted);
    },
  };
  const { lb } = openLb(api);
  if (lb === null) throw new Error("the simulated VPP lacks something");
  const counters = startCounters({ api, lb, stats, clock, log });
  return {
    ...tested,
    ...{ clock, lb, counters, asked, records, faults },
    async addVip(text, ases, newFlowsPerSecond = 10) {
      await lb.addVip(newVip(text));
      for (const as of ases) await lb.addAs(vipKey(text), address(as), 100);
      const { prefix, ...rest } = vipKey(text);
      tested.vpp.offerTraffic({ pfx: prefix, ...rest }, { ...flows, newFlowsPerSecond });
      counters.lookUpAgain();
    },
    async pass(seconds) {
      for (let second = 0; second < seconds; second++) {
        tested.wait(1);
        await clock.advance(1_000);
      }
    },
  };
}

const flows = { packetsPerFlowPerSecond: 2, flowSeconds: 5, packetBytes: 100, clients: 1_000 };
