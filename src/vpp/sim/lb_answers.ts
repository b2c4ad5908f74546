/**
 * The messages that change the simulated VPP's lb plugin, and what it answers.
 *
 * @module
 */

import {
  lbAddDelAs,
  lbAddDelAsV2,
  lbAddDelVip,
  lbAddDelVipV2,
  lbAsSetWeight,
  lbConf,
  lbConfGet,
  lbFlushVip,
} from "../wire/lb_messages.ts";
import type { ValueOf } from "../wire/wire_type.ts";
import { type Answer, answerRequest, numbersOf } from "./answer.ts";
import { isIp4Prefix, toIp46 } from "./ip46.ts";
import { encapFields, typeByEncap } from "./encapsulation.ts";
import { addAses, defaultWeight, deleteAses, setAsWeight } from "./lb_as.ts";
import { type VipFields, vipKeyOf } from "./lb_key.ts";
import type { LbPlugin, LbSettings, Vip } from "./lb_plugin.ts";
import { configureLb } from "./lb_settings.ts";
import { addVip, deleteVip, findVip, type NewVip } from "./lb_vip.ts";
import { type Retval, retval } from "./retval.ts";
import { VppCrash } from "./vpp_crash.ts";

type VipSettings = ValueOf<typeof lbAddDelVipV2.body>;
type AsSettings = ValueOf<typeof lbAddDelAsV2.body>;

/** What answers the messages that this generation of the plugin has. */
export function lbAnswers(lb: LbPlugin): readonly Answer[] {
  const answers = [
    answerRequest(lbConf, (fields) => ({ retval: configure(lb, fields) })),
    answerRequest(lbAddDelVip, (fields) => {
      return { retval: addOrDeleteVip(lb, { ...fields, srcIpSticky: false }) };
    }),
    answerRequest(lbAddDelVipV2, (fields) => ({ retval: addOrDeleteVip(lb, fields) })),
    answerRequest(lbAddDelAs, (fields) => {
      const weight = defaultWeight[lb.profile];
      const isFlush = fields.isDel && fields.isFlush;
      return { retval: addOrDeleteAs(lb, { ...fields, weight, isFlush }) };
    }),
    answerRequest(lbFlushVip, (fields) => ({ retval: flush(lb, fields) })),
  ];
  if (lb.profile === "classic") return answers;
  return [
    ...answers,
    answerRequest(lbConfGet, () => ({ retval: retval.ok, ...lb.settings })),
    answerRequest(lbAddDelAsV2, (fields) => ({ retval: addOrDeleteAs(lb, fields) })),
    answerRequest(lbAsSetWeight, (fields) => {
      const { asAddress, weight, isFlush } = fields;
      return {
        retval: onVip(lb, fields, (vip) => {
          return setAsWeight(lb, vip, toIp46(asAddress), { weight, isFlush });
        }),
      };
    }),
  ];
}

/** The number that leaves a setting as it is. */
const keep = 0xffffffff;

function configure(lb: LbPlugin, wanted: LbSettings): Retval {
  const { stickyBucketsPerCore, flowTimeout } = wanted;
  return configureLb(lb, {
    ...wanted,
    stickyBucketsPerCore: stickyBucketsPerCore === keep
      ? lb.settings.stickyBucketsPerCore
      : stickyBucketsPerCore,
    flowTimeout: flowTimeout === keep ? lb.settings.flowTimeout : flowTimeout,
  });
}

function addOrDeleteVip(lb: LbPlugin, fields: VipSettings): Retval {
  if (fields.isDel) {
    return onVip(lb, fields, (vip) => {
      deleteVip(lb, vip);
      return retval.ok;
    });
  }
  return addVip(lb, newVipOf(lb, fields)).retval;
}

const encapNumber = numbersOf(lbAddDelVipV2, "encap");
const srvTypeNumber = numbersOf(lbAddDelVipV2, "type");
const dscpMask = 0x3f;

/**
 * The VIP that VPP takes the fields for.
 *
 * Quirk: an encapsulation that does not fit, or that VPP does not know, is no error by itself but
 * becomes GRE6 in IPv6, which is refused only where the prefix is of IPv4.
 */
function newVipOf(lb: LbPlugin, fields: VipSettings): NewVip {
  const { srcIpSticky, newFlowsTableLength, dscp, type, targetPort } = fields;
  const key = vipKeyOf(lb.profile, fields);
  const encap = encapSeen(lb, fields);
  const vipType = typeByEncap[isIp4Prefix(key.prefix) ? 4 : 6][encap] ?? "ip6-gre6";
  return {
    ...key,
    ...encapFields(vipType, {
      dscp: dscp & dscpMask,
      service: srvTypeNumber(type) & 0xff,
      targetPort,
    }),
    type: vipType,
    isSticky: srcIpSticky,
    tableLength: newFlowsTableLength,
  };
}

/** Quirk: releases up to 26.06 do not swap the bytes of the number. */
function encapSeen({ profile }: LbPlugin, { encap }: VipSettings): number {
  const number = encapNumber(encap);
  if (profile === "weighted") return number;
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setUint32(0, number);
  return bytes.getUint32(0, true);
}

function addOrDeleteAs(lb: LbPlugin, fields: AsSettings): Retval {
  const { asAddress, weight, isDel, isFlush } = fields;
  const addresses = [toIp46(asAddress)];
  return onVip(lb, fields, (vip) => {
    return isDel
      ? deleteAses(lb, vip, addresses, { isFlush })
      : addAses(lb, vip, addresses, { weight, isFlush });
  });
}

function onVip(lb: LbPlugin, fields: VipFields, act: (vip: Vip) => Retval): Retval {
  const vip = findVip(lb, vipKeyOf(lb.profile, fields));
  return vip === undefined ? retval.noSuchEntry : act(vip);
}

/** VPP does not look whether it found the VIP. Up to 26.06 it never finds one of IPv4. */
function flush(lb: LbPlugin, fields: VipFields): Retval {
  const isFindable = lb.profile === "weighted" || fields.pfx.address.family === 6;
  const vip = isFindable ? findVip(lb, vipKeyOf(lb.profile, fields)) : undefined;
  if (vip === undefined) {
    throw new VppCrash("lb_flush_vip of no VIP uses an index that was never set");
  }
  lb.flows.flush(vip.index);
  return retval.ok;
}
