/**
 * Finds out that a connected VPP is dead although its socket did not say so.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import {
  feelPulse,
  isSilent,
  type Pulse,
  StatsError,
  type StatsReader,
  type Values,
  vitalSigns,
} from "../vpp/stats/mod.ts";
import { controlPing } from "../vpp/wire/mod.ts";
import type { ConnectedVpp } from "./connect_vpp.ts";
import { socketAccess, type VppAccess } from "./vpp_access.ts";

const pingEveryMs = 10_000;

/** A ping without an answer for so long is a miss. */
const missMs = 5_000;

/**
 * The third miss in a row is the end. A VPP that stands still gets no second ping, which would only
 * lie there beside the first: the time at which it would have been sent and missed counts as one.
 */
const giveUpMs = missMs + 2 * pingEveryMs;

type VitalSigns = Values<typeof vitalSigns>;

/** What to watch, and how. */
export interface WatchOptions {
  readonly vpp: ConnectedVpp;
  readonly statsPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told since when a ping has no answer, in milliseconds since the epoch; null: it has one now. */
  readonly onSilence?: ((since: number | null) => void) | undefined;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Attaches to the stats segment. Default: that of {@link socketAccess}. */
  readonly attach?: VppAccess["attachStats"];
}

/** Pings VPP and feels its pulse, every 10 s. Resolves to why VPP is to be given up; never rejects. */
export async function watchVpp(options: WatchOptions): Promise<string> {
  const { vpp, clock, signal } = options;
  const now = () => clock.monotonic();
  let pulse: Pulse = { bootTime: undefined, heartbeat: undefined, beatMs: now() };
  try {
    for (;;) {
      await clock.sleep(pingEveryMs, { signal });
      await ping(options);
      const signs = await readSigns(vpp.stats);
      if (signs !== null) {
        checkBootTime(signs, options);
        pulse = feelPulse(pulse, signs, now());
      }
      if (isSilent(pulse, now())) {
        await checkSegment(options);
        pulse = { ...pulse, beatMs: now() };
      }
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Resolves when VPP has answered. */
async function ping({ vpp, clock, log, signal, onSilence }: WatchOptions): Promise<void> {
  const sentMs = clock.monotonic();
  const since = clock.now();
  const { pid } = vpp.info;
  let isLate = false;
  const timer = clock.setTimer(missMs, () => {
    isLate = true;
    onSilence?.(since);
    log.warn("vpp-not-responding", { pid });
  });
  try {
    await vpp.api.call(controlPing, {}, { timeoutMs: giveUpMs, signal });
  } finally {
    timer.cancel();
  }
  if (!isLate) return;
  onSilence?.(null);
  log.info("vpp-responding", { pid, "after-ms": clock.monotonic() - sentMs });
}

/** The vital signs; null if VPP kept changing its segment, as it does while much is configured. */
async function readSigns(stats: StatsReader): Promise<VitalSigns | null> {
  try {
    return await stats.read(vitalSigns);
  } catch (error) {
    if (error instanceof StatsError && error.code === "busy") return null;
    throw error;
  }
}

/**
 * Makes sure that the segment of a VPP that answers, but whose heart is not seen to beat, is the one
 * that is handed out now. It may well be: how often the heart beats is in VPP's configuration.
 */
async function checkSegment(options: WatchOptions): Promise<void> {
  const { statsPath: path, clock, signal, attach = socketAccess.attachStats } = options;
  const stats = await attach({ path, clock, signal });
  try {
    checkBootTime(await stats.read(vitalSigns), options);
  } finally {
    stats.close();
  }
}

function checkBootTime(signs: VitalSigns, { vpp, statsPath }: WatchOptions): void {
  const bootTimeMs = (signs["/sys/boottime"] ?? 0) * 1_000;
  if (bootTimeMs !== vpp.info.bootTimeMs) {
    throw new Error(`${statsPath}: the stats segment is that of another VPP by now`);
  }
}
