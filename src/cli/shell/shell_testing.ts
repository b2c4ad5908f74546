/**
 * A world and a daemon for tests of the shell.
 *
 * @module
 */
import { type VirtualClock, virtualClock } from "../../clock.ts";
import type { HeardSignal } from "../../daemon/process.ts";
import { methods } from "../../rpc/maglev_pb.ts";
import { RpcError, UnreachableError } from "../../rpc/status.ts";
import { type Command, command, type Invocation, type World } from "../command.ts";
import { clientFlags } from "../command_flags.ts";
import { helpOn } from "../commands/help.ts";
import type { Server, ServerFlags } from "../server.ts";

/** A daemon that answers as it is told. */
export interface FakeDaemon {
  readonly withServer: World["withServer"];
  /** What was asked, and the connections that were opened: `connect a:1`, `ListBackends`. */
  readonly asked: string[];
  /** Whether it can be reached, answers, and keeps connections. */
  state: "up" | "down" | "silent";
  /** Breaks the connections that there are. */
  breakAll(): void;
}

const pools = [
  { name: "primary", backends: [{ name: "web1" }, { name: "web2" }] },
  { name: "last-resort", backends: [{ name: "sorry page" }] },
];

const answers: { readonly [method: string]: unknown } = {
  ListBackends: { backendNames: ["web1", "web2", "sorry page"] },
  ListFrontends: { frontendNames: ["www"] },
  ListHealthChecks: { names: ["web", "dns"] },
  GetFrontend: { name: "www", pools },
  GetVersion: { version: "9.9.9", commit: "", date: "", runtime: "", startedUnixNs: 0n },
};

/** Makes a daemon. */
export function fakeDaemon(): FakeDaemon {
  const asked: string[] = [];
  let generation = 0;
  const daemon: FakeDaemon = {
    asked,
    state: "up",
    breakAll: () => generation++,
    async withServer(flags: ServerFlags, use) {
      asked.push(`connect ${flags.server}`);
      const unreachable = `cannot reach ${flags.server}`;
      if (daemon.state === "down") throw new UnreachableError(`${unreachable}: connection refused`);
      const born = generation;
      const server = {
        timeoutMs: 5_000,
        isOpen: () => born === generation,
        async call(method: { name: string }, _: unknown, { signal }: { signal?: AbortSignal }) {
          asked.push(method.name);
          if (daemon.state === "silent") {
            await new Promise((resolve) => signal?.addEventListener("abort", resolve));
            throw new RpcError("CANCELLED", "the call was cancelled");
          }
          if (daemon.state === "down") throw new UnreachableError("the server broke off");
          return answers[method.name];
        },
      };
      try {
        return await use(server as unknown as Server);
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        throw new UnreachableError(`${unreachable}: ${error.message}`);
      } finally {
        asked.push(`leave ${flags.server}`);
      }
    },
  };
  return daemon;
}

/** A world that remembers what is said, and how it is interrupted. */
export interface FakeWorld extends World {
  readonly clock: VirtualClock;
  readonly said: string[];
  signal(name: HeardSignal): void;
  closeOutput(): void;
}

/** Makes a world with this input. */
export function fakeWorld(
  { input = "", daemon = fakeDaemon(), env = {} }: {
    readonly input?: string;
    readonly daemon?: FakeDaemon;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): FakeWorld {
  const said: string[] = [];
  const clock = virtualClock();
  const rest = [new TextEncoder().encode(input)];
  let isRead = true;
  const listeners = new Set<(signal: HeardSignal) => void>();
  const onSignal = (listener: (signal: HeardSignal) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    said,
    print: (line) => isRead && said.push(line) > 0,
    complain: (line) => void said.push(`! ${line}`),
    env: (name) => env[name],
    readInput: () => Promise.resolve(rest.shift() ?? null),
    isInputTerminal: false,
    isOutputTerminal: false,
    isErrorTerminal: false,
    closeOutput: () => {
      isRead = false;
    },
    ...{ clock, briefClock: clock, withServer: daemon.withServer },
    random: () => 0,
    randomBytes: (length) => new Uint8Array(length),
    untilInterrupted: () =>
      new Promise((resolve) => {
        const end = onSignal((signal) => {
          end();
          resolve(signal);
        });
      }),
    untilKey: (unless) =>
      new Promise((resolve) => unless.addEventListener("abort", () => resolve())),
    giveUpLibc: () => {},
    process: { pid: 1, onSignal, onUncaught: () => () => {}, exit: () => {} },
    signal: (name) => [...listeners].forEach((listener) => listener(name)),
  };
}

const nothing = { help: "Nothing", load: () => Promise.resolve(() => 0) };
const echo = (text: string) => ({
  help: `Say ${text}`,
  flags: clientFlags,
  load: () =>
    Promise.resolve(({ flags, slots, world }: Invocation<typeof clientFlags>) => {
      const values = [...slots.values()].flat().map((word: string) => ` ${word}`).join("");
      world.print(`${text}${values}${flags.color ? " in colour" : ""} as ${flags.output}`);
      return text === "plan" ? 3 : 0;
    }),
});

/** A command table with one of each. */
export const rows: readonly Command[] = [
  command("daemon", nothing),
  command("completions bash", nothing),
  command("show version", {
    help: "Ask the daemon",
    flags: clientFlags,
    load: () =>
      Promise.resolve(async ({ flags, world }: Invocation<typeof clientFlags>) => {
        const ask = (server: Server) => server.call(methods.GetVersion, {}, server);
        world.print(`version ${(await world.withServer(flags, ask)).version}`);
        return 0;
      }),
  }),
  command("show backends [<backend>]", echo("backends")),
  command("show frontends [<frontend>]", echo("frontends")),
  command("show healthchecks [<healthcheck>]", echo("healthchecks")),
  command("show vpp lb plan", echo("plan")),
  command("set backend <backend> pause", echo("pause")),
  command("set backend <backend> resume", echo("resume")),
  command("set frontend <frontend> pool <pool> backend <backend> weight <0-100>", echo("weight")),
  command("watch events", {
    help: "Show events as they come",
    load: () =>
      Promise.resolve(async ({ world }) => {
        const stop = new AbortController();
        world.print("event");
        const enough = [world.untilKey(stop.signal), world.untilInterrupted(stop.signal)];
        await Promise.race(enough);
        stop.abort();
        return 0;
      }),
  }),
  command("fail", {
    help: "Break",
    load: () => Promise.resolve(() => Promise.reject(new Error("out of\u001b[2J order"))),
  }),
  command("help [<command>...]", {
    help: "Show what there is",
    load: () => Promise.resolve(helpOn(rows)),
  }),
];
