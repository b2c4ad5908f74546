/**
 * The simulated VPP of a soak: a process that is killed now and then, and begins again with nothing.
 *
 * @module
 */

import type { Process, Processes } from "./process.ts";
import { waitUntil } from "./load.ts";

/** A VPP that runs. */
export interface SoakVpp {
  readonly paths: { readonly api: string; readonly stats: string };
  readonly restarts: number;
  /** Of the process that runs now. */
  readonly pid: number;
  /** Whether it was killed so recently that the daemon need not have made it whole again. */
  isAway(): boolean;
  /** Kills it, and starts another. */
  restart(): Promise<void>;
}

/** What to start it with. */
export interface SoakVppOptions {
  readonly executable: string;
  readonly folder: string;
  readonly report: (problem: string) => void;
}

/** How long a daemon may take to find the new one. */
const returnMs = 10_000;

/** How long it may take to start, on a machine that has no time. */
const startMs = 30_000;

/** Flows a second that begin at each VIP. */
const trafficPerVip = "0.2";

/** Starts it, and waits until it listens. */
export async function startSoakVpp(
  processes: Processes,
  { executable, folder, report }: SoakVppOptions,
): Promise<SoakVpp> {
  const paths = { api: `${folder}/api.sock`, stats: `${folder}/stats.sock` };
  let killedAtMs = -Infinity;
  let restarts = 0;

  const start = async (): Promise<Process> => {
    let isListening = false;
    const onLine = (line: string) => {
      if (line.includes("binary API on")) isListening = true;
      else if (line.includes("crashed")) report(`VPP: ${line}`);
    };
    const flags = ["--api", paths.api, "--stats", paths.stats, "--traffic", trafficPerVip];
    const onComplaint = (line: string) => report(`VPP: ${line}`);
    const process = processes.start([executable, "sim", ...flags], { onLine, onComplaint });
    if (!await waitUntil(() => isListening, startMs)) throw new Error("VPP does not start");
    return process;
  };
  let process = await start();
  return {
    paths,
    get restarts() {
      return restarts;
    },
    get pid() {
      return process.pid;
    },
    isAway: () => performance.now() - killedAtMs < returnMs,
    async restart() {
      killedAtMs = performance.now();
      process.signal("SIGKILL");
      await process.ended;
      process = await start();
      restarts++;
    },
  };
}
