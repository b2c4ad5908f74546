/**
 * The world of a real process.
 *
 * @module
 */
import { briefClock, systemClock } from "../clock.ts";
import type { HeardSignal, Process } from "../daemon/process.ts";
import { lineWriter } from "../line_writer.ts";
import type { World } from "./command.ts";

const heardSignals: readonly HeardSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** This process. */
const thisProcess: Process = {
  pid: Deno.pid,
  onSignal(listener) {
    const ends = heardSignals.map((signal) => {
      const hear = () => listener(signal);
      Deno.addSignalListener(signal, hear);
      return () => Deno.removeSignalListener(signal, hear);
    });
    return () => ends.forEach((end) => end());
  },
  onUncaught(listener) {
    const hear = (event: ErrorEvent | PromiseRejectionEvent) => {
      event.preventDefault();
      listener("reason" in event ? event.reason : event.error);
    };
    globalThis.addEventListener("error", hear);
    globalThis.addEventListener("unhandledrejection", hear);
    return () => {
      globalThis.removeEventListener("error", hear);
      globalThis.removeEventListener("unhandledrejection", hear);
    };
  },
  exit: (code) => Deno.exit(code),
};

/** What a command has to do with when it is run by a person or a service manager. */
export function processWorld(chance: Pick<World, "random" | "randomBytes">): World {
  return {
    ...chance,
    print: lineWriter(Deno.stdout),
    complain: lineWriter(Deno.stderr),
    env: (name) => Deno.env.get(name),
    isErrorTerminal: Deno.stderr.isTerminal(),
    clock: systemClock,
    briefClock,
    withServer: async (flags, use) => {
      const { withServer } = await import("./server.ts");
      return await withServer(flags, { clock: briefClock }, use);
    },
    untilInterrupted: () =>
      new Promise((resolve) => {
        const end = thisProcess.onSignal((signal) => {
          end();
          resolve(signal);
        });
      }),
    process: thisProcess,
  };
}
