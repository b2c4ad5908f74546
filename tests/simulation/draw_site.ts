/**
 * Draws sites: configurations as somebody might write them, and changes as somebody might make them.
 *
 * @module
 */

import { checkText, type Config } from "../../src/config/mod.ts";
import type { Random } from "../seeded.ts";

/** A configuration file as data. */
export interface Site {
  healthchecks: Record<string, CheckEntry>;
  backends: Record<string, BackendEntry>;
  frontends: Record<string, FrontendEntry>;
  vpp: { lb: Record<string, string | number> };
}

interface CheckEntry {
  readonly type: "tcp" | "http";
  readonly port: number;
  readonly interval: string;
  readonly "fast-interval"?: string;
  readonly "down-interval"?: string;
  readonly timeout: string;
  readonly rise: number;
  readonly fall: number;
  readonly params?: { readonly path: string };
}

interface BackendEntry {
  readonly address: string;
  readonly healthcheck?: string;
  readonly enabled?: boolean;
}

interface FrontendEntry {
  readonly address: string;
  readonly protocol?: "tcp" | "udp";
  readonly port?: number;
  readonly "src-ip-sticky": boolean;
  readonly "flush-on-down": boolean;
  readonly "flow-table-length": number;
  readonly pools: readonly PoolEntry[];
}

interface PoolEntry {
  readonly name: string;
  readonly backends: Readonly<Record<string, { readonly weight: number }>>;
}

/** The configuration that a site's text means; null where it is refused. */
export function configOf(site: Site): Config | null {
  const result = checkText(JSON.stringify({ maglev: site }));
  return result.ok ? result.config : null;
}

/** Draws a site that is right. */
export function drawSite(random: Random): Site {
  for (;;) {
    const site = drawAny(random);
    if (configOf(site) !== null) return site;
  }
}

function drawAny(random: Random): Site {
  const site: Site = { healthchecks: {}, backends: {}, frontends: {}, vpp: { lb: {} } };
  for (let index = random.int(1, 6); index > 0; index--) addCheck(site, random);
  for (let index = random.int(1, 12); index > 0; index--) addBackend(site, random);
  for (let index = random.int(1, 8); index > 0; index--) addFrontend(site, random);
  site.vpp.lb = drawLb(random);
  return site;
}

function drawLb(random: Random): Site["vpp"]["lb"] {
  const [min, max] = random.pick([[0, 0], [0, 3], [1, 5], [2, 2], [5, 30], [0, 20]] as const);
  return {
    "ipv4-src-address": random.pick(["192.0.2.10", "192.0.2.11"]),
    "ipv6-src-address": random.pick(["2001:db8::10", "2001:db8::11"]),
    "sync-interval": random.pick(["5s", "10s", "30s"]),
    "sticky-buckets-per-core": random.pick([1024, 4096]),
    "flow-timeout": random.pick(["40s", "60s"]),
    "startup-min-delay": `${min}s`,
    "startup-max-delay": `${max}s`,
  };
}

function drawCheck(random: Random): CheckEntry {
  const intervalMs = random.pick([200, 500, 1_000, 1_000, 2_000, 2_000]);
  const maybe = (name: string, values: readonly string[]) =>
    random.chance(0.4) ? { [name]: random.pick(values) } : {};
  const times = {
    interval: `${intervalMs}ms`,
    timeout: `${random.pick([100, 200, Math.min(intervalMs, 1_000)])}ms`,
    ...maybe("fast-interval", ["200ms", "300ms"]),
    ...maybe("down-interval", ["1s", "3s"]),
    rise: random.int(1, 3),
    fall: random.int(1, 3),
  };
  return random.chance(0.7)
    ? { type: "tcp", port: 80, ...times }
    : { type: "http", port: 80, params: { path: "/healthz" }, ...times };
}

function addCheck(site: Site, random: Random): void {
  site.healthchecks[freeName("check", site.healthchecks)] = drawCheck(random);
}

