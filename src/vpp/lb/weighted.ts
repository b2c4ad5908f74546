/**
 * The lb plugin of VPP since 26.10, driven by binary messages.
 *
 * @module
 */

import type { Address } from "../../config/address.ts";
import type { ApiCaller } from "../api/mod.ts";
import {
  type AnyMessage,
  cliInband,
  type FieldsOf,
  lbAddDelAsV2,
  lbAddDelVipV2,
  lbAsSetWeight,
  lbAsV2Dump,
  lbConf,
  lbConfGet,
  lbFlushVip,
  lbVipDump,
  type Request,
} from "../wire/mod.ts";
import {
  checkBuckets,
  checkTableLength,
  checkWeight,
  type LbClient,
  LbError,
  shownVips,
} from "./lb_client.ts";
import { joinDumps } from "./join_dumps.ts";
import { type Vip, type VipKey, vipKeyText } from "./vip.ts";

/** What a VPP must have to be driven this way. */
export const weightedMessages: readonly AnyMessage[] = [
  cliInband,
  lbAddDelAsV2,
  lbAddDelVipV2,
  lbAsSetWeight,
  lbAsV2Dump,
  lbConf,
  lbConfGet,
  lbFlushVip,
  lbVipDump,
];

/** Quirk: the dumps ignore their filters, or match nothing by them. Zeros ask for everything. */
const everything = {
  pfx: { address: { family: 4, text: "0.0.0.0" }, length: 0 },
  protocol: 0,
  port: 0,
} as const;

/** Drives the plugin through a connection whose VPP has {@link weightedMessages}. */
export function weightedLb(api: ApiCaller): LbClient {
  const change = async <T>(
    what: string,
    message: Request<T, { readonly retval: number }>,
    fields: NoInfer<T>,
  ): Promise<void> => {
    const { retval } = await api.call(message, fields);
    if (retval !== 0) throw new LbError(what, retval);
  };
  const readVips = async (
    { withText }: { readonly withText: boolean },
  ): Promise<readonly Vip[]> => {
    const [vips, ases, text] = await Promise.all([
      api.dump(lbVipDump, { ...everything, pfxMatcher: { le: 255, ge: 255 } }),
      api.dump(lbAsV2Dump, everything),
      withText ? api.call(cliInband, { cmd: "show lb vips verbose" }) : null,
    ]);
    return joinDumps(vips, ases, text === null ? [] : shownVips(text.reply));
  };

  return {
    profile: "weighted",
    async readSettings() {
      const { retval, ...conf } = await api.call(lbConfGet, {});
      if (retval !== 0) throw new LbError("to tell its settings", retval);
      return {
        sourceIpv4: conf.ip4SrcAddress,
        sourceIpv6: conf.ip6SrcAddress,
        stickyBucketsPerCore: conf.stickyBucketsPerCore,
        flowTimeoutSeconds: conf.flowTimeout,
      };
    },
    writeSettings: async (settings) => {
      checkBuckets(settings.stickyBucketsPerCore);
      await change("these settings", lbConf, {
        ip4SrcAddress: settings.sourceIpv4,
        ip6SrcAddress: settings.sourceIpv6,
        stickyBucketsPerCore: settings.stickyBucketsPerCore,
        flowTimeout: settings.flowTimeoutSeconds,
      });
    },
    readVips,
    addVip: async (vip) => {
      checkTableLength(vip.tableLength);
      await change(`to add ${vipKeyText(vip)}`, lbAddDelVipV2, {
        ...noNat(vip),
        encap: vip.encap,
        newFlowsTableLength: vip.tableLength,
        srcIpSticky: vip.srcIpSticky,
        isDel: false,
      });
    },
    deleteVip: (key) =>
      change(`to delete ${vipKeyText(key)}`, lbAddDelVipV2, {
        ...noNat(key),
        encap: "gre4",
        newFlowsTableLength: 1,
        srcIpSticky: false,
        isDel: true,
      }),
    addAs: async (key, address, weight) => {
      checkWeight(weight);
      const fields = { ...asOf(key, address), weight, isDel: false, isFlush: false };
      await change(`to add ${address.text} to ${vipKeyText(key)}`, lbAddDelAsV2, fields);
    },
    deleteAs: (key, address, { flush }) => {
      const fields = { ...asOf(key, address), weight: 0, isDel: true, isFlush: flush };
      return change(`to delete ${address.text} of ${vipKeyText(key)}`, lbAddDelAsV2, fields);
    },
    setWeight: async (key, address, weight, { flush }) => {
      checkWeight(weight);
      const fields = { ...asOf(key, address), weight, isFlush: flush };
      const what = `to give ${address.text} of ${vipKeyText(key)} weight ${weight}`;
      await change(what, lbAsSetWeight, fields);
    },
    async flushVip(key) {
      // Quirk: VPP does not look whether the VIP is there, and flushes one at random if it is not.
      const vips = await readVips({ withText: false });
      if (!vips.some((vip) => vipKeyText(vip) === vipKeyText(key))) return false;
      await change(`to flush ${vipKeyText(key)}`, lbFlushVip, vipOf(key));
      return true;
    },
  };
}

type VipFields = Pick<FieldsOf<typeof lbFlushVip>, "pfx" | "protocol" | "port">;

function vipOf({ prefix, protocol, port }: VipKey): VipFields {
  return { pfx: prefix, protocol, port };
}

function noNat(key: VipKey) {
  return { ...vipOf(key), dscp: 0, type: "clusterip", targetPort: 0, nodePort: 0 } as const;
}

function asOf(key: VipKey, address: Address) {
  return { ...vipOf(key), asAddress: address };
}
