/**
 * A simulated VPP for the tests of the controller: it can be told to refuse things, and is sent flows.
 *
 * @module
 */

import { type Clock, systemClock } from "../src/clock.ts";
import type { Profile, VipKey } from "../src/vpp/lb/mod.ts";
import { type Faults, startSimulator } from "../src/vpp/sim/server.ts";
import type { RunningVpp } from "./vpp_under_test.ts";

/** A simulated VPP that runs. It begins once. */
export interface RunningSimulator extends RunningVpp {
  readonly faults: Faults;
  /** Sends the first packets of so many flows to a VIP. */
  sendFlows(vip: VipKey, flows: number): void;
}

/** Starts one. */
export async function runSimulator(profile: Profile = "weighted"): Promise<RunningSimulator> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-sim-" });
  const paths = { apiPath: `${folder}/api.sock`, statsPath: `${folder}/stats.sock` };
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, monotonic: () => systemClock.monotonic() + aheadMs };
  const simulator = await startSimulator({
    ...{ ...paths, profile, clock, random: Math.random },
  });
  const sendFlows = ({ prefix, protocol, port }: VipKey, flows: number) => {
    const vip = { pfx: prefix, protocol, port };
    const oneEach = { packetsPerFlowPerSecond: 1, flowSeconds: 1, packetBytes: 100, clients: 9 };
    simulator.vpp.offerTraffic(vip, { newFlowsPerSecond: flows, ...oneEach });
    aheadMs += 1_000;
    simulator.vpp.catchUp();
    simulator.vpp.offerTraffic(vip, null);
  };
  return {
    ...paths,
    faults: simulator.faults,
    sendFlows,
    kill: () => Promise.resolve(simulator.close()),
    start: () => Promise.reject(new Error("it begins once")),
    pause: () => void (simulator.faults.isStopped = true),
    resume: () => void (simulator.faults.isStopped = false),
    end: async () => {
      simulator.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
