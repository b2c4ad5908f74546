/**
 * What all parts of a soak's load have in common.
 *
 * @module
 */

import { systemClock } from "../../src/clock.ts";
import { type RpcClient, rpcClient } from "../../src/rpc/client.ts";
import { serviceName } from "../../src/rpc/maglev_pb.ts";
import { dial, parseServerAddress } from "../../src/transport/mod.ts";
import type { Random } from "../seeded.ts";

/** What a part of the load is given. */
export interface Load {
  /** Where the daemon serves its API. */
  readonly target: string;
  readonly random: Random;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told of what should not have happened. */
  readonly report: (problem: string) => void;
  /** Whether the machine has had too little time lately for anything to be in time. */
  readonly isStarved: () => boolean;
}

/** Sleeps. False if the load ended meanwhile. */
export function pause({ signal }: Pick<Load, "signal">, delayMs: number): Promise<boolean> {
  return systemClock.sleep(delayMs, { signal }).then(() => true, () => false);
}

/** Does it again and again, until the load ends. */
export async function every(load: Load, periodMs: number, act: () => unknown): Promise<void> {
  while (await pause(load, periodMs)) {
    try {
      await act();
    } catch (error) {
      load.report(`${error}`);
    }
  }
}

/** Opens a connection to the API. */
export async function connect({ target }: Pick<Load, "target">): Promise<RpcClient> {
  const parsed = parseServerAddress(target);
  if ("problem" in parsed) throw new Error(parsed.problem);
  const { signal } = new AbortController();
  const transport = await dial(parsed.value, { signal, clock: systemClock });
  return rpcClient({ transport, service: serviceName, authority: target, clock: systemClock });
}

/** Waits until it is so, or the time is over. */
export async function waitUntil(
  isSo: () => boolean | Promise<boolean>,
  patienceMs: number,
): Promise<boolean> {
  const endMs = performance.now() + patienceMs;
  while (!await isSo()) {
    if (performance.now() > endMs) return false;
    await pause(new AbortController(), 100);
  }
  return true;
}
