/**
 * The parts that a plan is made of, each for one VIP: take it out, put it in, change it in place.
 *
 * @module
 */

import type { Profile, Vip, VipKey } from "../vpp/lb/mod.ts";
import type { Action } from "./action.ts";
import type { DesiredAs, DesiredVip } from "./desired.ts";
import { flushKey } from "./flush_key.ts";
import { addressOrder, sortedBy } from "./numeric_order.ts";

/** Why a VIP cannot become what it should be in place; null where it can. */
export function recreateReason(wanted: DesiredVip, vip: Vip): string | null {
  const differences: string[] = [];
  const compare = (what: string, is: string | number | boolean, shall: typeof is) => {
    if (is !== shall) differences.push(`${what}: ${is} → ${shall}`);
  };
  compare("encapsulation", vip.encap, wanted.encap);
  // Stickiness that VPP was not asked for is taken to be right.
  compare("src-ip-sticky", vip.text?.srcIpSticky ?? wanted.srcIpSticky, wanted.srcIpSticky);
  compare("flow-table-length", vip.tableLength, wanted.tableLength);
  return differences.length === 0 ? null : differences.join(", ");
}

/** Takes a VIP out: first its ASes, whose flows are forgotten. */
export function removeVip(vip: Vip, frontend: string | null, why: string): readonly Action[] {
  const about = { frontend, key: keyOf(vip), why };
  const ases = sortedBy(vip.ases, ({ address }) => addressOrder(address));
  return [
    ...ases.map(({ address }): Action => ({ kind: "as-del", ...about, address, flush: true })),
    { kind: "vip-del", ...about },
  ];
}

/** Puts a VIP in, and then its ASes. */
export function addVip(wanted: DesiredVip, profile: Profile, why: string): readonly Action[] {
  const { frontend, encap, srcIpSticky, tableLength } = wanted;
  const key = keyOf(wanted);
  const ases = wanted.ases.filter((as) => isInstalled(as, profile));
  return [
    { kind: "vip-add", frontend, key, why, vip: { ...key, encap, srcIpSticky, tableLength } },
    ...sortedBy(ases, ({ address }) => addressOrder(address))
      .map((as) => addAs(as, { frontend, key }, profile)),
  ];
}

/** What {@link changeVip} looks at besides the VIP. */
export interface ChangeOptions {
  readonly profile: Profile;
  /** By `flushKey`: ASes whose flows are to be forgotten although their weight is 0 already. */
  readonly pendingFlushes?: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/**
 * Changes a VIP in place: first what adds capacity, then what takes it away, so that a VIP that has
 * a usable AS and shall have one has one all the time.
 */
export function changeVip(
  wanted: DesiredVip,
  vip: Vip,
  { profile, pendingFlushes = none }: ChangeOptions,
): readonly Action[] {
  const { frontend } = wanted;
  const key = keyOf(wanted);
  const actions: AsAction[] = [];
  const unwanted = new Map(vip.ases.map((as) => [as.address.text, as]));
  for (const as of wanted.ases) {
    const { address, backend, why } = as;
    const present = unwanted.get(address.text);
    unwanted.delete(address.text);
    const to = weightInVpp(as, profile);
    const forgets = to === 0 && pendingFlushes.size > 0 &&
      pendingFlushes.has(flushKey(key, address));
    if (present === undefined && isInstalled(as, profile)) {
      actions.push(addAs(as, { frontend, key }, profile));
    }
    const isChanged = present !== undefined && present.weight !== to;
    // One that was deleted has flows as long as it lingers; `classic` knows no other weight 0.
    if (isChanged || (forgets && (present !== undefined || lingers(vip, as)))) {
      const from = present?.weight ?? 0;
      const flush = forgets || (to === 0 && as.flush);
      actions.push({ kind: "as-weight", frontend, key, why, address, backend, from, to, flush });
    }
  }
  for (const { address } of unwanted.values()) {
    // Nobody probes it any more: flows that stayed would be lost unnoticed when it fails.
    const why = `no backend of ${frontend} has this address`;
    actions.push({ kind: "as-del", frontend, key, why, address, flush: true });
  }
  if (actions.length < 2) return actions;
  return sortedBy(actions, (action) => stageOf(action) + addressOrder(action.address));
}

type AsAction = Exclude<Action, { readonly kind: "vip-add" | "vip-del" }>;

/** ASes that are new, weights that rise, weights that fall, ASes that go. */
function stageOf(action: AsAction): string {
  if (action.kind === "as-add") return "0";
  if (action.kind === "as-del") return "3";
  return action.to > action.from ? "1" : "2";
}

function addAs(
  as: DesiredAs,
  about: Pick<Action, "frontend" | "key">,
  profile: Profile,
): AsAction {
  const { address, backend, why } = as;
  return { kind: "as-add", ...about, why, address, backend, weight: weightInVpp(as, profile) };
}

/** What VPP will say that the AS weighs: without weights, all that are there weigh 100. */
function weightInVpp({ weight }: DesiredAs, profile: Profile): number {
  return profile === "classic" && weight > 0 ? 100 : weight;
}

/** Without weights, an AS of weight 0 is one that is not there. */
function isInstalled({ weight }: DesiredAs, profile: Profile): boolean {
  return profile === "weighted" || weight > 0;
}

function lingers({ lingering }: Vip, { address }: DesiredAs): boolean {
  return lingering.some((as) => as.address.text === address.text);
}

function keyOf({ prefix, protocol, port }: VipKey): VipKey {
  return { prefix, protocol, port };
}