function addBackend(site: Site, random: Random): void {
  const check = random.pick(Object.keys(site.healthchecks));
  site.backends[freeName("web", site.backends)] = {
    address: freeAddress(site, random),
    ...(random.chance(0.85) ? { healthcheck: check } : {}),
    ...(random.chance(0.1) ? { enabled: false } : {}),
  };
}

function freeAddress(site: Site, random: Random): string {
  const taken = new Set(Object.values(site.backends).map(({ address }) => address));
  for (;;) {
    const number = random.int(1, 40);
    const address = random.chance(0.75) ? `10.0.0.${number}` : `2001:db8:2::${number.toString(16)}`;
    if (!taken.has(address)) return address;
  }
}

function addFrontend(site: Site, random: Random): void {
  const entry = drawFrontend(site, random);
  if (entry !== null) site.frontends[freeName("vip", site.frontends)] = entry;
}

function drawFrontend(site: Site, random: Random): FrontendEntry | null {
  const taken = Object.values(site.frontends);
  const address = random.chance(0.7)
    ? `198.51.100.${random.int(1, 4)}`
    : `2001:db8:1::${random.int(1, 3)}`;
  const service = random.chance(0.25) ? {} : {
    protocol: random.pick(["tcp", "udp"] as const),
    port: random.pick([80, 443, 53]),
  };
  const clashes = taken.some((other) =>
    other.address === address && (!("port" in service) || other.port === undefined ||
      (other.port === service.port && other.protocol === service.protocol))
  );
  const pools = drawPools(site, random);
  if (clashes || pools.length === 0) return null;
  return {
    address,
    ...service,
    "src-ip-sticky": random.chance(0.3),
    "flush-on-down": random.chance(),
    "flow-table-length": random.pick([64, 128, 256]),
    pools,
  };
}

/** Of one family, because VPP has one encapsulation for a VIP. */
function drawPools(site: Site, random: Random): PoolEntry[] {
  const isIpv4 = random.chance(0.7);
  const usable = Object.keys(site.backends)
    .filter((name) => !site.backends[name]?.address.includes(":") === isIpv4);
  if (usable.length === 0) return [];
  return ["primary", "second", "last-resort"].slice(0, random.int(1, 3)).map((name) => {
    const members = random.shuffle(usable).slice(0, random.int(1, 5));
    const entries = members.map((member) => [member, { weight: drawWeight(random) }]);
    return { name, backends: Object.fromEntries(entries) };
  });
}

/** A weight as people give them. */
export function drawWeight(random: Random): number {
  return random.pick([0, 1, 10, 50, 100, 100, 100]);
}

function freeName(stem: string, taken: object): string {
  for (let number = 1;; number++) if (!(`${stem}${number}` in taken)) return `${stem}${number}`;
}

/** A change of a site, made in place; what it changed, in words. */
type Edit = (site: Site, random: Random) => string;

