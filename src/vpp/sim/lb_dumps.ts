/**
 * The dumps of the simulated VPP's lb plugin.
 *
 * @module
 */

import { lbAddDelVipV2, lbAsDump, lbAsV2Dump, lbVipDump } from "../wire/lb_messages.ts";
import type { ValueOf } from "../wire/wire_type.ts";
import { type Answer, answerDump, numbersOf } from "./answer.ts";
import { fromIp46 } from "./ip46.ts";
import { type VipDetails, vipDetailsOf, vipFilterOf } from "./lb_key.ts";
import { type As, type LbPlugin, type Vip, type VipType, vipTypes } from "./lb_plugin.ts";
import { countBuckets } from "./new_flow_table.ts";

type VipDetailsMessage = ValueOf<typeof lbVipDump.details.body>;
type AsDetailsMessage = ValueOf<typeof lbAsDump.details.body>;

/** Flag bit 0 of an AS. */
const used = 1;

/** What answers the dumps that this generation of the plugin has. */
export function lbDumps(lb: LbPlugin): readonly Answer[] {
  const dumps = [
    answerDump(lbVipDump, () => dumpVips(lb)),
    answerDump(lbAsDump, (filter) => {
      return dumpAses(lb, vipFilterOf(lb, filter)).map(({ details }) => details);
    }),
  ];
  if (lb.profile === "classic") return dumps;
  return [
    ...dumps,
    answerDump(lbAsV2Dump, (filter) => {
      return dumpAses(lb, vipFilterOf(lb, filter)).map(({ details, as, buckets }) => {
        return { ...details, weight: as.weight, numBuckets: buckets.get(as.index) ?? 0 };
      });
    }),
  ];
}

/** VPP ignores the filter of this one. Quirk: releases up to 26.06 list deleted VIPs as well. */
function dumpVips(lb: LbPlugin): VipDetailsMessage[] {
  const shown = [...lb.vips].filter(({ index, isUsed }) => {
    return index !== 0 && (isUsed || lb.profile === "classic");
  });
  return shown.map((vip) => ({
    vip: vipDetailsOf(lb, vip),
    ...(lb.profile === "weighted" ? weightedFields(vip) : classicFields(vip)),
    dscp: vip.encapByte,
    srvType: vip.encapByte,
    targetPort: vip.targetPort,
  }));
}

const encapNumber = numbersOf(lbAddDelVipV2, "encap");

/** Quirk: the length has 16 bits, which 65536 does not fit. */
function weightedFields({ type, owners }: Vip) {
  return { encap: encapNumber(encapOf(type)), flowTableLength: owners.length & 0xffff };
}

/** Quirk: the type instead of the encapsulation, and the wrong half of the length. */
function classicFields({ type, owners }: Vip) {
  return { encap: vipTypes.indexOf(type), flowTableLength: owners.length >>> 16 };
}

function encapOf(type: VipType): string {
  return type.slice("ip4-".length);
}

interface DumpedAs {
  readonly details: AsDetailsMessage;
  readonly as: As;
  readonly buckets: ReadonlyMap<number, number>;
}

/** Quirk: ASes of deleted VIPs are listed under the name that another VIP may have by now. */
function dumpAses(lb: LbPlugin, isWanted: (vip: Vip) => boolean): DumpedAs[] {
  return [...lb.vips].filter(isWanted).flatMap((vip) => {
    const name = vipDetailsOf(lb, vip);
    const buckets = countBuckets(vip);
    return Array.from(vip.ases, (as) => ({ details: asDetails(name, as), as, buckets }));
  });
}

function asDetails(vip: VipDetails, { address, isUsed, lastUsed }: As): AsDetailsMessage {
  return { vip, appSrv: fromIp46(address), flags: isUsed ? used : 0, inUseSince: lastUsed };
}
