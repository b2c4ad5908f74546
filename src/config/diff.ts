/**
 * What a reload would do: the difference between two configurations, as data.
 *
 * The order of names in the file is no difference: no decision depends on it.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import type {
  Backend,
  Config,
  Frontend,
  HealthCheck,
  HealthChecker,
  LoadBalancer,
} from "./config.ts";

/** The difference between two configurations. Applied to the first, it gives the second. */
export interface ConfigDiff {
  readonly healthchecks: Changes<HealthCheck>;
  readonly backends: Changes<Backend>;
  readonly frontends: Changes<Frontend>;
  readonly settings: readonly SettingChange[];
  readonly probing: ProbingChanges;
  /** Backends whose `enabled` in the file is another now: it overrides what the operator set. */
  readonly enabled: readonly string[];
  /** Weights that are another in the file now: they override what the operator set. */
  readonly weights: readonly WeightChange[];
}

/** What happened to the things of one section, by name. */
export interface Changes<T> {
  readonly added: ReadonlyMap<string, T>;
  readonly changed: ReadonlyMap<string, Change<T>>;
  readonly removed: readonly string[];
}

/** Something before and after. */
export interface Change<T> {
  readonly from: T;
  readonly to: T;
}

/** A setting that is not part of a health check, a backend or a frontend. */
export type SettingChange =
  | SettingOf<"healthchecker", HealthChecker>
  | SettingOf<"loadBalancer", LoadBalancer>;

type SettingOf<S, T> = {
  readonly [K in keyof T]: { readonly section: S; readonly key: K } & Change<T[K]>;
}[keyof T];

/** What becomes of the backends' probing; each backend of either configuration is in one list. */
export interface ProbingChanges {
  readonly start: readonly string[];
  readonly stop: readonly string[];
  /** Address, health check or network namespace changed: begins again from `unknown`. */
  readonly restart: readonly string[];
  /** Schedule, counter, state and history stay as they are. */
  readonly keep: readonly string[];
}

/** A weight in a pool that both configurations have. */
export interface WeightChange extends Change<number> {
  readonly frontend: string;
  readonly pool: string;
  readonly backend: string;
}

/** Compares two configurations. */
export function diffConfigs(from: Config, to: Config): ConfigDiff {
  const backends = diffMaps(from.backends, to.backends);
  const frontends = diffMaps(from.frontends, to.frontends);
  return {
    healthchecks: diffMaps(from.healthchecks, to.healthchecks),
    backends,
    frontends,
    settings: [
      ...diffSettings("healthchecker", from.healthchecker, to.healthchecker),
      ...diffSettings("loadBalancer", from.loadBalancer, to.loadBalancer),
    ] as SettingChange[],
    probing: diffProbing(from, to),
    enabled: [...backends.changed].filter(([, each]) => each.from.enabled !== each.to.enabled)
      .map(([name]) => name),
    weights: [...frontends.changed.values()].flatMap(diffWeights),
  };
}

/** Whether a reload would do nothing. */
export function isEmptyDiff({ healthchecks, backends, frontends, settings }: ConfigDiff): boolean {
  const isUnchanged = ({ added, changed, removed }: Changes<unknown>) =>
    added.size + changed.size + removed.length === 0;
  return settings.length === 0 && [healthchecks, backends, frontends].every(isUnchanged);
}

function diffMaps<T>(from: ReadonlyMap<string, T>, to: ReadonlyMap<string, T>): Changes<T> {
  const added = new Map<string, T>();
  const changed = new Map<string, Change<T>>();
  for (const [name, value] of to) {
    const before = from.get(name);
    if (before === undefined) added.set(name, value);
    else if (!isDeepStrictEqual(before, value)) changed.set(name, { from: before, to: value });
  }
  return { added, changed, removed: [...from.keys()].filter((name) => !to.has(name)) };
}

function diffSettings<T extends object>(section: string, from: T, to: T): object[] {
  const keys = Object.keys(to) as (keyof T)[];
  return keys.filter((key) => !isDeepStrictEqual(from[key], to[key]))
    .map((key) => ({ section, key, from: from[key], to: to[key] }));
}

function diffProbing(from: Config, to: Config): ProbingChanges {
  const start: string[] = [];
  const restart: string[] = [];
  const keep: string[] = [];
  for (const [name, backend] of to.backends) {
    const before = from.backends.get(name);
    if (before === undefined) start.push(name);
    else if (isDeepStrictEqual(probing(before, from), probing(backend, to))) keep.push(name);
    else restart.push(name);
  }
  return {
    start,
    stop: [...from.backends.keys()].filter((n) => !to.backends.has(n)),
    restart,
    keep,
  };
}

/** All that decides how a backend is probed; the name of its health check does not. */
function probing({ address, healthcheck }: Backend, config: Config): unknown {
  const check = healthcheck === null ? undefined : config.healthchecks.get(healthcheck);
  if (check === undefined) return { address };
  return { address, check: { ...check, name: "" }, netns: config.healthchecker.netns };
}

function diffWeights({ from, to }: Change<Frontend>): WeightChange[] {
  return to.pools.flatMap((pool) => {
    const before = from.pools.find(({ name }) => name === pool.name);
    return pool.backends.flatMap(({ name: backend, weight }) => {
      const old = before?.backends.find(({ name }) => name === backend)?.weight;
      if (old === undefined || old === weight) return [];
      return [{ frontend: to.name, pool: pool.name, backend, from: old, to: weight }];
    });
  });
}
