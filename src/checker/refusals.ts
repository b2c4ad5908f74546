/**
 * Why the checker does not do what it is asked to.
 *
 * @module
 */

import type { Frontend } from "../config/mod.ts";
import type { Refusal, WeightPlace } from "../health/mod.ts";
import { suggest } from "../suggest.ts";

/** No name is longer, so there is no use in repeating more of one that was asked for. */
const longestName = 64;

/** Refuses what is asked of a thing that is not there. */
export function notFound(
  kind: "backend" | "frontend" | "health check",
  name: string,
  candidates: Iterable<string>,
): Refusal {
  return refuseMissing(`no ${kind} named`, name, candidates);
}

/** Why a weight cannot be set in a place, or undefined if it can. */
export function refuseWeight(
  { pool, backend }: WeightPlace,
  weight: number,
  { name: frontend, pools }: Frontend,
): Refusal | undefined {
  const named = pools.find(({ name }) => name === pool);
  if (named === undefined) {
    const candidates = pools.map(({ name }) => name);
    return refuseMissing(`frontend "${frontend}" has no pool named`, pool, candidates);
  }
  const members = named.backends.map(({ name }) => name);
  if (!members.includes(backend)) {
    const what = `pool "${pool}" of frontend "${frontend}" has no backend named`;
    return refuseMissing(what, backend, members);
  }
  if (Number.isInteger(weight) && weight >= 0 && weight <= 100) return undefined;
  const message = `a weight of ${weight} cannot be set; give a whole number from 0 to 100`;
  return { code: "invalid-argument", message };
}

function refuseMissing(what: string, name: string, candidates: Iterable<string>): Refusal {
  const suggestion = suggest(name, candidates);
  const hint = suggestion === null ? "" : ` (did you mean "${suggestion}"?)`;
  const shown = name.length > longestName ? `${name.slice(0, longestName)}…` : name;
  return { code: "not-found", message: `${what} "${shown}"${hint}` };
}
