/**
 * The routes of the simulated VPP, as far as its lb plugin makes them, and their indices in the
 * counters of routes.
 *
 * A route has one index for all who have an interest in it: the VIPs of its prefix, and the ASes
 * whose address it is. It goes with the last of them, and its index is given to another route.
 *
 * Quirk: VPP does not clear the memory of an AS that is gone, where the index is kept from others, until
 * another AS takes the place.
 *
 * @module
 */

import type { Family } from "../../config/address.ts";
import { canonical, type Ip46, toIp46 } from "./ip46.ts";
import { createPool } from "./pool.ts";

/** What a route is for; `length` counts as usual, up to 32 for IPv4. */
export interface RoutePrefix {
  readonly family: Family;
  readonly address: Ip46;
  readonly length: number;
}

/** A route. */
export interface Route {
  readonly prefix: RoutePrefix;
  /** Where its counters are; `show lb vips verbose` calls it `dpo`. */
  readonly index: number;
  /** Whether packets to it go to the lb plugin. */
  readonly isVip: boolean;
  /** Whether packets to it go out on the simulated interface, and not nowhere. */
  readonly isReachable: boolean;
}

/** The routes, of which those that VPP has by itself are there from the start. */
export interface Fib {
  /** Directs a prefix to the lb plugin. Harmless where it is directed there already. */
  addVip(prefix: RoutePrefix): Route;
  /** Ends what `addVip` began. */
  removeVip(prefix: RoutePrefix): void;
  /**
   * Keeps a route to an AS, once more for each call. `replaced` is the index that an AS before it in
   * the same place had.
   */
  track(prefix: RoutePrefix, replaced?: number): Route;
  /** Takes back one call of `track`. */
  untrack(prefix: RoutePrefix): void;
  /** The route of this very prefix. Bits beyond its length do not matter. */
  find(prefix: RoutePrefix): Route | undefined;
  /** The route with the longest prefix around this one. */
  findLongest(prefix: RoutePrefix): Route | undefined;
}

interface HeldRoute extends Route {
  isVip: boolean;
  trackers: number;
  /** The places of ASes, taken or free, that still have its index. */
  places: number;
}

/** What a VPP without addresses has, in the order of the indices from 1. */
const builtIn: readonly (readonly [Family, string, length: number])[] = [
  [4, "0.0.0.0", 0],
  [4, "0.0.0.0", 32],
  [4, "240.0.0.0", 4],
  [4, "224.0.0.0", 4],
  [4, "255.255.255.255", 32],
  [6, "::", 0],
  [6, "fe80::", 10],
];

/** What takes up index 0. */
const ofNothing: Omit<HeldRoute, "index"> = {
  prefix: { family: 4, address: "", length: 0 },
  isReachable: false,
  isVip: false,
  trackers: 0,
  places: 0,
};

/** The routes of a VPP that has just started. `onCreate` is told the index of each new route. */
export function createFib(onCreate: (index: number) => void): Fib {
  const routes = new Map<string, HeldRoute>();
  const byIndex = createPool<HeldRoute>();

  const create = (prefix: RoutePrefix, isReachable: boolean) => {
    const fresh = { ...ofNothing, prefix: masked(prefix), isReachable };
    const route = byIndex.add((index) => ({ ...fresh, index }));
    routes.set(keyOf(prefix), route);
    onCreate(route.index);
    return route;
  };
  const ensure = (prefix: RoutePrefix) => routes.get(keyOf(prefix)) ?? create(prefix, true);
  const release = (route: HeldRoute) => {
    if (route.isVip || route.trackers > 0 || route.index <= builtIn.length) return;
    const key = keyOf(route.prefix);
    if (routes.get(key) === route) routes.delete(key);
    if (route.places === 0) byIndex.remove(route.index);
  };

  byIndex.add((index) => ({ ...ofNothing, index }));
  for (const [family, text, length] of builtIn) {
    create({ family, address: toIp46({ family, text }), length }, length === 0);
  }
  return {
    addVip(prefix) {
      const route = ensure(prefix);
      route.isVip = true;
      return route;
    },
    removeVip(prefix) {
      const route = ensure(prefix);
      route.isVip = false;
      release(route);
    },
    track(prefix, replaced) {
      const route = ensure(prefix);
      route.trackers++;
      route.places++;
      const leaving = replaced === undefined ? undefined : byIndex.at(replaced);
      if (leaving !== undefined) {
        leaving.places--;
        release(leaving);
      }
      return route;
    },
    untrack(prefix) {
      const route = ensure(prefix);
      route.trackers--;
      release(route);
    },
    find: (prefix) => routes.get(keyOf(prefix)),
    findLongest(prefix) {
      for (let length = prefix.length; length >= 0; length--) {
        const route = routes.get(keyOf({ ...prefix, length }));
        if (route !== undefined) return route;
      }
      return undefined;
    },
  };
}

function masked({ family, address, length }: RoutePrefix): RoutePrefix {
  const beyond = family === 4 ? 96 : 0;
  return { family, length, address: canonical({ address, length: length + beyond }).address };
}

function keyOf(prefix: RoutePrefix): string {
  const { family, address, length } = masked(prefix);
  return `${family} ${address}/${length}`;
}
