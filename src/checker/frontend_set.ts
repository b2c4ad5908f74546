/**
 * The frontends of the present configuration, with the weights that operators set.
 *
 * A frontend is computed again only when one of its backends, a weight or its configuration changed;
 * which frontends use a backend is looked up in an index.
 *
 * @module
 */

import type { Config, Frontend } from "../config/mod.ts";
import {
  overrideWeight,
  type Serves,
  type StateOf,
  survivingWeights,
  weightInFile,
  type WeightOverride,
} from "../health/mod.ts";
import type { Effect, Happening } from "./event.ts";
import {
  createLiveFrontend,
  type FrontendSetup,
  type OwnedFrontend,
  recompute,
  updateLiveFrontend,
} from "./live_frontend.ts";
import { notFound, refuseWeight } from "./refusals.ts";

/** The frontends, by name. */
export interface FrontendSet {
  readonly weightOverrides: readonly WeightOverride[];
  get(name: string): OwnedFrontend | undefined;
  /** In the order of the file. */
  values(): Iterable<OwnedFrontend>;
  /** The names of the frontends that use a backend, in the order of the file. */
  usersOf(backend: string): readonly string[];
  /** Sets a weight over the file's. The weight that is in force already changes nothing. */
  setWeight(setting: WeightSetting): Effect;
  /** Makes the frontends those of a new configuration. What the file overrides is forgotten. */
  reconfigure(to: Config, at: number): void;
  /** Computes frontends again, of those names that there are. */
  recompute(names: Iterable<string>, at: number): readonly Happening[];
}

/** A weight that an operator sets. */
export type WeightSetting = Omit<WeightOverride, "inFile">;

/** What {@link frontendSet} needs. */
export interface FrontendSetOptions {
  readonly stateOf: StateOf;
  readonly serves: Serves;
  /** Called before the state of a frontend changes. */
  readonly beforeTransition: (live: OwnedFrontend) => void;
}

/** Makes an empty set. */
export function frontendSet(
  { stateOf, serves, beforeTransition }: FrontendSetOptions,
): FrontendSet {
  let frontends: ReadonlyMap<string, OwnedFrontend> = new Map();
  let users: ReadonlyMap<string, readonly string[]> = new Map();
  let overrides: readonly WeightOverride[] = [];

  const setWeight = ({ weight, by, at, ...place }: WeightSetting): Effect => {
    const live = frontends.get(place.frontend);
    const refused = live === undefined
      ? notFound("frontend", place.frontend, frontends.keys())
      : refuseWeight(place, weight, live.frontend);
    if (live === undefined || refused !== undefined) return { happenings: [], refused };
    const inForce = { ...live.frontend, pools: live.pools };
    const from = weightInFile([inForce], place) ?? 0;
    if (from === weight) return { happenings: [] };
    const inFile = weightInFile([live.frontend], place) ?? 0;
    overrides = overrideWeight(overrides, { ...place, weight, inFile, by, at });
    updateLiveFrontend(live, { ...live, overrides });
    return { happenings: [{ kind: "weight", place, from, to: weight, by }] };
  };
  return {
    get weightOverrides() {
      return overrides;
    },
    get: (name) => frontends.get(name),
    values: () => frontends.values(),
    usersOf: (backend) => users.get(backend) ?? [],
    setWeight,
    reconfigure(to, at) {
      const { transitionHistory } = to.healthchecker;
      overrides = overrides.filter((override) => {
        const frontend = to.frontends.get(override.frontend);
        return frontend !== undefined && survivingWeights([override], [frontend]).length > 0;
      });
      const overridesOf = Map.groupBy(overrides, ({ frontend }) => frontend);
      const next = new Map<string, OwnedFrontend>();
      for (const [name, frontend] of to.frontends) {
        const own = overridesOf.get(name) ?? [];
        const setup: FrontendSetup = { frontend, overrides: own, transitionHistory };
        const live = frontends.get(name);
        if (live !== undefined) updateLiveFrontend(live, setup);
        next.set(name, live ?? createLiveFrontend(setup, at));
      }
      frontends = next;
      users = indexUsers(to.frontends.values());
    },
    recompute(names, at) {
      const happenings: Happening[] = [];
      for (const name of names) {
        const live = frontends.get(name);
        if (live === undefined) continue;
        const transition = recompute(live, { stateOf, serves, at, beforeTransition });
        if (transition === undefined) continue;
        happenings.push({ kind: "frontend", frontend: name, transition });
      }
      return happenings;
    },
  };
}

function indexUsers(frontends: Iterable<Frontend>): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { name, pools } of frontends) {
    const members = new Set(pools.flatMap(({ backends }) => backends.map(({ name }) => name)));
    for (const backend of members) {
      const known = users.get(backend);
      if (known === undefined) users.set(backend, [name]);
      else known.push(name);
    }
  }
  return users;
}
