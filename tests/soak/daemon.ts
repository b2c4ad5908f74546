/**
 * The daemon of a soak: started as systemd would do it, and listened to.
 *
 * @module
 */

import { listenForNotifications, type NotifySocket } from "../notify_socket.ts";
import type { Process, Processes } from "./process.ts";
import { waitUntil } from "./load.ts";

/** A daemon that runs. */
export interface SoakDaemon extends Process {
  /** Where it serves its API, and its metrics. */
  readonly target: string;
  readonly metricsUrl: string;
  /** How often it logged a message. */
  logged(msg: string): number;
  /** The longest time for which the watchdog was not fed, up to now. */
  longestHungerMs(): number;
  /** Listens to it no more. */
  close(): void;
}

/** How to start it. */
export interface SoakDaemonOptions {
  readonly executable: string;
  readonly folder: string;
  readonly file: string;
  readonly vppPaths: { readonly api: string; readonly stats: string };
  /** Told of errors that it logs and that none of the load is a reason for. */
  readonly report: (problem: string) => void;
  readonly isVppAway: () => boolean;
  readonly isStarved: () => boolean;
}

/** systemd would kill it after so long without a sign of life. */
export const watchdogMs = 30_000;

/** What a load with bad files and a VPP that is killed, or has no time, is a reason for. */
function isExpected(msg: string, isVppSilent: boolean): boolean {
  return msg === "config-reload-failed" || (msg === "vpp-lbsync-error" && isVppSilent);
}

function recordOf(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Starts the daemon, and waits until it listens. */
export async function startSoakDaemon(
  processes: Processes,
  options: SoakDaemonOptions,
): Promise<SoakDaemon> {
  const { executable, folder, file, vppPaths, report, isVppAway, isStarved } = options;
  const notify = listenForNotifications(`${folder}/notify.sock`);
  const counts = new Map<string, number>();
  const addresses = new Map<string, string>();
  const onLine = (line: string) => {
    const record = recordOf(line);
    if (record === null) return report(`stdout: ${line}`);
    const msg = String(record.msg);
    counts.set(msg, (counts.get(msg) ?? 0) + 1);
    if (msg === "listening") addresses.set(String(record.what), String(record.address));
    if (record.level === "ERROR" && !isExpected(msg, isVppAway() || isStarved())) {
      report(`log: ${line}`);
    }
  };
  const command = [
    ...[executable, "daemon", "--config", file],
    ...["--vpp-api-addr", vppPaths.api, "--vpp-stats-addr", vppPaths.stats],
    ...["--grpc-addr", "127.0.0.1:0", "--metrics-addr", "127.0.0.1:0"],
  ];
  const env = { NOTIFY_SOCKET: `${folder}/notify.sock`, WATCHDOG_USEC: `${1_000 * watchdogMs}` };
  const process = processes.start(command, {
    ...{ env, onLine, onComplaint: (line: string) => report(`stderr: ${line}`) },
  });
  const isReady = () => addresses.size === 2;
  if (!await waitUntil(() => isReady() || !process.isRunning, 20_000) || !isReady()) {
    throw new Error("the daemon does not listen");
  }
  const hunger = watchFeeding(notify);
  return {
    ...process,
    get isRunning() {
      return process.isRunning;
    },
    target: addresses.get("api") ?? "",
    metricsUrl: `http://${addresses.get("metrics")}/metrics`,
    logged: (msg) => counts.get(msg) ?? 0,
    longestHungerMs: hunger.longestMs,
    close: () => {
      hunger.end();
      notify.close();
    },
  };
}

/** Looks often for signs of life. */
function watchFeeding(
  notify: NotifySocket,
): { readonly longestMs: () => number; readonly end: () => void } {
  let fed = 0;
  let fedAtMs = performance.now();
  let longest = 0;
  const look = () => {
    const nowMs = performance.now();
    const messages = notify.received().filter((text) => text.includes("WATCHDOG=1")).length;
    longest = Math.max(longest, nowMs - fedAtMs);
    if (messages > fed) [fed, fedAtMs] = [messages, nowMs];
  };
  const timer = setInterval(look, 500);
  return { longestMs: () => longest, end: () => clearInterval(timer) };
}
