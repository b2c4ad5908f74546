/**
 * The quirks of the lb plugin's messages, as a VPP of 26.10 shows them. The rest of the messages is
 * proven by the recorded session.
 *
 * @module
 */

import assert from "node:assert/strict";
import { decode, encode } from "./codec.ts";
import { lbAddDelVipV2, lbVipDump } from "./lb_messages.ts";
import type { FieldsOf } from "./message.ts";
import { addressOf } from "./testing.ts";

/** Details as VPP sent them: header, VIP, encap and DSCP, then the rest. */
function details(vip: string, encapAndDscp: string, rest: string) {
  const bytes = Uint8Array.fromHex("006a00000079" + vip + encapAndDscp + rest);
  return decode(lbVipDump.details, bytes);
}

const vipOf = (lastByte: string) => `00c63364${lastByte}00000000000000000000000020060050`;

Deno.test("quirk: the type of a NAT service is in host order, in requests", () => {
  const fields: FieldsOf<typeof lbAddDelVipV2> = {
    pfx: { address: addressOf("198.51.100.2"), length: 32 },
    protocol: "tcp",
    port: 80,
    encap: "nat4",
    dscp: 0,
    type: "nodeport",
    targetPort: 8080,
    nodePort: 0,
    newFlowsTableLength: 1024,
    srcIpSticky: false,
    isDel: false,
  };
  const message = encode(lbAddDelVipV2, fields, { id: 0, clientIndex: 0, context: 0 }).subarray(16);
  assert.equal(message.subarray(31, 44).toHex(), "00000003" + "00" + "01000000" + "1f90" + "0000");
});

Deno.test("quirk: the type of a NAT service and its port are in host order, in details", () => {
  const { srvType, targetPort } = details(vipOf("02"), "0000000301", "01000000" + "901f" + "0400");
  assert.deepEqual([srvType, targetPort], ["nodeport", 8080]);
  const other = details(vipOf("03"), "0000000300", "00000000" + "901f" + "0400");
  assert.deepEqual([other.srvType, other.targetPort], ["clusterip", 8080]);
});

Deno.test("quirk: DSCP and type of service are the same byte in VPP, and both show it", () => {
  const anyPort = "00c633640400000000000000000000000020ff0000";
  const l3dsr = details(anyPort, "0000000207", "07000000" + "0000" + "0400");
  assert.deepEqual([l3dsr.vip.protocol, l3dsr.encap, l3dsr.dscp, l3dsr.srvType], [
    "any",
    "l3dsr",
    7,
    7,
  ]);
  const nat = details(vipOf("02"), "0000000301", "01000000" + "901f" + "0400");
  assert.deepEqual([nat.dscp, nat.srvType], [1, "nodeport"]);
});

Deno.test("quirk: a table of 65536 buckets reads 0", () => {
  const vip = "00cb00710000000000000000000000000018110050";
  const { flowTableLength, encap } = details(vip, "0000000100", "00000000" + "0000" + "0000");
  assert.deepEqual([flowTableLength, encap], [0, "gre6"]);
});
