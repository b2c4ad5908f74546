/**
 * What a configuration needs and the process may not do.
 *
 * @module
 */

import type { Config } from "../config/mod.ts";
import type { Prober } from "../probe/mod.ts";

/** Which capability is missing for some probe of a configuration; undefined if none is. */
export function findObstacle(
  { backends, healthchecks, healthchecker: { netns } }: Config,
  prober: Pick<Prober, "obstacleTo">,
): string | undefined {
  // What a probe needs depends on little of it, so that thousands need not be tried.
  const tried = new Set<string>();
  for (const { name, address, healthcheck } of backends.values()) {
    const check = healthcheck === null ? undefined : healthchecks.get(healthcheck);
    if (check === undefined) continue;
    const { probe, timeoutNs } = check;
    const key = `${healthcheck} ${address.family}`;
    if (tried.has(key)) continue;
    tried.add(key);
    const obstacle = prober.obstacleTo({ address, probe, timeoutMs: timeoutNs / 1e6, netns });
    if (obstacle !== undefined) return `backend ${name}, health check ${check.name}: ${obstacle}`;
  }
  return undefined;
}
