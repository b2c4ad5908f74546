/**
 * The messages of VPP's `lb` plugin. A VIP is named by prefix, protocol and port together; port 0 is
 * all ports, and makes the protocol `any`.
 *
 * @module
 */

import { address, addressWithPrefix, ip4Address, ip6Address } from "./addresses.ts";
import { enumeration } from "./enumeration.ts";
import { answer, dump, request, retvalOnly } from "./message.ts";
import { bool, hostOrderU16, hostOrderU32, i32, u16, u32, u8 } from "./scalars.ts";
import { struct } from "./struct.ts";
import { declaredAs } from "./wire_type.ts";

/** VPP calls 255 reserved; the lb plugin means all protocols by it. */
const protocol = enumeration("vl_api_ip_proto_t", u8, { tcp: 6, udp: 17, any: 255 });

/** The same number in the messages that do not say what it is. */
const protocolNumber = declaredAs("u8", protocol);

const encap = enumeration("vl_api_lb_encap_type_t", u32, {
  gre4: 0,
  gre6: 1,
  l3dsr: 2,
  nat4: 3,
  nat6: 4,
});

/**
 * Quirk: the type of a NAT service is in host order. VPP takes a byte of the request's field for it and
 * makes the field of the details of that byte, without a swap in either direction.
 */
const srvType = enumeration("vl_api_lb_srv_type_t", hostOrderU32, { clusterip: 0, nodeport: 1 });

const vip = struct("vl_api_lb_vip_t", { pfx: addressWithPrefix, protocol, port: u16 });

/**
 * Sets what holds for all VIPs. Both addresses are set each time; 0xffffffff leaves one of the
 * numbers as it is. A changed number of buckets makes VPP forget all flows.
 */
export const lbConf = request("lb_conf", 0x56cd3261, {
  ip4SrcAddress: ip4Address,
  ip6SrcAddress: ip6Address,
  stickyBucketsPerCore: u32,
  flowTimeout: u32,
}, retvalOnly);

/** What {@link lbConf} set. Addresses never set are all ones. Not in releases up to 26.06. */
export const lbConfGet = request(
  "lb_conf_get",
  0x51077d14,
  {},
  answer(0x923427ac, {
    retval: i32,
    ip4SrcAddress: ip4Address,
    ip6SrcAddress: ip6Address,
    stickyBucketsPerCore: u32,
    flowTimeout: u32,
  }),
);

const vipSettings = {
  pfx: addressWithPrefix,
  protocol: protocolNumber,
  port: u16,
  encap,
  /** For L3DSR only. */
  dscp: u8,
  /** For NAT only, as is `targetPort`. */
  type: srvType,
  targetPort: u16,
  /** Never used by VPP. */
  nodePort: u16,
  /** A power of two. Never send 0, which stops VPP for good. */
  newFlowsTableLength: u32,
};

/** Adds or deletes a VIP. */
export const lbAddDelVip = request(
  "lb_add_del_vip",
  0x6fa569c7,
  { ...vipSettings, isDel: bool },
  retvalOnly,
);

/** Adds or deletes a VIP, one whose flows are told apart by source address alone if so wanted. */
export const lbAddDelVipV2 = request(
  "lb_add_del_vip_v2",
  0x7c520e0f,
  { ...vipSettings, srcIpSticky: bool, isDel: bool },
  retvalOnly,
);

const asOfVip = { pfx: addressWithPrefix, protocol: protocolNumber, port: u16, asAddress: address };

/** Adds an AS with weight 100, or deletes one. A deleted AS stays in the dumps for a while. */
export const lbAddDelAs = request(
  "lb_add_del_as",
  0x35d72500,
  { ...asOfVip, isDel: bool, isFlush: bool },
  retvalOnly,
);

/** Adds an AS with a weight, or deletes one. Not in releases up to 26.06. */
export const lbAddDelAsV2 = request(
  "lb_add_del_as_v2",
  0x2f1d3b0e,
  { ...asOfVip, weight: u8, isDel: bool, isFlush: bool },
  retvalOnly,
);

/** Gives an AS another weight. VPP takes more than 100 and distorts its table. Not up to 26.06. */
export const lbAsSetWeight = request(
  "lb_as_set_weight",
  0x2d89bdbd,
  { ...asOfVip, weight: u8, isFlush: bool },
  retvalOnly,
);

const vipFilter = { pfx: addressWithPrefix, protocol: protocolNumber, port: u16 };

/** Forgets all flows of a VIP. Only for one that is there: else VPP uses an index that it never set. */
export const lbFlushVip = request("lb_flush_vip", 0x1063f819, vipFilter, retvalOnly);

/** All VIPs: VPP ignores every field of the request. */
export const lbVipDump = dump(
  "lb_vip_dump",
  0x56110cb7,
  {
    pfx: addressWithPrefix,
    pfxMatcher: struct("vl_api_prefix_matcher_t", { le: u8, ge: u8 }),
    protocol: protocolNumber,
    port: u16,
  },
  answer(0x1329ec9b, {
    vip,
    /** In releases up to 26.06 the number of the VIP's type instead. */
    encap,
    /** Quirk: VPP holds it in the byte of `srvType`, so it means nothing unless the encap is L3DSR. */
    dscp: declaredAs("vl_api_ip_dscp_t", u8),
    /** Quirk: the same byte as `dscp`, so it means nothing unless the encap is NAT. */
    srvType,
    /** Quirk: VPP swaps what it holds in network order already, so this one is in host order. */
    targetPort: hostOrderU16,
    /** Quirk: 16 bits are too few for the largest table, of 65536 buckets, which reads 0. */
    flowTableLength: u16,
  }),
);

const asDetails = {
  vip,
  appSrv: address,
  /** Bit 0: in use. Without it the AS was deleted, and VPP has not got rid of it yet. */
  flags: u8,
  /** Quirk: VPP's uptime in seconds when the AS was *deleted*, and 0 for one that never was. */
  inUseSince: u32,
};

/**
 * The ASes of a VIP, or of all VIPs where the prefix is all zeros. Quirk: VPP compares an IPv4 prefix
 * with the wrong bytes and finds nothing; ask for all.
 */
export const lbAsDump = dump("lb_as_dump", 0x1063f819, vipFilter, answer(0x8d24c29e, asDetails));

/** As {@link lbAsDump}, with the weights and the buckets they led to. Not in releases up to 26.06. */
export const lbAsV2Dump = dump(
  "lb_as_v2_dump",
  0x1063f819,
  vipFilter,
  answer(0x90064aae, { ...asDetails, weight: u8, numBuckets: u32 }),
);
