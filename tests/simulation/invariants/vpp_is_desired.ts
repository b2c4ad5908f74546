/**
 * Invariant 2: after quiet, VPP is what it should be.
 *
 * @module
 */

import type { Config } from "../../../src/config/mod.ts";
import type { Profile } from "../../../src/vpp/lb/mod.ts";
import { installed, modelSettings, type ModelVip } from "../model.ts";
import type { VipState, VppState } from "../vpp_state.ts";
import { must } from "../violation.ts";

/** What should be. */
export interface Wanted {
  readonly vips: ReadonlyMap<string, ModelVip>;
  readonly config: Config;
  readonly profile: Profile;
}

/** VPP has the VIPs, ASes, weights and settings that it should have, and no others. */
export function checkVppIsDesired(state: VppState, { vips, config, profile }: Wanted): void {
  const is = Array.from(state.vips, ([key, vip]) => vipLine(key, vip, weightsOf(vip)));
  const shall = Array.from(vips, ([key, vip]) => vipLine(key, vip, installed(vip, profile)));
  const [more, less] = [minus(is, shall), minus(shall, is)];
  must(more.length + less.length === 0, 2, () => {
    return `VPP has\n  ${more.join("\n  ") || "nothing more"}\nand should have\n  ${
      less.join("\n  ") || "nothing more"
    }`;
  });
  const settings = modelSettings(config, profile);
  must(state.settings === settings, 2, () => `settings are ${state.settings}, not ${settings}`);
}

/** The counters that are shown are those of the VIPs that should be. */
export function checkCounted(counted: readonly string[], wanted: readonly string[]): void {
  const wrong = [...minus(counted, wanted), ...minus(wanted, counted)];
  must(wrong.length === 0, 2, () => `there should be counters, or should not: ${wrong.join(", ")}`);
}

/** What the ASes of a VIP weigh. */
export function weightsOf({ ases }: VipState): ReadonlyMap<string, number> {
  return new Map([...ases].map(([address, { weight }]) => [address, weight]));
}

function vipLine(
  key: string,
  { encap, isSticky, tableLength }: Pick<VipState, "encap" | "isSticky" | "tableLength">,
  weights: ReadonlyMap<string, number>,
): string {
  const ases = [...weights].map((pair) => pair.join(" ")).sort();
  return `${key} ${encap} ${isSticky ? "sticky" : "loose"} ${tableLength}: ${ases.join(", ")}`;
}

function minus(these: readonly string[], those: readonly string[]): readonly string[] {
  return these.filter((each) => !those.includes(each));
}
