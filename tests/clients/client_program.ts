/**
 * Runs clients in processes of their own, and takes what they observe.
 *
 * @module
 */

import { systemClock } from "../../src/clock.ts";

/** What a client observed: one JSON line. */
export type Observation = Readonly<Record<string, unknown>>;

const folder = new URL(".", import.meta.url).pathname;

/** Few clients are at work for so long. */
const usualPatienceMs = 180_000;

/** A Python that has grpcio, if there is one. */
export const python: string | undefined = await findPython();

async function findPython(): Promise<string | undefined> {
  for (const candidate of ["python3", "/usr/bin/python3"]) {
    try {
      const args = ["-I", "-B", "-c", "import grpc, google.protobuf"];
      const output = await new Deno.Command(candidate, { args, stderr: "null" }).output();
      if (output.success) return candidate;
    } catch {
      // There is no such program.
    }
  }
  return undefined;
}

/** A client that runs. */
export interface RunningClient {
  readonly observations: readonly Observation[];
  /** All that it observed, after its end. A client that fails is an error, as is one that hangs. */
  ended(patienceMs?: number): Promise<readonly Observation[]>;
  /** Ends it, if it still runs. */
  kill(): Promise<void>;
}

/** Starts the client on grpcio: the target, a command, and options. */
export function startPython(...args: string[]): RunningClient {
  return start(python ?? "python3", ["-I", "-B", `${folder}client.py`, ...args]);
}

/** Runs the client on grpcio to its end. */
export function runPython(...args: string[]): Promise<readonly Observation[]> {
  return startPython(...args).ended();
}

/** Starts one of the clients on grpc-js that stand beside this file. */
export function startGrpcJs(program: string, ...args: string[]): RunningClient {
  return start(Deno.execPath(), ["run", "-A", "--quiet", `${folder}${program}`, ...args]);
}

/** Starts a program for Node, by its path. */
export function startNode(program: string, ...args: string[]): RunningClient {
  return start("node", [program, ...args]);
}

function start(command: string, args: readonly string[]): RunningClient {
  const child = new Deno.Command(command, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const observations: Observation[] = [];
  const reading = (async () => {
    let text = "";
    for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += part;
      const whole = text.split("\n");
      text = whole.pop() ?? "";
      observations.push(...whole.map((line) => JSON.parse(line)));
    }
  })();
  const complaints = new Response(child.stderr).text();
  const end = Promise.all([child.status, complaints, reading]);
  return {
    observations,
    async kill() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await end;
    },
    ended: async (patienceMs = usualPatienceMs) => {
      // One that hangs is an error as well.
      const patience = systemClock.setTimer(patienceMs, () => child.kill("SIGKILL"));
      const [{ code, signal }, complaint] = await end;
      patience.cancel();
      if (code === 0) return observations;
      const seen = JSON.stringify(observations.slice(-3));
      throw new Error(`${args.join(" ")} ended with ${signal ?? code}: ${complaint}\n${seen}`);
    },
  };
}
