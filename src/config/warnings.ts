/**
 * What is allowed in a configuration and yet probably not meant.
 *
 * @module
 */
import { type Deviation, worstDeviation } from "../lb/shares.ts";
import type { TableEntry } from "../lb/table_entries.ts";
import { addressIn16Bytes } from "./address.ts";
import type { Config, Frontend, PoolMember } from "./config.ts";
import { formatDuration } from "./duration.ts";
import type { Report } from "./rules.ts";

/** How far a share of the traffic may be from what its weight asks for. */
const tolerance = 0.1;

/** The longest new-flow table that there may be. */
const maxLength = 65_536;

/** Reports every doubt about a configuration. */
export function reportWarnings(config: Config, report: Report): void {
  const usedChecks = new Set([...config.backends.values()].map(({ healthcheck }) => healthcheck));
  for (const [name, { intervalNs, timeoutNs }] of config.healthchecks) {
    const path = ["healthchecks", name];
    if (!usedChecks.has(name)) report(path, "no backend uses this health check");
    if (timeoutNs > intervalNs) {
      const [timeout, interval] = [timeoutNs, intervalNs].map(formatDuration);
      report([...path, "timeout"], `${timeout} is longer than the interval, ${interval}`);
    }
  }
  const members = [...config.frontends.values()].flatMap(({ pools }) => pools)
    .flatMap(({ backends }) => backends);
  const usedBackends = new Set(members.map(({ name }) => name));
  for (const name of config.backends.keys()) {
    if (!usedBackends.has(name)) report(["backends", name], "no frontend uses this backend");
  }
  for (const frontend of config.frontends.values()) {
    const warning = warnOfTable(frontend, config);
    if (warning !== null) report(["frontends", frontend.name, "flow-table-length"], warning);
  }
}

/** A pool as VPP's table sees it when all its backends are up. */
interface TablePool {
  readonly name: string;
  readonly members: readonly PoolMember[];
  readonly entries: readonly TableEntry[];
}

/** The share that is furthest from its weight, in whichever pool that is. */
interface Worst extends Deviation {
  readonly pool: TablePool;
}

function warnOfTable(frontend: Frontend, config: Config): string | null {
  const { flowTableLength: length } = frontend;
  const pools = tablePools(frontend, config);
  const worst = findWorst(pools, length);
  if (worst === null || worst.deviation <= tolerance) return null;
  const name = worst.pool.members[worst.index]?.name;
  const got = `${worst.buckets} of the ${length} buckets, ${percent(worst.share)}`;
  const wanted = `its weight asks for ${percent(worst.wantedShare)}`;
  const problem = `in pool ${worst.pool.name}, ${name} gets ${got}; ${wanted}`;
  return `${problem}; ${[longerTable(pools, length), smallerWeights(pools, length)].join("")}`;
}

function longerTable(pools: readonly TablePool[], length: number): string {
  for (let longer = length * 2; longer <= maxLength; longer *= 2) {
    if (isHonoured(pools, longer)) return `flow-table-length ${longer} is enough`;
  }
  return "no table is long enough";
}

/** Weights take turns one by one, so that 2 and 1 need fewer buckets than 100 and 50. */
function smallerWeights(pools: readonly TablePool[], length: number): string {
  const weights = [...new Set(pools.flatMap(({ entries }) => entries.map(({ weight }) => weight)))]
    .filter((weight) => weight > 0).sort((a, b) => b - a);
  const divisor = weights.reduce(commonDivisor, 0);
  const divided = pools.map((pool) => ({
    ...pool,
    entries: pool.entries.map((entry) => ({ ...entry, weight: entry.weight / divisor })),
  }));
  if (divisor === 1 || !isHonoured(divided, length)) return "";
  const [before, after] = [weights, weights.map((weight) => weight / divisor)]
    .map((list) => list.slice(0, 4).join(", ") + (list.length > 4 ? ", …" : ""));
  return `, and so is dividing all weights by ${divisor} (${before} → ${after})`;
}

function isHonoured(pools: readonly TablePool[], length: number): boolean {
  return (findWorst(pools, length)?.deviation ?? 0) <= tolerance;
}

function findWorst(pools: readonly TablePool[], length: number): Worst | null {
  let worst: Worst | null = null;
  for (const pool of pools) {
    const deviation = worstDeviation(pool.entries, length);
    if (deviation === null || deviation.deviation <= (worst?.deviation ?? -1)) continue;
    worst = { ...deviation, pool };
  }
  return worst;
}

/** The frontend's pools; a backend that is in several counts in the first. */
function tablePools({ pools }: Frontend, config: Config): TablePool[] {
  const seen = new Set<string>();
  return pools.map((pool) => {
    const members = pool.backends.filter(({ name }) => !seen.has(name));
    for (const { name } of members) seen.add(name);
    const entries = members.flatMap(({ name, weight }) => {
      const address = config.backends.get(name)?.address;
      return address === undefined ? [] : [{ address: addressIn16Bytes(address), weight }];
    });
    return { name: pool.name, members, entries };
  });
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
