/**
 * `maglev watch events`
 *
 * @module
 */
import { type Event, methods, type WatchRequest } from "../../rpc/maglev_pb.ts";
import { RpcError, UnreachableError } from "../../rpc/status.ts";
import type { Slots } from "../asking.ts";
import { exitCodes, type Invocation, type World } from "../command.ts";
import type { clientFlags } from "../command_flags.ts";
import { UsageError } from "../flags.ts";
import { eventLines } from "../output/event_lines.ts";
import { outputForm } from "../output/output_form.ts";
import type { Server } from "../server.ts";

/** Prints the state of everything and then what happens, until it is enough. */
export async function runWatchEvents(
  { flags, slots, world }: Invocation<typeof clientFlags>,
): Promise<number> {
  const linesOf = eventLines(outputForm(flags.output));
  const request = requestOf(slots);
  const most = mostEvents(slots);
  const stop = new AbortController();
  const { signal } = stop;
  const write = (event: Event) => !signal.aborted && linesOf(event).every(world.print);
  try {
    const watching = world.withServer(
      flags,
      (server) => watch(server, { request, most, write, signal }),
    );
    return await Promise.race([watching.then(() => exitCodes.ok), enough(world, signal)]);
  } finally {
    // This gives the terminal back as well.
    stop.abort();
  }
}

function requestOf(slots: Slots): WatchRequest {
  const [log, backend, frontend] = ["log", "backend", "frontend"].map((word) => slots.has(word));
  const isAll = !log && !backend && !frontend;
  const [logLevel = ""] = slots.get("level") ?? [];
  const wanted = { log: isAll || log, backend: isAll || backend, frontend: isAll || frontend };
  return { ...wanted, logLevel, weight: isAll, reload: isAll };
}

function mostEvents(slots: Slots): number {
  const [text] = slots.get("n") ?? [];
  if (text === undefined) return Infinity;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`num takes a number of events from 1 on, not ${JSON.stringify(text)}`);
}

/** The exit codes of programs that these signals end. */
const signalCodes: Readonly<Record<string, number>> = { SIGHUP: 129, SIGTERM: 143 };

/** Resolves with the exit code when whoever looks has seen enough: by Ctrl-C, or any key. */
async function enough(world: World, signal: AbortSignal): Promise<number> {
  const key = world.untilKey(signal).then(() => "key");
  return signalCodes[await Promise.race([key, world.untilInterrupted(signal)])] ?? exitCodes.ok;
}

/** What is watched, and for how long. */
interface Watching {
  readonly request: WatchRequest;
  readonly most: number;
  /** False when nobody reads on. */
  readonly write: (event: Event) => boolean;
  readonly signal: AbortSignal;
}

async function watch(server: Server, { request, most, write, signal }: Watching): Promise<void> {
  // A stream may have nothing to tell for hours: that somebody answers is learned by a short call.
  await server.call(methods.ListHealthChecks, {}, { timeoutMs: server.timeoutMs, signal });
  let count = 0;
  try {
    for await (const event of server.stream(methods.WatchEvents, request, { signal })) {
      if (!write(event) || ++count >= most) return;
    }
  } catch (error) {
    // The stream needs no VPP: it is the daemon that ends.
    if (!(error instanceof RpcError && error.code === "UNAVAILABLE")) throw error;
    throw new UnreachableError(`it went away: ${error.message}`, { cause: error });
  }
  throw new UnreachableError("it ended the stream");
}
