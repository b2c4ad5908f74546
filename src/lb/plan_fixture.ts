/**
 * Short ways to write what VPP should have and what it has, for tests of plans.
 *
 * @module
 */

import { address, newVip, vipKey } from "../vpp/lb/lb_fixture.ts";
import type { As, NewVip, Vip } from "../vpp/lb/mod.ts";
import { type Action, describeAction } from "./action.ts";
import type { DesiredAs, DesiredVip } from "./desired.ts";
import { plan, type PlanInput } from "./plan.ts";

/** What a VIP of a test is, besides its name and its ASes. */
export type Settings = Partial<Pick<NewVip, "srcIpSticky" | "tableLength">>;

/**
 * A VIP that should be, from `www 198.51.100.1 tcp 80` and `10.0.0.1 100, 10.0.0.2 0 flush`. The
 * backend of 10.0.0.1 is web1, and up if it has a weight. The encapsulation is that for the first
 * AS.
 */
export function desiredVip(text: string, ases = "", settings: Settings = {}): DesiredVip {
  const [frontend = "", ...key] = text.split(" ");
  const members = list(ases).map(desiredAs);
  const encap = members[0]?.address.family === 6 ? "gre6" : "gre4";
  return { ...newVip(key.join(" "), { encap, ...settings }), frontend, ases: members };
}

function desiredAs(text: string): DesiredAs {
  const [host = "", weight = "100", flush] = text.split(" ");
  const backend = host.replace(/^.*\D/, "web");
  const why = `${backend} is ${Number(weight) > 0 ? "up" : "down"}`;
  return { backend, address: address(host), weight: Number(weight), flush: flush === "flush", why };
}

/**
 * A VIP that VPP has, from `198.51.100.1 tcp 80` and `10.0.0.1 100, 10.0.0.2 100 lingers`. The
 * encapsulation is GRE over IPv4 unless told otherwise.
 */
export function observedVip(
  text: string,
  ases = "",
  { srcIpSticky = false, ...settings }: Settings & { readonly encap?: string } = {},
): Vip {
  const all = list(ases).map((text) => ({ as: observedAs(text), lingers: /lingers$/.test(text) }));
  return {
    ...vipKey(text),
    encap: "gre4",
    tableLength: 1024,
    ...settings,
    ases: all.filter(({ lingers }) => !lingers).map(({ as }) => as),
    lingering: all.filter(({ lingers }) => lingers).map(({ as }) => as),
    text: {
      srcIpSticky,
      poolIndex: 1,
      counters: { existing: 0, first: 0, untracked: 0, noServer: 0 },
    },
  };
}

function observedAs(text: string): As {
  const [host = "", weight] = text.split(" ");
  return { address: address(host), weight: Number(weight ?? 100), buckets: 0, text: null };
}

function list(text: string): string[] {
  return text === "" ? [] : text.split(/,\s*/);
}

/** The plan of everything, with weights, unless told otherwise. */
export function planned(
  desired: readonly DesiredVip[],
  observed: readonly Vip[],
  input: Partial<PlanInput> = {},
): readonly Action[] {
  return plan({ desired, observed, scope: { kind: "all" }, profile: "weighted", ...input });
}

/** Actions as people read them. */
export function linesOf(actions: readonly Action[]): string[] {
  return actions.map(describeAction);
}
