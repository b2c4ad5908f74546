/**
 * What VPP has of the backends, for the reasons of their weights.
 *
 * @module
 */

import type { Checker } from "../checker/mod.ts";
import type { Clock } from "../clock.ts";
import type { ExplainInput } from "../health/mod.ts";
import { vipKeyOf } from "../lb/mod.ts";
import { type Profile, type Vip, vipKeyText } from "../vpp/lb/mod.ts";
import { withinPatience } from "./patience.ts";
import { describeAbsence, describeSilence, type DrivenVpp, isOfVpp } from "./vpp_of_moment.ts";

/** What VPP has, or why that is not known. */
export type Installation =
  | { readonly kind: "read"; readonly installed: NonNullable<ExplainInput["vpp"]> }
  | { readonly kind: "silent"; readonly reason: string };

/** What {@link installationReader} needs. */
export interface InstallationOptions {
  readonly checker: Pick<Checker, "config">;
  readonly controller: Pick<DrivenVpp, "vpp" | "absence" | "silentSince" | "readLive">;
  readonly clock: Clock;
}

/** Whoever asks about a backend does not wait any longer for VPP. */
const patienceMs = 1_000;

/** Makes a function that asks VPP what it has, and never takes long, and never throws for VPP's sake. */
export function installationReader(
  { checker, controller, clock }: InstallationOptions,
): () => Promise<Installation> {
  // All who ask within a second are given the same VIPs.
  let indexed: readonly Vip[] = [];
  let byKey: ReadonlyMap<string, Vip> = new Map();
  const indexOf = (vips: readonly Vip[]) => {
    if (vips !== indexed) byKey = new Map(vips.map((vip) => [vipKeyText(vip), vip]));
    indexed = vips;
    return byKey;
  };
  return async () => {
    const silence = describeSilence(controller, clock);
    if (silence !== null) return { kind: "silent", reason: silence };
    try {
      const vips = await withinPatience(controller.readLive(), patienceMs, clock);
      const profile = controller.vpp?.info.profile ?? null;
      if (vips === "late") {
        return { kind: "silent", reason: "VPP does not say what it has: no answer in 1s" };
      }
      if (controller.vpp === null) {
        return { kind: "silent", reason: describeAbsence(controller, clock) };
      }
      if (vips === null || profile === null) {
        return { kind: "silent", reason: "the lb plugin of this VPP cannot be used" };
      }
      return { kind: "read", installed: lookup(checker, indexOf(vips), profile) };
    } catch (error) {
      if (!isOfVpp(error)) throw error;
      return { kind: "silent", reason: `VPP does not say what it has: ${error.message}` };
    }
  };
}

function lookup(
  { config }: Pick<Checker, "config">,
  byKey: ReadonlyMap<string, Vip>,
  profile: Profile,
): NonNullable<ExplainInput["vpp"]> {
  return (frontendName, backendName) => {
    const frontend = config.frontends.get(frontendName);
    const address = config.backends.get(backendName)?.address.text;
    const vip = frontend === undefined ? undefined : byKey.get(vipKeyText(vipKeyOf(frontend)));
    const as = vip?.ases.find((each) => each.address.text === address);
    if (vip === undefined || as === undefined) return undefined;
    return {
      weight: profile === "classic" ? null : as.weight,
      buckets: as.buckets,
      tableLength: vip.tableLength,
      flows: as.text?.flows ?? 0,
    };
  };
}