const edits: readonly Edit[] = [
  (site, random) => {
    addBackend(site, random);
    return "a backend is added";
  },
  (site, random) => {
    addFrontend(site, random);
    return "a frontend is added";
  },
  (site, random) => {
    const name = random.pick(Object.keys(site.frontends));
    delete site.frontends[name];
    return `${name} is deleted`;
  },
  (site, random) => {
    // It may be in use: then the file is refused, or it goes out of all pools as well.
    const name = random.pick(Object.keys(site.backends));
    delete site.backends[name];
    if (random.chance(0.8)) editPools(site, (pool) => without(pool, name));
    return `${name} is deleted`;
  },
  (site, random) => {
    const name = random.pick(Object.keys(site.frontends));
    const entry = site.frontends[name];
    if (entry !== undefined) {
      site.frontends[name] = { ...entry, "flow-table-length": random.pick([64, 128, 256]) };
    }
    return `${name} has another table`;
  },
  (site, random) => {
    const name = random.pick(Object.keys(site.frontends));
    const entry = site.frontends[name];
    if (entry !== undefined) {
      site.frontends[name] = { ...entry, "src-ip-sticky": !entry["src-ip-sticky"] };
    }
    return `${name} sticks otherwise`;
  },
  (site, random) => {
    const name = random.pick(Object.keys(site.frontends));
    const pools = drawPools(site, random);
    const entry = site.frontends[name];
    if (entry !== undefined && pools.length > 0) site.frontends[name] = { ...entry, pools };
    return `${name} has other pools`;
  },
  (site, random) => {
    editPools(site, (pool) => ({
      ...pool,
      backends: mapped(pool.backends, (member) => {
        return random.chance(0.3) ? { weight: drawWeight(random) } : member;
      }),
    }));
    return "weights are others";
  },
  (site, random) => {
    const name = random.pick(Object.keys(site.healthchecks));
    site.healthchecks[name] = drawCheck(random);
    return `${name} checks otherwise`;
  },
  (site, random) => {
    const from = random.pick(Object.keys(site.healthchecks));
    const to = freeName("renamed", site.healthchecks);
    site.healthchecks = renamed(site.healthchecks, from, to);
    site.backends = mapped(site.backends, (backend) => {
      return backend.healthcheck === from ? { ...backend, healthcheck: to } : backend;
    });
    return `${from} is called ${to}`;
  },
  (site, random) => {
    const from = random.pick(Object.keys(site.frontends));
    const to = freeName("moved", site.frontends);
    site.frontends = renamed(site.frontends, from, to);
    return `${from} is called ${to}`;
  },
  (site, random) => {
    const name = random.pick(Object.keys(site.backends));
    const entry = site.backends[name];
    if (entry !== undefined) {
      site.backends[name] = { ...entry, enabled: !(entry.enabled ?? true) };
    }
    return `${name} is switched in the file`;
  },
  (site, random) => {
    const name = random.pick(Object.keys(site.backends));
    const entry = site.backends[name];
    if (entry !== undefined) site.backends[name] = { ...entry, address: freeAddress(site, random) };
    return `${name} is elsewhere`;
  },
  (site, random) => {
    const { lb } = site.vpp;
    const { "startup-min-delay": min, "startup-max-delay": max } = lb;
    const keep = random.chance() && min !== undefined && max !== undefined;
    const delays = keep ? { "startup-min-delay": min, "startup-max-delay": max } : {};
    site.vpp.lb = { ...drawLb(random), ...delays };
    return "the settings of VPP are others";
  },
  (site) => {
    site.vpp.lb = { ...site.vpp.lb, "sync-interval": "0s" };
    return "the file has a mistake";
  },
];

/** A copy of a site with one to three changes, which may be wrong; and what they are. */
export function editSite(
  site: Site,
  random: Random,
): { readonly site: Site; readonly what: string } {
  const copy = structuredClone(site);
  const made = Array.from({ length: random.int(1, 3) }, () => {
    const isPossible = Object.keys(copy.frontends).length > 0 &&
      Object.keys(copy.backends).length > 0;
    return isPossible ? random.pick(edits)(copy, random) : "nothing";
  });
  return { site: copy, what: made.join(", ") };
}

function editPools(site: Site, edit: (pool: PoolEntry) => PoolEntry): void {
  site.frontends = mapped(site.frontends, (entry) => ({ ...entry, pools: entry.pools.map(edit) }));
}

function without(pool: PoolEntry, backend: string): PoolEntry {
  const { [backend]: _, ...backends } = pool.backends;
  return { ...pool, backends };
}

function mapped<T>(of: Readonly<Record<string, T>>, to: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, to(value)]));
}

/** The same entries in the same order, one under another name. */
function renamed<T>(of: Record<string, T>, from: string, to: string): Record<string, T> {
  return Object.fromEntries(
    Object.entries(of).map(([name, value]) => [name === from ? to : name, value]),
  );
}
