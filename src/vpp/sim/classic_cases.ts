/**
 * What the lb plugin does in releases up to 26.06, as cases. The last one takes two minutes of VPP's
 * time.
 *
 * @module
 */

import { lbAddDelAs, lbAsDump, lbVipDump } from "../wire/lb_messages.ts";
import { addVip, lookup, noPackets, text } from "./case_steps.ts";
import { call, command, dump, type LbCase, type Step } from "./lb_case.ts";
import { addressOf, vipOf } from "./testing.ts";

const everything = vipOf("0.0.0.0/0");

/** The VIPs of a prefix, as these releases tell them. */
function vipsOf(prefix: string, ...lines: string[]): Step {
  const fields = { ...everything, pfxMatcher: { le: 0, ge: 0 } };
  return dump(lbVipDump, fields, prefix, lines.map((line) => `${prefix} ${line}`));
}

/** The ASes of a prefix. */
function asesOf(prefix: string, ...lines: string[]): Step {
  return dump(lbAsDump, everything, prefix, lines.map((line) => `${prefix} ${line}`));
}

function addAs(vip: string, as: string, retval: number): Step {
  const fields = { asAddress: addressOf(as), isDel: false, isFlush: false };
  return call(lbAddDelAs, { ...vipOf(vip), ...fields }, { retval });
}

/** GRE6 as these releases understand it, which do not swap bytes. */
const swappedGre6 = 0x01000000;

/** The cases. */
export const classicCases: readonly LbCase[] = [
  {
    name: "an IPv4 prefix in a message is taken for an IPv6 prefix of that length",
    steps: [
      addVip("198.51.100.1/32 tcp 80", 0),
      text("198.51.100.1/32", ""),
      text(
        "::/32",
        ` ip6-gre4 [#] ::/32
  new_size:1024
  protocol:6 port:80
${noPackets}  #as:0

`,
      ),
      lookup("198.51.100.1/32", -6),
      lookup("::/32", 0),
    ],
  },
  {
    name: "with 96 added to its length an IPv4 prefix is what it is",
    steps: [
      addVip("198.51.100.2/128 tcp 81", 0),
      addAs("198.51.100.2/128 tcp 81", "10.0.0.1", 0),
      addAs("198.51.100.2/128 tcp 81", "10.0.0.1", -81),
      addAs("198.51.100.2/32 tcp 81", "10.0.0.1", -6),
      asesOf("198.51.100.2/128", "0 81 10.0.0.1 1 never"),
      lookup("198.51.100.2/32", 0),
    ],
  },
  {
    name: "an encapsulation is understood without its bytes swapped",
    steps: [
      addVip("198.51.100.3/128 tcp 80", -97, { encap: "gre6" }),
      addVip("198.51.100.3/128 tcp 80", 0, { encap: swappedGre6 }),
      text(
        "198.51.100.3/32",
        ` ip4-gre6 [#] 198.51.100.3/32
  new_size:1024
  protocol:6 port:80
${noPackets}  #as:0

`,
      ),
      addVip("2001:db8:3::1/128 tcp 80", 0, { encap: "gre6" }),
      addVip("2001:db8:3::2/128 tcp 80", 0, { encap: "l3dsr" }),
      // The dump has the number of the type, which here means IPv6 over GRE6, and not GRE4.
      vipsOf("2001:db8:3::1/128", "0 80 gre4 0"),
      vipsOf("2001:db8:3::2/128", "0 80 gre4 0"),
    ],
  },
  {
    name: "a dump of VIPs has lengths from 96 on, no protocols, types, and half the table length",
    steps: [
      addVip("198.51.100.4/128 udp 53", 0, { newFlowsTableLength: 65536 }),
      addVip("198.51.100.4/128 tcp 53", 0, { newFlowsTableLength: 4096 }),
      vipsOf("198.51.100.4/128", "0 53 nat4 1", "0 53 nat4 0"),
    ],
  },
  {
    name: "a deleted VIP is still in the dump of VIPs",
    steps: [
      addVip("198.51.100.5/128 tcp 80", 0),
      addAs("198.51.100.5/128 tcp 80", "10.0.0.1", 0),
      addVip("198.51.100.5/128 tcp 80", 0, { isDel: true }),
      vipsOf("198.51.100.5/128", "0 80 nat4 0"),
      asesOf("198.51.100.5/128", "0 80 10.0.0.1 0 once"),
      addVip("198.51.100.5/128 tcp 80", -6, { isDel: true }),
    ],
  },
  {
    name: "the filter of a dump of ASes has to have the port with its bytes swapped",
    steps: [
      addVip("2001:db8:6::1/128 tcp 80", 0),
      addAs("2001:db8:6::1/128 tcp 80", "10.0.0.1", 0),
      dump(lbAsDump, vipOf("2001:db8:6::1/128 tcp 80"), "2001:db8:6::1/128", []),
      dump(lbAsDump, vipOf(`2001:db8:6::1/128 tcp ${80 << 8}`), "2001:db8:6::1/128", [
        "2001:db8:6::1/128 0 80 10.0.0.1 1 never",
      ]),
    ],
  },
  {
    name: "commands add, delete and print as recorded, and weigh all ASes alike",
    steps: [
      command(
        "lb vip 198.51.100.7/32 protocol tcp port 80 encap gre4 del",
        "lb vip: lb_vip_find_index error -6\n",
        -1,
      ),
      command(
        "lb as 198.51.100.7/32 protocol tcp port 80 10.0.0.1",
        "lb as: lb_vip_find_index error -6\n",
        -1,
      ),
      addVip("198.51.100.7/128 tcp 80", 0),
      command(
        "lb vip 198.51.100.7/32 protocol tcp port 80 encap gre4",
        "lb vip: lb_vip_add error -81\n",
        -1,
      ),
      command(
        "lb vip 198.51.100.7/32 protocol tcp port 443 encap gre6",
        "lb vip: lb_vip_add error -73\n",
        -1,
      ),
      command("lb vip 198.51.100.7/32", "lb vip: lb_vip_add error -81\n", -1),
      command("lb as 198.51.100.7/32 protocol tcp port 80 10.0.0.1 10.0.0.2", ""),
      command(
        "lb as 198.51.100.7/32 protocol tcp port 80 10.0.0.3 weight 5",
        "lb as: parse error: 'weight 5'\n",
        -1,
      ),
      command("lb as 198.51.100.7/32 protocol tcp port 80 10.0.0.2 del", ""),
      command("show lb vips", ""),
      text(
        "198.51.100.7/32",
        ` ip4-gre4 [#] 198.51.100.7/32
  new_size:1024
  protocol:6 port:80
${noPackets}  #as:2
    10.0.0.2 0 buckets   0 flows  dpo:#  removed
    10.0.0.1 1024 buckets   0 flows  dpo:# used

`,
      ),
    ],
  },
  {
    name: "what was deleted stays until somebody types a command of the plugin",
    steps: [
      addVip("198.51.100.8/128 tcp 80", 0),
      addAs("198.51.100.8/128 tcp 80", "10.0.8.1", 0),
      addVip("198.51.100.8/128 tcp 80", 0, { isDel: true }),
      { kind: "wait", seconds: 125 },
      vipsOf("198.51.100.8/128", "0 80 nat4 0"),
      asesOf("198.51.100.8/128", "0 80 10.0.8.1 0 once"),
      command("lb conf timeout 40", ""),
      vipsOf("198.51.100.8/128"),
      asesOf("198.51.100.8/128"),
      lookup("10.0.8.1/32", -6),
    ],
  },
];
