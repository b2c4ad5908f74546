/**
 * Puts together what VPP tells of its VIPs in two dumps and a text.
 *
 * @module
 */

import type { FieldsOf, lbAsV2Dump, lbVipDump } from "../wire/mod.ts";
import { type As, type Vip, type VipKey, vipKeyText } from "./vip.ts";
import type { TextVip } from "./vips_text.ts";

/** VPP's flag of an AS that is in use. Without it the AS was deleted and lingers. */
const used = 1;

/** The VIPs, with their ASes and what the text knows of both. */
export function joinDumps(
  vips: readonly FieldsOf<typeof lbVipDump.details>[],
  ases: readonly FieldsOf<typeof lbAsV2Dump.details>[],
  texts: readonly TextVip[],
): readonly Vip[] {
  const asesByVip = Map.groupBy(ases, ({ vip }) => vipKeyText(keyOf(vip)));
  // A VIP that was deleted and lingers has the same key as the one that may have come after it.
  const textByVip = new Map(
    texts.filter(({ isRemoved }) => !isRemoved).map((text) => [vipKeyText(text), text]),
  );
  return vips.map(({ vip, encap, flowTableLength }) => {
    const key = keyOf(vip);
    const text = textByVip.get(vipKeyText(key));
    const textByAs = new Map(text?.ases.map((as) => [as.address.text, as]));
    const all = asesByVip.get(vipKeyText(key)) ?? [];
    const toAs = (details: (typeof all)[number]): As => {
      const { appSrv: address, weight, numBuckets, inUseSince } = details;
      const about = textByAs.get(address.text);
      return {
        address,
        weight,
        buckets: numBuckets,
        ...(inUseSince === 0 ? {} : { inUseSinceSeconds: inUseSince }),
        text: about === undefined ? null : { flows: about.flows, statsIndex: about.statsIndex },
      };
    };
    const ases = all.filter(({ flags }) => (flags & used) !== 0).map(toAs);
    const usedAddresses = new Set(ases.map(({ address }) => address.text));
    const lingering = new Map(
      all.filter(({ flags }) => (flags & used) === 0)
        .filter(({ appSrv }) => !usedAddresses.has(appSrv.text))
        .map((as) => [as.appSrv.text, toAs(as)]),
    );
    return {
      ...key,
      encap: String(encap),
      // Quirk: 16 bits are too few for the largest table, of 65536 buckets, which reads 0.
      tableLength: text?.tableLength ?? (flowTableLength === 0 ? 65_536 : flowTableLength),
      ases,
      lingering: [...lingering.values()],
      text: text === undefined ? null : {
        srcIpSticky: text.srcIpSticky,
        poolIndex: text.poolIndex,
        counters: text.counters,
      },
    };
  });
}

type VipFields = FieldsOf<typeof lbVipDump.details>["vip"];

function keyOf({ pfx, protocol, port }: VipFields): VipKey {
  return { prefix: pfx, protocol, port };
}
