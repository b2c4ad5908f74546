/**
 * Names for slots, as the daemon knows them at the moment.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";
import { levels } from "../../log_record.ts";
import { methods } from "../../rpc/maglev_pb.ts";
import type { Server, ServerFlags } from "../server.ts";
import type { SlotNames, SlotWords } from "./completion.ts";
import type { KeptServer } from "./kept_server.ts";

/** How long names may take to come. */
const patienceMs = 1_000;

/** Where the names come from. */
export interface LiveNamesOptions {
  readonly kept: KeptServer;
  readonly flags: ServerFlags;
  readonly clock: Clock;
}

/** Asks the daemon for names. Whatever goes wrong, or takes too long, there are none. */
export function liveNames({ kept, flags, clock }: LiveNamesOptions): SlotNames {
  return async (slot, before) => {
    if (slot === "level") return levels;
    const ask = questionFor(slot, before);
    if (ask === undefined) return [];
    const limit = new AbortController();
    const timer = clock.setTimer(patienceMs, () => limit.abort());
    try {
      const patient = { ...flags, timeout: `${patienceMs}ms` };
      return await kept.use(patient, ask, limit.signal);
    } catch {
      return [];
    } finally {
      timer.cancel();
    }
  };
}

type Question = (server: Server) => Promise<readonly string[]>;

/** What to ask for a slot's names. */
function questionFor(slot: string, before: SlotWords): Question | undefined {
  const frontend = before.get("frontend");
  switch (slot) {
    case "frontend":
      return async (server) => (await server.call(methods.ListFrontends, {}, server)).frontendNames;
    case "healthcheck":
      return async (server) => (await server.call(methods.ListHealthChecks, {}, server)).names;
    case "pool":
      if (frontend === undefined) return undefined;
      return async (server) => (await poolsOf(server, frontend)).map(({ name }) => name);
    case "backend":
      if (frontend !== undefined) {
        return (server) => backendsOf(server, frontend, before.get("pool"));
      }
      return async (server) => (await server.call(methods.ListBackends, {}, server)).backendNames;
    default:
      return undefined;
  }
}

async function poolsOf(server: Server, name: string) {
  return (await server.call(methods.GetFrontend, { name }, server)).pools;
}

/** The backends of a frontend, in one of its pools if that is known. */
async function backendsOf(server: Server, frontend: string, pool: string | undefined) {
  const pools = await poolsOf(server, frontend);
  return pools.filter(({ name }) => pool === undefined || name === pool)
    .flatMap(({ backends }) => backends.map(({ name }) => name));
}
