/**
 * One attempt to connect to VPP: its binary API and its stats segment, both or nothing.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import {
  type ApiConnection,
  type ApiCounters,
  ApiError,
  connectApi,
  logMessages,
  observers,
} from "../vpp/api/mod.ts";
import { type LbClient, openLb, type Profile } from "../vpp/lb/mod.ts";
import { type StatsReader, vitalSigns } from "../vpp/stats/mod.ts";
import { controlPing, showVersion } from "../vpp/wire/mod.ts";
import { socketAccess, type VppAccess } from "./vpp_access.ts";

/** What a VPP told of itself. */
export interface VppInfo {
  readonly version: string;
  readonly buildDate: string;
  readonly buildDirectory: string;
  readonly pid: number;
  /** When VPP started, in milliseconds since the epoch; VPP tells whole seconds. */
  readonly bootTimeMs: number;
  /** When it was connected to, in milliseconds since the epoch. */
  readonly connectedAtMs: number;
  /** How its lb plugin is driven; null if it cannot be. */
  readonly profile: Profile | null;
}

/** A VPP that is connected, on both of its sockets. */
export interface ConnectedVpp {
  readonly api: ApiConnection;
  readonly stats: StatsReader;
  /** Its lb plugin; null if it has none that could be used. */
  readonly lb: LbClient | null;
  /** What it lacks for that, one line each; empty where there is `lb`. */
  readonly missing: readonly string[];
  readonly info: VppInfo;
}

/** What an attempt needs. */
export interface ConnectVppOptions {
  readonly apiPath: string;
  readonly statsPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Counts the messages of the binary API. */
  readonly counters: ApiCounters;
  /** Gives the attempt up. */
  readonly signal: AbortSignal;
  /** Default: {@link socketAccess}. */
  readonly access?: VppAccess | undefined;
}

/**
 * Connects to both sockets and asks VPP who it is. What was opened is closed again if anything fails.
 *
 * @throws {Error} It did not work, for the reason that its message says.
 */
export async function connectVpp(options: ConnectVppOptions): Promise<ConnectedVpp> {
  const { apiPath, statsPath, clock, log, counters, signal, access = socketAccess } = options;
  const observer = observers(counters, logMessages(log));
  const name = "maglev";
  const open = access.openApi;
  const api = await connectApi({ path: apiPath, name, clock, observer, signal, open });
  let stats: StatsReader | null = null;
  try {
    stats = await access.attachStats({ path: statsPath, clock, signal });
    return await ask(api, stats, options);
  } catch (error) {
    stats?.close();
    api.abandon(new ApiError("closed", "the attempt to connect to VPP failed"));
    throw error;
  }
}

/**
 * Asks after the segment is there. As VPP's answer comes on the older of the two connections, it is
 * the VPP that handed out the segment, and not one that was started in between.
 */
async function ask(
  api: ApiConnection,
  stats: StatsReader,
  { statsPath, clock, signal }: ConnectVppOptions,
): Promise<ConnectedVpp> {
  const bootTime = (await stats.read(vitalSigns))["/sys/boottime"];
  if (bootTime === undefined) throw new Error(`${statsPath}: the stats segment has no boot time`);
  const [{ version, buildDate, buildDirectory }, { vpePid: pid }] = await Promise.all([
    api.call(showVersion, {}, { signal }),
    api.call(controlPing, {}, { signal }),
  ]);
  const opened = openLb(api);
  return {
    api,
    stats,
    lb: opened.lb,
    missing: opened.lb === null ? opened.findings.map(({ text }) => text) : [],
    info: {
      version,
      buildDate,
      buildDirectory,
      pid,
      bootTimeMs: bootTime * 1_000,
      connectedAtMs: clock.now(),
      profile: opened.lb?.profile ?? null,
    },
  };
}
