/**
 * What VPP should have, worked out once more and in another way than the daemon does: from the file,
 * the states of the backends, and the weights that operators set.
 *
 * @module
 */

import type { Checker } from "../../src/checker/mod.ts";
import type { Config, Frontend } from "../../src/config/mod.ts";
import type { Profile } from "../../src/vpp/lb/mod.ts";

/** What the model needs to know. */
export type ModelSource = Pick<Checker, "config" | "backend" | "weightOverrides">;

/** A VIP as it should be. */
export interface ModelVip {
  readonly frontend: string;
  readonly key: string;
  readonly encap: string;
  readonly isSticky: boolean;
  readonly tableLength: number;
  /** By address. */
  readonly ases: ReadonlyMap<string, ModelAs>;
  readonly state: "up" | "down" | "unknown";
  /** None of its backends is unknown. */
  readonly isKnown: boolean;
}

/** An AS as it should be. */
export interface ModelAs {
  readonly backend: string;
  readonly weight: number;
  /** Its flows are to be forgotten when it comes to this. */
  readonly flush: boolean;
}

/** All VIPs, by their keys. */
export function modelOf(source: ModelSource): ReadonlyMap<string, ModelVip> {
  const vips = Array.from(source.config.frontends.values(), (each) => modelVip(each, source));
  return new Map(vips.map((vip) => [vip.key, vip]));
}

function modelVip(frontend: Frontend, source: ModelSource): ModelVip {
  const { name, address, service, pools, flushOnDown } = frontend;
  const stateOf = (backend: string) => source.backend(backend)?.health.state ?? "removed";
  const serves = (backend: string) =>
    stateOf(backend) === "up" || (source.backend(backend)?.health.isTrusted ?? false);
  const serving = pools.find(({ backends }) => backends.some((each) => serves(each.name))) ??
    pools[0];
  const ases = new Map<string, ModelAs>();
  for (const pool of pools) {
    for (const { name: backend, weight: inFile } of pool.backends) {
      const at = source.config.backends.get(backend)?.address;
      if (at === undefined || ases.has(at.text)) continue;
      const set = source.weightOverrides.find((each) =>
        each.frontend === name && each.pool === pool.name && each.backend === backend
      );
      const state = stateOf(backend);
      const isServing = pool === serving && serves(backend);
      const weight = isServing ? set?.weight ?? inFile : 0;
      const flush = state === "disabled" || (state === "down" && flushOnDown);
      ases.set(at.text, { backend, weight, flush });
    }
  }
  const states = pools.flatMap(({ backends }) => backends.map((each) => stateOf(each.name)));
  const isUp = [...ases.values()].some(({ weight }) => weight > 0);
  const isUnknown = states.every((state) => state === "unknown");
  const [first = address.text] = ases.keys();
  return {
    frontend: name,
    key: `${address.text}/${address.family === 4 ? 32 : 128} ${service?.protocol ?? "any"} ${
      service?.port ?? 0
    }`,
    encap: first.includes(":") ? "gre6" : "gre4",
    isSticky: frontend.srcIpSticky,
    tableLength: frontend.flowTableLength,
    ases,
    state: isUp ? "up" : isUnknown ? "unknown" : "down",
    isKnown: !states.includes("unknown"),
  };
}

/** The ASes as they look in VPP: by address, what they weigh. */
export function installed(vip: ModelVip, profile: Profile): ReadonlyMap<string, number> {
  const all = [...vip.ases].map(([address, { weight }]): [string, number] => [address, weight]);
  if (profile === "weighted") return new Map(all);
  return new Map(all.filter(([, weight]) => weight > 0).map(([address]) => [address, 100]));
}

/** The settings as VPP tells them. */
export function modelSettings({ loadBalancer }: Config, profile: Profile): string {
  const { sourceIpv4, sourceIpv6, stickyBucketsPerCore, flowTimeoutNs } = loadBalancer;
  const addresses = `${sourceIpv4.text} ${sourceIpv6.text}`;
  if (profile === "classic") return addresses;
  return `${addresses} ${stickyBucketsPerCore} ${flowTimeoutNs / 1e9}`;
}
