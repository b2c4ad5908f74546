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

/**
 * Whether somebody at a terminal sees what is printed. Behind a pipe, a pager or another program may
 * need the terminal for itself.
 */
async function isLookedAt(): Promise<boolean> {
  if (!Deno.stdin.isTerminal() || !Deno.stdout.isTerminal()) return false;
  const { isInForeground } = await import("../os/foreground.ts");
  return isInForeground();
}

async function readInput(): Promise<Uint8Array | null> {
  const buffer = new Uint8Array(65_536);
  const length = await Deno.stdin.read(buffer);
  return length === null ? null : buffer.subarray(0, length);
}

/** What a command has to do with when it is run by a person or a service manager. */
export function processWorld(
  given: Pick<World, "random" | "randomBytes" | "giveUpLibc">,
): World {
  return {
    ...given,
    print: lineWriter(Deno.stdout),
    complain: lineWriter(Deno.stderr),
    env: (name) => Deno.env.get(name),
    readInput,
    isInputTerminal: Deno.stdin.isTerminal(),
    isOutputTerminal: Deno.stdout.isTerminal(),
    isErrorTerminal: Deno.stderr.isTerminal(),
    clock: systemClock,
    briefClock,
    withServer: async (flags, use) => {
      const { withServer } = await import("./server.ts");
      return await withServer(flags, { clock: briefClock }, use);
    },
    untilInterrupted: (unless) =>
      new Promise((resolve) => {
        const end = thisProcess.onSignal((signal) => {
          end();
          resolve(signal);
        });
        unless?.addEventListener("abort", end, { once: true });
      }),
    untilKey: async (unless) => {
      const { untilKey } = await import("./watch_keys.ts");
      await untilKey(await isLookedAt() ? Deno.stdin : null, unless);
    },
    process: thisProcess,
  };
}
