/**
 * `maglev set frontend`
 *
 * @module
 */
import { methods } from "../../rpc/maglev_pb.ts";
import { asking, type Reader, type Slots, wordIn } from "../asking.ts";
import { UsageError } from "../flags.ts";
import { type FrontendReport, frontendReport, type PoolReport } from "../frontend_report.ts";
import { stateWord } from "../output/words.ts";
import type { Invocation } from "../command.ts";
import type { clientFlags } from "../command_flags.ts";

/** Sets the weight of a backend in a pool of a frontend, and shows what the frontend is then. */
export function runSetFrontend(
  invocation: Invocation<typeof clientFlags>,
): Promise<number> | number {
  const place = placeIn(invocation.slots);
  return asking({
    ask: async (server) =>
      frontendReport(await server.call(methods.SetFrontendPoolBackendWeight, place, server)),
    show: (frontend, reader) => weightLines(frontend, place, reader),
  })(invocation);
}

/** Where the weight is set. */
interface Place {
  readonly frontend: string;
  readonly pool: string;
  readonly backend: string;
  readonly weight: number;
}

/** @throws {UsageError} The weight is none. */
function placeIn(slots: Slots): Place {
  const text = wordIn(slots, "weight");
  const weight = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  if (!(weight <= 100)) {
    throw new UsageError(`weight takes a number from 0 to 100, not ${JSON.stringify(text)}`);
  }
  return {
    frontend: wordIn(slots, "frontend"),
    pool: wordIn(slots, "pool"),
    backend: wordIn(slots, "backend"),
    weight,
  };
}

function weightLines({ name, pools }: FrontendReport, place: Place, to: Reader): string[] {
  const pool = pools.find((each) => each.name === place.pool);
  const member = pool?.backends.find((each) => each.name === place.backend);
  if (pool === undefined || member === undefined) return [`${name} no longer has this backend`];
  const { weight, effectiveWeight, state, override } = member;
  const inFile = override === null ? "as the file says" : `the file says ${override.weightInFile}`;
  const set = `${member.name} weighs ${weight} in pool ${pool.name} of ${name}, ${inFile}`;
  if (effectiveWeight === weight) return [set];
  return [set, `effective weight ${effectiveWeight}: ${obstacle(pool, state, to)}`];
}

function obstacle({ name, active }: PoolReport, state: string, { style }: Reader): string {
  if (state !== "up") return `it is ${stateWord(state, style)}`;
  return active ? "it counts in an earlier pool" : `pool ${name} is not active`;
}
