/**
 * The machine on which something was measured.
 *
 * @module
 */

import { realVppVersion } from "./vpps.ts";

/** What a reader of the figures has to know of the machine. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly kernel: string;
  readonly deno: string;
  /** Null where there is no real VPP. */
  readonly vpp: string | null;
  /** The load before the run: the average over the last minute. */
  readonly load: number;
  /** When the run began. */
  readonly date: string;
}

/** Above this, others have taken time from what was measured. */
const quietLoad = 0.5;

/** Looks at this machine. */
export async function lookAtMachine(): Promise<Machine> {
  const cpuInfo = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return {
    cpu: /^model name\s*:\s*(.*)$/m.exec(cpuInfo)?.[1] ?? Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    memoryGB: Math.round(Deno.systemMemoryInfo().total / 1e9),
    kernel: Deno.osRelease(),
    deno: Deno.version.deno,
    vpp: await realVppVersion(),
    load: Deno.loadavg()[0] ?? NaN,
    date: new Date().toISOString().slice(0, 10),
  };
}

/** What a reader has to be warned of. */
export function warningsOf({ load }: Machine): readonly string[] {
  if (load <= quietLoad) return [];
  return [
    `the load was ${load.toFixed(2)} before the run: other programs were busy, so ratios count ` +
    "for more than times",
  ];
}
