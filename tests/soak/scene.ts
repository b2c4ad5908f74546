/**
 * What is there in a soak before the load begins: servers, a VPP and the daemon.
 *
 * @module
 */

import { soakConfiguration, type SoakSite } from "./configuration.ts";
import { type SoakDaemon, startSoakDaemon } from "./daemon.ts";
import type { Periods, SoakOptions } from "./options.ts";
import type { Processes } from "./process.ts";
import { type SoakVpp, startSoakVpp } from "./vpp.ts";

/** The scene. */
export interface SoakScene {
  readonly executable: string;
  readonly processes: Processes;
  readonly site: SoakSite;
  /** The daemon's file. */
  readonly file: string;
  readonly vpp: SoakVpp;
  readonly daemon: SoakDaemon;
  /** Makes all servers answer from now on. */
  calmServers(): Promise<void>;
  /** Asks the daemon for its metrics. */
  scrape(): Promise<string>;
}

/** What to set it with. */
export interface SoakSceneOptions extends Pick<SoakOptions, "backends" | "frontends" | "seed"> {
  readonly executable: string;
  readonly folder: string;
  readonly processes: Processes;
  readonly periods: Periods;
  readonly report: (problem: string) => void;
  readonly isStarved: () => boolean;
}

const scrapeTimeoutMs = 10_000;

/** Starts all of it. */
export async function setScene(options: SoakSceneOptions): Promise<SoakScene> {
  const { executable, folder, processes, periods, report, isStarved } = options;
  const { backends, frontends, seed } = options;
  const servers = startServers(processes, [seed, backends, periods.behaviourMs], report);
  const site = { backends, frontends, ports: await servers.ports, probeMs: periods.probeMs };
  const file = `${folder}/maglev.yaml`;
  await Deno.writeTextFile(file, soakConfiguration(site, "first"));
  const vpp = await startSoakVpp(processes, { executable, folder, report });
  const daemon = await startSoakDaemon(processes, {
    ...{ executable, folder, file, vppPaths: vpp.paths, report, isVppAway: vpp.isAway, isStarved },
  });
  return {
    ...{ executable, processes, site, file, vpp, daemon },
    calmServers: servers.calm,
    async scrape() {
      const signal = AbortSignal.timeout(scrapeTimeoutMs);
      const answer = await fetch(daemon.metricsUrl, { signal });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
      return text;
    },
  };
}

interface Servers {
  readonly ports: Promise<SoakSite["ports"]>;
  calm(): Promise<void>;
}

function startServers(
  processes: Processes,
  args: readonly number[],
  report: (problem: string) => void,
): Servers {
  const ports = Promise.withResolvers<SoakSite["ports"]>();
  const script = new URL("servers.ts", import.meta.url).pathname;
  const command = [Deno.execPath(), "run", "-A", "--quiet", "--no-check", script];
  const process = processes.start([...command, ...args.map(String)], {
    onLine: (line) => ports.resolve(JSON.parse(line)),
    onComplaint: (line) => report(`servers: ${line}`),
  });
  process.ended.then(() => ports.reject(new Error("the servers do not start")));
  return { ports: ports.promise, calm: () => process.tell("calm") };
}
