/**
 * The messages that look up routes.
 *
 * @module
 */

import { prefix } from "./addresses.ts";
import { enumeration } from "./enumeration.ts";
import { answer, request } from "./message.ts";
import { bool, i32, u32, u8 } from "./scalars.ts";
import { bytes } from "./strings.ts";
import { array, count, list, struct } from "./struct.ts";
import { declaredAs } from "./wire_type.ts";

const fibPathType = enumeration("vl_api_fib_path_type_t", u32, {
  "normal": 0,
  "local": 1,
  "drop": 2,
  "udp-encap": 3,
  "bier-imp": 4,
  "icmp-unreach": 5,
  "icmp-prohibit": 6,
  "source-lookup": 7,
  "dvr": 8,
  "interface-rx": 9,
  "classify": 10,
});

const fibPathNhProto = enumeration("vl_api_fib_path_nh_proto_t", u32, {
  ip4: 0,
  ip6: 1,
  mpls: 2,
  ethernet: 3,
  bier: 4,
});

const fibPathNh = struct("vl_api_fib_path_nh_t", {
  /** 16 bytes, since only the path's `proto` says what they are; IPv4 takes the first four. */
  address: declaredAs("vl_api_address_union_t", bytes(16)),
  viaLabel: u32,
  objId: u32,
  classifyTableIndex: u32,
});

const fibMplsLabel = struct("vl_api_fib_mpls_label_t", {
  isUniform: u8,
  label: u32,
  ttl: u8,
  exp: u8,
});

const fibPath = struct("vl_api_fib_path_t", {
  swIfIndex: u32,
  tableId: u32,
  rpfId: u32,
  weight: u8,
  preference: u8,
  type: fibPathType,
  /** Bits: 1 resolve via attached, 2 resolve via host, 4 pop the pseudo-wire control word. */
  flags: declaredAs("vl_api_fib_path_flags_t", u32),
  proto: fibPathNhProto,
  nh: fibPathNh,
  /** How many of the labels count; all 16 are sent. */
  nLabels: u8,
  labelStack: array(fibMplsLabel, 16),
});

const routeLookup = {
  tableId: u32,
  /** Whether only a route of that very prefix will do, or the longest that contains it. */
  exact: declaredAs("u8", bool),
  prefix,
};

/**
 * Looks up a route. `statsIndex` is its index in the counters `/net/route/to` and `/net/route/via`.
 * Where nothing is found the retval is −6 and the route is all zeros.
 */
export const ipRouteLookup = request(
  "ip_route_lookup",
  0x710d6471,
  routeLookup,
  answer(0x5d8febcb, {
    retval: i32,
    route: struct("vl_api_ip_route_t", {
      tableId: u32,
      statsIndex: u32,
      prefix,
      nPaths: count(u8),
      paths: list(fibPath, "n_paths"),
    }),
  }),
);

/** As {@link ipRouteLookup}; the reply also tells the source of the route. */
export const ipRouteLookupV2 = request(
  "ip_route_lookup_v2",
  0x710d6471,
  routeLookup,
  answer(0x84cc9e03, {
    retval: i32,
    route: struct("vl_api_ip_route_v2_t", {
      tableId: u32,
      statsIndex: u32,
      prefix,
      nPaths: count(u8),
      src: u8,
      paths: list(fibPath, "n_paths"),
    }),
  }),
);
