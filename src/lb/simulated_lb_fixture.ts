/**
 * A load balancer for tests: the simulated VPP, without sockets.
 *
 * @module
 */

import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { logger } from "../log.ts";
import type { ApiCaller } from "../vpp/api/mod.ts";
import { simulatedApi } from "../vpp/lb/lb_fixture.ts";
import { type LbClient, openLb, type Profile } from "../vpp/lb/mod.ts";
import { cliInband, decode, encode, frameHeaderBytes, type Message } from "../vpp/wire/mod.ts";
import { type Action, countActions } from "./action.ts";
import { applyPlan } from "./apply.ts";

/** A simulated VPP that has just started. */
export interface SimulatedLb {
  readonly lb: LbClient;
  /** Runs a command, whatever comes of it. */
  cli(command: string): Promise<void>;
}

/** Starts one. */
export function simulatedLb(profile: Profile): SimulatedLb {
  const api = overWire(simulatedApi(profile));
  const { lb } = openLb(api);
  assert(lb !== null);
  const cli = async (cmd: string) => void await api.call(cliInband, { cmd });
  return { lb, cli };
}

/** Takes messages through their bytes, in which names and numbers of enumerations are one. */
function overWire(api: ApiCaller): ApiCaller {
  return {
    check: (messages) => api.check(messages),
    call: async (message, fields) =>
      overBytes(message.reply, await api.call(message, overBytes(message, fields))),
    dump: async (message, fields) => {
      const details = await api.dump(message, overBytes(message, fields));
      return details.map((each) => overBytes(message.details, each));
    },
  };
}

function overBytes<T>(message: Message<T>, fields: NoInfer<T>): T {
  const frame = encode(message, fields, { id: 0, clientIndex: 0, context: 0 });
  return decode(message, frame.subarray(frameHeaderBytes));
}

const clock = virtualClock();
const log = logger({ clock, sink: () => {} });

/** Carries out actions, none of which may be refused. */
export async function carryOut(lb: LbClient, actions: readonly Action[]): Promise<void> {
  const { counts, failures } = await applyPlan(lb, actions, { log, clock, level: "debug" });
  assert.deepEqual(failures, []);
  assert.deepEqual(counts, { ...countActions(actions), failed: 0 });
}
