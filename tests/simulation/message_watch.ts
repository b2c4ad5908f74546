/**
 * Looks at each message that VPP gets from the daemon, and at what it makes of VPP.
 *
 * @module
 */

import type { EventLog } from "./event_log.ts";
import { checkBound } from "./invariants/bounds.ts";
import { type FlushWatch, watchFlushes } from "./invariants/flushes_are_made.ts";
import { type ServingWatch, watchServing } from "./invariants/keeps_serving.ts";
import { checkWriteChanges } from "./invariants/writes_change.ts";
import type { Arrival, MemoryVpp, VppWatch } from "./memory_vpp.ts";
import type { Seams } from "./seams.ts";
import type { SimulatedDaemon } from "./simulated_daemon.ts";
import { readState, type VppState } from "./vpp_state.ts";
import { describeWrite, type Write, writeOf } from "./vpp_write.ts";

/** What has been seen of the messages. */
export interface MessageWatch extends VppWatch {
  readonly flushes: FlushWatch;
  readonly serving: ServingWatch;
  /** What VPP was asked for since this was last emptied. */
  readonly writes: Write[];
  /** How many messages of each name it got since then. */
  readonly messages: Map<string, number>;
}

/** What the watch needs to know. */
export interface MessageWatchOptions {
  readonly log: EventLog;
  readonly seams: Seams;
  readonly vpp: () => MemoryVpp;
  readonly daemon: () => SimulatedDaemon | null;
  readonly isMeddledWith: () => boolean;
  /** Runs a check, and keeps what it throws. */
  readonly guarded: (check: () => void) => void;
}

/** Makes a watch. */
export function watchMessages(options: MessageWatchOptions): MessageWatch {
  const { log, seams, guarded } = options;
  const flushes = watchFlushes();
  const serving = watchServing();
  const writes: Write[] = [];
  const messages = new Map<string, number>();

  const check = (
    write: Write,
    reply: unknown,
    { before, after }: { readonly before: VppState; readonly after: VppState },
  ) => {
    const daemon = options.daemon();
    if (daemon === null) return;
    writes.push(write);
    daemon.warmUp.check(write, daemon.moment());
    const isMeddledWith = options.isMeddledWith();
    const areSettingsUnknown = options.vpp().profile === "classic";
    if (!isMeddledWith) serving.check({ write, before, after });
    // A refusal changes nothing, and says so.
    if (isRefusal(reply)) return;
    flushes.written(write);
    checkWriteChanges({ write, before, after }, { isMeddledWith, areSettingsUnknown });
  };
  const carryOutWrite = (write: Write, arrival: Arrival, carryOut: () => unknown) => {
    const vpp = options.vpp();
    const before = stateOf(vpp);
    const reply = carryOut();
    seams.afterMessage(arrival, vpp);
    const after = stateOf(vpp);
    log.add(`      VPP: ${describeWrite(write)}`);
    if (before !== null && after !== null) guarded(() => check(write, reply, { before, after }));
    return reply;
  };
  return {
    flushes,
    serving,
    writes,
    messages,
    onArrival: (unanswered) => {
      guarded(() => checkBound("requests without an answer", unanswered));
    },
    onMessage: (arrival, carryOut) => {
      const { name } = arrival.message;
      messages.set(name, (messages.get(name) ?? 0) + 1);
      const write = writeOf(arrival);
      return write === null ? carryOut() : carryOutWrite(write, arrival, carryOut);
    },
    onFailure: (error) => {
      guarded(() => {
        throw error;
      });
    },
  };
}

/** What VPP has; null while it is down. */
export function stateOf({ vpp, profile }: MemoryVpp): VppState | null {
  return vpp === null ? null : readState(vpp, profile);
}

/** Whether VPP has not done what it was asked for, which `classic` tells in words. */
function isRefusal(reply: unknown): boolean {
  const { retval, reply: text = "" } = reply as { retval: number; reply?: string };
  return retval !== 0 || /error -\d+/.test(text);
}
