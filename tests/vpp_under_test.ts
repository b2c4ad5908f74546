/**
 * The VPPs that tests run against: the simulated one, and a real one where there is one.
 *
 * @module
 */

import { systemClock } from "../src/clock.ts";
import { startSimulator } from "../src/vpp/sim/server.ts";

/** A VPP that runs, in a folder of its own. */
export interface RunningVpp {
  readonly apiPath: string;
  readonly statsPath: string;
  /** Ends it at once, as a crash would, and leaves its socket files. */
  kill(): Promise<void>;
  /** Starts it again on the same paths, with nothing. */
  start(): Promise<void>;
  /** Stops it in the middle of whatever it does, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it, and removes the folder. */
  end(): Promise<void>;
}

/** A kind of VPP. */
export interface VppKind {
  readonly name: string;
  readonly isReal: boolean;
  readonly run: () => Promise<RunningVpp>;
}

/** The executable of a real VPP: `MAGLEV_TEST_VPP`, or `vpp` on the PATH. */
const realVpp = Deno.env.get("MAGLEV_TEST_VPP") ?? find("vpp");

/** The kinds that are there, the simulated one first. */
export const vppKinds: readonly VppKind[] = [
  { name: "simulated VPP", isReal: false, run: runSimulated },
  ...(realVpp === undefined
    ? []
    : [{ name: "real VPP", isReal: true, run: () => runReal(realVpp) }]),
];

function find(program: string): string | undefined {
  const folders = Deno.env.get("PATH")?.split(":") ?? [];
  return folders.map((folder) => `${folder}/${program}`).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

async function runSimulated(): Promise<RunningVpp> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-sim-" });
  const paths = { apiPath: `${folder}/api.sock`, statsPath: `${folder}/stats.sock` };
  const begin = () =>
    startSimulator({ ...paths, profile: "weighted", clock: systemClock, random: Math.random });
  let simulator = await begin();
  return {
    ...paths,
    kill: () => Promise.resolve(simulator.close()),
    start: async () => {
      simulator = await begin();
    },
    pause: () => {
      simulator.faults.isStopped = true;
    },
    resume: () => {
      simulator.faults.isStopped = false;
    },
    end: async () => {
      simulator.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

const configuration = (folder: string) => `
unix { nodaemon cli-listen ${folder}/cli.sock runtime-dir ${folder} log ${folder}/vpp.log }
api-segment { prefix ${folder.split("/").at(-1)} }
socksvr { socket-name ${folder}/api.sock }
statseg { socket-name ${folder}/stats.sock size 32M update-interval 1 }
buffers { page-size default buffers-per-numa 2048 }
memory { main-heap-size 512M main-heap-page-size default }
plugins {
  plugin default { disable }
  plugin lb_plugin.so { enable }
  plugin ping_plugin.so { enable }
}
`;

async function runReal(executable: string): Promise<RunningVpp> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-vpp-" });
  await Deno.writeTextFile(`${folder}/startup.conf`, configuration(folder));
  const vpp = await runProgram(folder, [executable, "-c", `${folder}/startup.conf`]);
  return {
    ...vpp,
    end: async () => {
      await vpp.end();
      // VPP makes these for clients of its shared memory, and leaves them when it is killed.
      const segments = [...Deno.readDirSync("/dev/shm")].filter(({ name }) =>
        name.startsWith(`${folder.split("/").at(-1)}-`)
      );
      for (const { name } of segments) await Deno.remove(`/dev/shm/${name}`);
    },
  };
}

/** Runs a program that listens as VPP does on `api.sock` and `stats.sock` in a folder, which becomes its own. */
export async function runProgram(
  folder: string,
  [program = "", ...args]: readonly string[],
): Promise<RunningVpp> {
  const paths = { apiPath: `${folder}/api.sock`, statsPath: `${folder}/stats.sock` };
  const begin = async () => {
    for (const path of Object.values(paths)) await Deno.remove(path).catch(() => {});
    const child = new Deno.Command(program, {
      args,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      await until(() => Object.values(paths).every(exists), `${program} does not start`);
    } catch (error) {
      child.kill("SIGKILL");
      await child.status;
      await Deno.remove(folder, { recursive: true });
      throw error;
    }
    return child;
  };
  let child = await begin();
  const kill = async () => {
    child.kill("SIGKILL");
    await child.status;
  };
  return {
    ...paths,
    kill,
    start: async () => {
      child = await begin();
    },
    pause: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    end: async () => {
      await kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Waits until something is so, 10 s at most. */
export async function until(isSo: () => boolean, complaint: string): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) {
    if (isSo()) return;
    await systemClock.sleep(10);
  }
  throw new Error(complaint);
}
