/**
 * What the lb plugin does since VPP 26.10, as cases. The last one takes two minutes of VPP's time.
 *
 * @module
 */

import { lbAddDelAs, lbAsDump, lbAsV2Dump, lbConfGet } from "../wire/lb_messages.ts";
import {
  addAs,
  addVip,
  alternating,
  asesOf,
  conf,
  deleteAs,
  deleteVip,
  lookup,
  noPackets,
  setWeight,
  table,
  text,
  vipsOf,
} from "./case_steps.ts";
import { call, command, dump, type LbCase } from "./lb_case.ts";
import { addressOf, vipOf } from "./testing.ts";

/** The cases. */
export const weightedCases: readonly LbCase[] = [
  {
    name: "a VPP that was told nothing has VPP's defaults, and addresses of all ones",
    steps: [
      call(lbConfGet, {}, {
        retval: 0,
        ip4_src_address: "255.255.255.255",
        ip6_src_address: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        sticky_buckets_per_core: 1024,
        flow_timeout: 40,
      }),
    ],
  },
  {
    name:
      "a number of all ones leaves the setting, and buckets that are no power of two are refused",
    steps: [
      conf({ stickyBucketsPerCore: 4096, flowTimeout: 33 }, 0),
      conf({ ip4SrcAddress: addressOf("192.0.2.2") }, 0),
      conf({ stickyBucketsPerCore: 1000 }, -70),
      call(lbConfGet, {}, {
        ip4_src_address: "192.0.2.2",
        ip6_src_address: "2001:db8::1",
        sticky_buckets_per_core: 4096,
        flow_timeout: 33,
      }),
    ],
  },
  {
    name: "a VIP that is there already is refused",
    steps: [addVip("198.51.100.1/32 tcp 80", 0), addVip("198.51.100.1/32 tcp 80", -81)],
  },
  {
    name: "a VIP of one port beside one of all ports is refused, and the reverse",
    steps: [
      addVip("198.51.100.2/32", 0),
      addVip("198.51.100.2/32 tcp 80", -81),
      addVip("198.51.100.3/32 tcp 80", 0),
      addVip("198.51.100.3/32", -81),
    ],
  },
  {
    name: "all VIPs of a prefix have one encapsulation",
    steps: [
      addVip("198.51.100.4/32 tcp 80", 0),
      addVip("198.51.100.4/32 tcp 443", -73, { encap: "gre6" }),
      addVip("198.51.100.4/32 udp 80", 0),
      vipsOf("198.51.100.4/32", "tcp 80 gre4 1024", "udp 80 gre4 1024"),
    ],
  },
  {
    name: "a table length that is no power of two is refused",
    steps: [
      addVip("198.51.100.5/32 tcp 80", -70, { newFlowsTableLength: 1000 }),
      addVip("198.51.100.5/32 tcp 80", 0, { newFlowsTableLength: 1 }),
    ],
  },
  {
    name: "a VIP that is not there cannot be deleted",
    steps: [
      deleteVip("198.51.100.6/32 tcp 80", -6),
      addVip("198.51.100.6/32 tcp 80", 0),
      deleteVip("198.51.100.6/32 tcp 80", 0),
      deleteVip("198.51.100.6/32 tcp 80", -6),
    ],
  },
  {
    name:
      "an AS that is there already is refused, and one of another family than the encapsulation",
    steps: [
      addVip("198.51.100.7/32 tcp 80", 0),
      addAs("198.51.100.7/32 tcp 80", "10.0.0.1 50"),
      addAs("198.51.100.7/32 tcp 80", "10.0.0.1 60", -81),
      addAs("198.51.100.7/32 tcp 80", "2001:db8:9::1 50", -97),
      asesOf("198.51.100.7/32", "198.51.100.7/32 tcp 80 10.0.0.1 1 never 50 1024"),
    ],
  },
  {
    name: "without the VIP nothing can be done with an AS",
    steps: [
      addAs("198.51.100.8/32 tcp 80", "10.0.0.1 50", -6),
      deleteAs("198.51.100.8/32 tcp 80", "10.0.0.1", -6),
      setWeight("198.51.100.8/32 tcp 80", "10.0.0.1 50", -6),
    ],
  },
  {
    name: "an AS that never was cannot be deleted or weighed",
    steps: [
      addVip("198.51.100.9/32 tcp 80", 0),
      deleteAs("198.51.100.9/32 tcp 80", "10.0.0.1", -6),
      setWeight("198.51.100.9/32 tcp 80", "10.0.0.1 50", -6),
    ],
  },
  {
    name: "a deleted AS lingers without buckets, and is deleted again but not weighed",
    steps: [
      addVip("198.51.100.10/32 tcp 80", 0),
      addAs("198.51.100.10/32 tcp 80", "10.0.0.1 70"),
      deleteAs("198.51.100.10/32 tcp 80", "10.0.0.1", 0),
      asesOf("198.51.100.10/32", "198.51.100.10/32 tcp 80 10.0.0.1 0 once 70 0"),
      deleteAs("198.51.100.10/32 tcp 80", "10.0.0.1", 0),
      setWeight("198.51.100.10/32 tcp 80", "10.0.0.1 50", -6),
    ],
  },
  {
    name: "a lingering AS that is added is used again with the new weight",
    steps: [
      addVip("198.51.100.11/32 tcp 80", 0),
      addAs("198.51.100.11/32 tcp 80", "10.0.0.1 70"),
      deleteAs("198.51.100.11/32 tcp 80", "10.0.0.1", 0),
      addAs("198.51.100.11/32 tcp 80", "10.0.0.1 30"),
      asesOf("198.51.100.11/32", "198.51.100.11/32 tcp 80 10.0.0.1 1 once 30 1024"),
    ],
  },
  {
    name: "a deleted VIP is in no dump of VIPs, but its ASes are in those of ASes",
    steps: [
      addVip("198.51.100.12/32 tcp 80", 0),
      addAs("198.51.100.12/32 tcp 80", "10.0.0.1 70"),
      deleteVip("198.51.100.12/32 tcp 80", 0),
      vipsOf("198.51.100.12/32"),
      asesOf("198.51.100.12/32", "198.51.100.12/32 tcp 80 10.0.0.1 0 once 70 0"),
      addVip("198.51.100.12/32 tcp 80", 0),
      addAs("198.51.100.12/32 tcp 80", "10.0.0.1 20"),
      asesOf(
        "198.51.100.12/32",
        "198.51.100.12/32 tcp 80 10.0.0.1 0 once 70 0",
        "198.51.100.12/32 tcp 80 10.0.0.1 1 never 20 1024",
      ),
    ],
  },
  {
    name: "a deleted VIP is printed as removed, and one of the same key beside it",
    steps: [
      addVip("198.51.100.13/32 tcp 80", 0),
      addAs("198.51.100.13/32 tcp 80", "10.0.0.1 7"),
      deleteVip("198.51.100.13/32 tcp 80", 0),
      addVip("198.51.100.13/32 tcp 80", 0, { newFlowsTableLength: 64 }),
      text(
        "198.51.100.13/32",
        ` ip4-gre4 [#] 198.51.100.13/32 removed
  new_size:1024
  protocol:6 port:80
${noPackets}  #as:1
    10.0.0.1 weight:7 buckets:0 flows:0 dpo:#  removed

 ip4-gre4 [#] 198.51.100.13/32
  new_size:64
  protocol:6 port:80
${noPackets}  #as:0

`,
      ),
    ],
  },
  {
    name: "stickiness is in the text alone, and a VIP of all ports has no line for them",
    steps: [
      addVip("2001:db8:14::1/128", 0, { encap: "gre6", srcIpSticky: true }),
      addAs("2001:db8:14::1/128", "2001:db8:9::1 100"),
      vipsOf("2001:db8:14::1/128", "any 0 gre6 1024"),
      text(
        "2001:db8:14::1/128",
        ` ip6-gre6 [#] 2001:db8:14::1/128 src_ip_sticky
  new_size:1024
${noPackets}  #as:1
    2001:db8:9::1 weight:100 buckets:1024 flows:0 dpo:# used

`,
      ),
    ],
  },
  {
    name: "port 0 makes the protocol any, whatever was sent, on adding and deleting",
    steps: [
      addVip("198.51.100.15/32 tcp 0", 0),
      vipsOf("198.51.100.15/32", "any 0 gre4 1024"),
      addAs("198.51.100.15/32 udp 0", "10.0.0.1 100"),
      addVip("198.51.100.15/32", -81),
      deleteVip("198.51.100.15/32 udp 0", 0),
      vipsOf("198.51.100.15/32"),
    ],
  },
  {
    name: "a table of 65536 reads 0",
    steps: [
      addVip("198.51.100.16/32 tcp 80", 0, { newFlowsTableLength: 65536 }),
      vipsOf("198.51.100.16/32", "tcp 80 gre4 0"),
    ],
  },
  {
    name:
      "the dumps of ASes find nothing by an IPv4 prefix, one VIP by an IPv6 prefix, all by zeros",
    steps: [
      addVip("198.51.100.17/32 tcp 80", 0),
      addAs("198.51.100.17/32 tcp 80", "10.0.0.1 100"),
      dump(lbAsV2Dump, vipOf("198.51.100.17/32 tcp 80"), "198.51.100.17/32", []),
      dump(lbAsDump, vipOf("198.51.100.17/32 tcp 80"), "198.51.100.17/32", []),
      addVip("2001:db8:17::1/128 tcp 80", 0),
      addVip("2001:db8:17::1/128 udp 80", 0),
      addAs("2001:db8:17::1/128 tcp 80", "10.0.0.1 100"),
      addAs("2001:db8:17::1/128 udp 80", "10.0.0.1 100"),
      dump(lbAsV2Dump, vipOf("2001:db8:17::1/9 tcp 80"), "2001:db8:17::1/128", [
        "2001:db8:17::1/128 tcp 80 10.0.0.1 1 never 100 1024",
      ]),
      dump(lbAsDump, vipOf("::/0 tcp 9"), "2001:db8:17::1/128", [
        "2001:db8:17::1/128 tcp 80 10.0.0.1 1 never",
        "2001:db8:17::1/128 udp 80 10.0.0.1 1 never",
      ]),
    ],
  },
  {
    name: "the bits of a prefix beyond its length do not count",
    steps: [
      addVip("203.0.113.77/24 tcp 80", 0),
      addVip("203.0.113.78/24 tcp 80", -81),
      vipsOf("203.0.113.0/24", "tcp 80 gre4 1024"),
      lookup("203.0.113.99/24", 0),
    ],
  },
  {
    name: "an encapsulation that does not fit becomes GRE6 in IPv6, and is refused in IPv4",
    steps: [
      addVip("2001:db8:18::1/128 tcp 80", 0, { encap: "l3dsr" }),
      vipsOf("2001:db8:18::1/128", "tcp 80 gre6 1024"),
      addVip("2001:db8:18::2/128 tcp 80", 0, { encap: "nat4" }),
      vipsOf("2001:db8:18::2/128", "tcp 80 gre6 1024"),
      addVip("198.51.100.18/32 tcp 80", -97, { encap: "nat6" }),
      addVip("198.51.100.18/32 tcp 80", -97, { encap: 7 }),
    ],
  },
  {
    name: "the first version of the message adds ASes of weight 100",
    steps: [
      addVip("198.51.100.19/32 tcp 80", 0),
      call(
        lbAddDelAs,
        {
          ...vipOf("198.51.100.19/32 tcp 80"),
          asAddress: addressOf("10.0.0.1"),
          isDel: false,
          isFlush: false,
        },
        { retval: 0 },
      ),
      asesOf("198.51.100.19/32", "198.51.100.19/32 tcp 80 10.0.0.1 1 never 100 1024"),
    ],
  },
  {
    name: "a route is found by its very prefix, and goes with the VIP but not with the AS",
    steps: [
      lookup("198.51.100.20/32", -6),
      addVip("198.51.100.20/32 tcp 80", 0),
      addVip("198.51.100.20/32 tcp 443", 0),
      addAs("198.51.100.20/32 tcp 80", "10.0.20.1 100"),
      lookup("198.51.100.20/32", 0),
      lookup("10.0.20.1/32", 0),
      lookup("10.0.20.0/24", -6),
      deleteAs("198.51.100.20/32 tcp 80", "10.0.20.1", 0),
      deleteVip("198.51.100.20/32 tcp 80", 0),
      lookup("198.51.100.20/32", 0),
      deleteVip("198.51.100.20/32 tcp 443", 0),
      lookup("198.51.100.20/32", -6),
      lookup("10.0.20.1/32", 0),
    ],
  },
  {
    name: "commands that fail say so with a retval of −1",
    steps: [
      command("bogus command", "unknown input `bogus command'\n", -1),
      command("lb bogus", "lb: unknown input `bogus'\n", -1),
      command("lb vip 198.51.100.21/33", "lb vip: invalid vip prefix: '198.51.100.21/33'\n", -1),
      command(
        "lb vip 198.51.100.21/32 protocol tcp port 80 encap gre4 new_len 1000",
        "lb vip: lb_vip_add error -70\n",
        -1,
      ),
      command("lb as 198.51.100.21/32 10.0.0.1", "lb as: lb_vip_find_index error -6\n", -1),
      command("lb as 198.51.100.1/32 del junk", "lb as: parse error: 'junk'\n", -1),
      command("lb conf buckets 1000", "lb conf: lb_conf error -70\n", -1),
    ],
  },
  {
    name:
      "commands may be cut short and follow each other, and what is left over is a command, too",
    steps: [
      command("lb con timeout 40", ""),
      command("\tlb  conf\n  timeout 40  ", ""),
      command(
        "lb conf timeout 41\nlb conf timeout 42\nlb conf x",
        "lb conf: parse error: 'x'\n",
        -1,
      ),
      call(lbConfGet, {}, { flow_timeout: 42 }),
      command("lb vip", ""),
      command("", "unknown input `'\n", -1),
      command("lb", "lb: unknown input `'\n", -1),
      command("show", "show: unknown input `'\n", -1),
      command("show bogus", "show: unknown input `bogus'\n", -1),
      command("lb as x", "lb as: invalid as address: 'x'\n", -1),
      command("lb vip 198.51.100.23/32 delx", "lb vip: parse error: 'x'\n", -1),
      command(
        "lb vip this is a very long line that does not mean anything",
        "lb vip: invalid vip prefix: 'this is a very long line that ...'\n",
        -1,
      ),
    ],
  },
  {
    name: "a command weighs an AS that is there, and adds one that is not",
    steps: [
      addVip("198.51.100.22/32 tcp 80", 0),
      command("lb as 198.51.100.22/32 protocol tcp port 80 10.0.0.1 weight 40", ""),
      command("lb as 198.51.100.22/32 protocol tcp port 80 10.0.0.1 weight 60", ""),
      command(
        "lb as 198.51.100.22/32 protocol tcp port 80 10.0.0.1 weight 101",
        "lb as: weight must be between 0 and 100\n",
        -1,
      ),
      asesOf("198.51.100.22/32", "198.51.100.22/32 tcp 80 10.0.0.1 1 never 60 1024"),
    ],
  },
  {
    name: "ASes get buckets by weight, and none by weight 0",
    steps: [
      ...table(
        "198.51.100.30/32 tcp 80",
        1024,
        ["10.0.0.1 100", "10.0.0.2 50", "10.0.0.10 100"],
        "408 208 408",
      ),
      setWeight("198.51.100.30/32 tcp 80", "10.0.0.1 0", 0),
      asesOf(
        "198.51.100.30/32",
        "198.51.100.30/32 tcp 80 10.0.0.1 1 never 0 0",
        "198.51.100.30/32 tcp 80 10.0.0.2 1 never 50 350",
        "198.51.100.30/32 tcp 80 10.0.0.10 1 never 100 674",
      ),
      setWeight("198.51.100.30/32 tcp 80", "10.0.0.1 70", 0),
      asesOf(
        "198.51.100.30/32",
        "198.51.100.30/32 tcp 80 10.0.0.1 1 never 70 328",
        "198.51.100.30/32 tcp 80 10.0.0.2 1 never 50 248",
        "198.51.100.30/32 tcp 80 10.0.0.10 1 never 100 448",
      ),
    ],
  },
  {
    name: "where all weights are 0 nobody has a bucket",
    steps: table("198.51.100.31/32 tcp 80", 64, ["10.0.0.1 0", "10.0.0.2 0"], "0 0"),
  },
  {
    name: "many ASes of alternating weights get the buckets that were measured",
    steps: [
      ...table("198.51.100.32/32 tcp 80", 1024, alternating(4), "331 181"),
      ...table("198.51.100.33/32 tcp 80", 1024, alternating(8), "156 100"),
      ...table("198.51.100.34/32 tcp 80", 1024, alternating(20), "52|53 50"),
      ...table("198.51.100.35/32 tcp 80", 1024, alternating(40), "25|26"),
      ...table("198.51.100.36/32 tcp 80", 16384, alternating(40), "534|535 284|285"),
      ...table("198.51.100.37/32 tcp 80", 65536, alternating(40), "2176|2177 1100"),
    ],
  },
  {
    name: "what was deleted is gone after two rounds of the garbage collection",
    steps: [
      addVip("198.51.100.40/32 tcp 80", 0),
      addAs("198.51.100.40/32 tcp 80", "10.0.40.1 100"),
      addAs("198.51.100.40/32 tcp 80", "10.0.40.2 100"),
      addVip("198.51.100.41/32 tcp 80", 0),
      addAs("198.51.100.41/32 tcp 80", "10.0.40.3 100"),
      deleteAs("198.51.100.40/32 tcp 80", "10.0.40.1", 0),
      deleteVip("198.51.100.41/32 tcp 80", 0),
      lookup("10.0.40.1/32", 0),
      { kind: "wait", seconds: 125 },
      asesOf("198.51.100.40/32", "198.51.100.40/32 tcp 80 10.0.40.2 1 never 100 1024"),
      asesOf("198.51.100.41/32"),
      text("198.51.100.41/32", ""),
      lookup("10.0.40.1/32", -6),
      lookup("10.0.40.3/32", -6),
    ],
  },
];
