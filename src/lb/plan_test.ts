import assert from "node:assert/strict";
import { address, vipKey } from "../vpp/lb/lb_fixture.ts";
import type { Vip } from "../vpp/lb/mod.ts";
import type { DesiredVip } from "./desired.ts";
import { flushKey } from "./flush_key.ts";
import type { PlanInput } from "./plan.ts";
import { desiredVip, linesOf, observedVip, planned } from "./plan_fixture.ts";

interface Case {
  readonly rule: string;
  readonly desired: readonly DesiredVip[];
  readonly observed: readonly Vip[];
  readonly input?: Partial<PlanInput>;
  readonly lines: readonly string[];
}

const www = "www 198.51.100.1 tcp 80";
const vip = "198.51.100.1 tcp 80";
const scope = { kind: "vip", frontend: "www" } as const;
const classic = { profile: "classic" } as const;

/** The flows to these ASes are to be forgotten. */
function pending(hosts: readonly string[], where = vip): Pick<PlanInput, "pendingFlushes"> {
  return { pendingFlushes: new Set(hosts.map((host) => flushKey(vipKey(where), address(host)))) };
}

const weights: readonly Case[] = [
  {
    rule: "where nothing differs there is nothing to do",
    desired: [desiredVip(www, "10.0.0.1 100, 10.0.0.2 0 flush")],
    observed: [observedVip(vip, "10.0.0.2 0, 10.0.0.1 100, 10.0.0.3 50 lingers")],
    lines: [],
  },
  {
    rule: "a weight that differs is set, and only one that becomes 0 is flushed, if that is wanted",
    desired: [desiredVip(www, "10.0.0.1 0 flush, 10.0.0.2 0, 10.0.0.3 50 flush, 10.0.0.4 60")],
    observed: [observedVip(vip, "10.0.0.1 100, 10.0.0.2 100, 10.0.0.3 100, 10.0.0.4 200")],
    lines: [
      "as-weight www 10.0.0.1 100 → 0 flush: web1 is down",
      "as-weight www 10.0.0.2 100 → 0: web2 is down",
      "as-weight www 10.0.0.3 100 → 50: web3 is up",
      "as-weight www 10.0.0.4 200 → 60: web4 is up",
    ],
  },
  {
    rule: "what adds capacity comes first, then what takes it away, each by number",
    desired: [
      desiredVip(
        www,
        "10.0.0.10 10, 10.0.0.9 10, 10.0.0.2 10, 10.0.0.3 0, 10.0.0.4 20, 10.0.0.5 5",
      ),
    ],
    observed: [
      observedVip(vip, "10.0.0.8, 10.0.0.7, 10.0.0.5 50, 10.0.0.4 0, 10.0.0.3 50, 10.0.0.2 0"),
    ],
    lines: [
      "as-add www 10.0.0.9 10: web9 is up",
      "as-add www 10.0.0.10 10: web10 is up",
      "as-weight www 10.0.0.2 0 → 10: web2 is up",
      "as-weight www 10.0.0.4 0 → 20: web4 is up",
      "as-weight www 10.0.0.3 50 → 0: web3 is down",
      "as-weight www 10.0.0.5 50 → 5: web5 is up",
      "as-del www 10.0.0.7 flush: no backend of www has this address",
      "as-del www 10.0.0.8 flush: no backend of www has this address",
    ],
  },
  {
    rule: "a lingering AS is added again, not reweighted",
    desired: [desiredVip(www, "10.0.0.1 100, 10.0.0.2 0")],
    observed: [observedVip(vip, "10.0.0.1 100 lingers, 10.0.0.2 0 lingers")],
    lines: ["as-add www 10.0.0.1 100: web1 is up", "as-add www 10.0.0.2 0: web2 is down"],
  },
  {
    rule: "an AS that lingers and that nobody wants is left to VPP",
    desired: [desiredVip(www, "10.0.0.1")],
    observed: [observedVip(vip, "10.0.0.1, 10.0.0.2 100 lingers")],
    lines: [],
  },
];

const flushes: readonly Case[] = [
  {
    rule: "a flush that is pending is sent although the weight is 0 already",
    desired: [desiredVip(www, "10.0.0.1 0 flush, 10.0.0.2 0 flush, 10.0.0.3 100")],
    observed: [observedVip(vip, "10.0.0.1 0, 10.0.0.2 0, 10.0.0.3 100")],
    input: pending(["10.0.0.2"]),
    lines: ["as-weight www 10.0.0.2 0 → 0 flush: web2 is down"],
  },
  {
    rule: "a flush that is pending is one with the change of the weight to 0",
    desired: [desiredVip(www, "10.0.0.1 0")],
    observed: [observedVip(vip, "10.0.0.1 100")],
    input: pending(["10.0.0.1"]),
    lines: ["as-weight www 10.0.0.1 100 → 0 flush: web1 is down"],
  },
  {
    rule: "a flush that is pending is forgotten where the AS serves",
    desired: [desiredVip(www, "10.0.0.1 100, 10.0.0.2 100")],
    observed: [observedVip(vip, "10.0.0.1 100, 10.0.0.2 0")],
    input: pending(["10.0.0.1", "10.0.0.2"]),
    lines: ["as-weight www 10.0.0.2 0 → 100: web2 is up"],
  },
  {
    rule: "a flush that is pending for another VIP is none for this one",
    desired: [desiredVip(www, "10.0.0.1 0")],
    observed: [observedVip(vip, "10.0.0.1 0")],
    input: pending(["10.0.0.1"], "198.51.100.1 tcp 443"),
    lines: [],
  },
  {
    rule: "a flush that is pending reaches an AS that lingers once it is there again",
    desired: [desiredVip(www, "10.0.0.1 0 flush")],
    observed: [observedVip(vip, "10.0.0.1 100 lingers")],
    input: pending(["10.0.0.1"]),
    lines: [
      "as-add www 10.0.0.1 0: web1 is down",
      "as-weight www 10.0.0.1 0 → 0 flush: web1 is down",
    ],
  },
  {
    rule: "a flush that is pending is nothing to an AS that VPP does not know",
    desired: [desiredVip(www, "10.0.0.1 0 flush")],
    observed: [observedVip(vip)],
    input: pending(["10.0.0.1"]),
    lines: ["as-add www 10.0.0.1 0: web1 is down"],
  },
];

const wholeVips: readonly Case[] = [
  {
    rule: "into an empty VPP go all VIPs by number, IPv4 first, and all ASes, whatever they weigh",
    desired: [
      desiredVip("e 2001:db8::1 tcp 80", "2001:db8:9::10 0, 2001:db8:9::9 1"),
      desiredVip("d 198.51.100.10", "10.0.0.1"),
      desiredVip("c 198.51.100.9 udp 80", "10.0.0.1"),
      desiredVip("b 198.51.100.9 tcp 443", "10.0.0.1", { srcIpSticky: true }),
      desiredVip("a 198.51.100.9 tcp 80", "10.0.0.1", { tableLength: 4096 }),
    ],
    observed: [],
    lines: [
      "vip-add a 198.51.100.9/32 tcp 80 gre4 4096: not in VPP",
      "as-add a 10.0.0.1 100: web1 is up",
      "vip-add b 198.51.100.9/32 tcp 443 gre4 1024 src-ip-sticky: not in VPP",
      "as-add b 10.0.0.1 100: web1 is up",
      "vip-add c 198.51.100.9/32 udp 80 gre4 1024: not in VPP",
      "as-add c 10.0.0.1 100: web1 is up",
      "vip-add d 198.51.100.10/32 any 0 gre4 1024: not in VPP",
      "as-add d 10.0.0.1 100: web1 is up",
      "vip-add e 2001:db8::1/128 tcp 80 gre6 1024: not in VPP",
      "as-add e 2001:db8:9::9 1: web9 is up",
      "as-add e 2001:db8:9::10 0: web10 is down",
    ],
  },
  {
    rule: "VIPs that nobody wants are deleted, of whatever kind, their ASes first and with flush",
    desired: [],
    observed: [
      observedVip("2001:db8::1 tcp 80", "", { encap: "nat6" }),
      observedVip("198.51.100.10 udp 53", "10.0.0.1", { encap: "l3dsr" }),
      observedVip("198.51.100.9", "10.0.0.10, 10.0.0.9 0, 10.0.0.8 1 lingers"),
    ],
    lines: [
      "as-del 198.51.100.9/32 any 0 10.0.0.9 flush: no frontend has it",
      "as-del 198.51.100.9/32 any 0 10.0.0.10 flush: no frontend has it",
      "vip-del 198.51.100.9/32 any 0: no frontend has it",
      "as-del 198.51.100.10/32 udp 53 10.0.0.1 flush: no frontend has it",
      "vip-del 198.51.100.10/32 udp 53: no frontend has it",
      "vip-del 2001:db8::1/128 tcp 80: no frontend has it",
    ],
  },
  {
    rule: "VIPs are deleted, then made anew, then added, then changed",
    desired: [
      desiredVip("a 198.51.100.1 tcp 80", "10.0.0.1 50"),
      desiredVip("b 198.51.100.2 tcp 80", "10.0.0.1"),
      desiredVip("c 198.51.100.3 tcp 80", "10.0.0.1", { srcIpSticky: true }),
    ],
    observed: [
      observedVip("198.51.100.1 tcp 80", "10.0.0.1"),
      observedVip("198.51.100.3 tcp 80", "10.0.0.1"),
      observedVip("198.51.100.4 tcp 80", "10.0.0.1"),
    ],
    lines: [
      "as-del 198.51.100.4/32 tcp 80 10.0.0.1 flush: no frontend has it",
      "vip-del 198.51.100.4/32 tcp 80: no frontend has it",
      "as-del c 10.0.0.1 flush: src-ip-sticky: false → true",
      "vip-del c 198.51.100.3/32 tcp 80: src-ip-sticky: false → true",
      "vip-add c 198.51.100.3/32 tcp 80 gre4 1024 src-ip-sticky: src-ip-sticky: false → true",
      "as-add c 10.0.0.1 100: web1 is up",
      "vip-add b 198.51.100.2/32 tcp 80 gre4 1024: not in VPP",
      "as-add b 10.0.0.1 100: web1 is up",
      "as-weight a 10.0.0.1 100 → 50: web1 is up",
    ],
  },
];

const recreations: readonly Case[] = [
  {
    rule: "a VIP is made anew for each thing that VPP cannot change, and all are told",
    desired: [desiredVip(www, "", { srcIpSticky: true, tableLength: 4096 })],
    observed: [observedVip(vip, "", { encap: "l3dsr" })],
    lines: [
      `vip-del ${www.replace(" tcp", "/32 tcp")}: ${allReasons()}`,
      `vip-add ${www.replace(" tcp", "/32 tcp")} gre4 4096 src-ip-sticky: ${allReasons()}`,
    ],
  },
  {
    rule: "when the backends are of another family, the old ones go with the old VIP",
    desired: [desiredVip(www, "2001:db8::1 100, 2001:db8::2 0")],
    observed: [observedVip(vip, "10.0.0.1, 10.0.0.2 0")],
    lines: [
      "as-del www 10.0.0.1 flush: encapsulation: gre4 → gre6",
      "as-del www 10.0.0.2 flush: encapsulation: gre4 → gre6",
      "vip-del www 198.51.100.1/32 tcp 80: encapsulation: gre4 → gre6",
      "vip-add www 198.51.100.1/32 tcp 80 gre6 1024: encapsulation: gre4 → gre6",
      "as-add www 2001:db8::1 100: web1 is up",
      "as-add www 2001:db8::2 0: web2 is down",
    ],
  },
  {
    rule: "where the encapsulation of a prefix changes, all of its VIPs go before one comes back",
    desired: [
      desiredVip("b 198.51.100.1 tcp 443", "2001:db8::1"),
      desiredVip("a 198.51.100.1 tcp 80", "2001:db8::1"),
      desiredVip("c 198.51.100.1 tcp 8080", "2001:db8::1"),
    ],
    observed: [
      observedVip("198.51.100.1 tcp 443"),
      observedVip("198.51.100.1 udp 443"),
      observedVip("198.51.100.1 tcp 80"),
    ],
    lines: [
      "vip-del 198.51.100.1/32 udp 443: no frontend has it",
      "vip-del a 198.51.100.1/32 tcp 80: encapsulation: gre4 → gre6",
      "vip-del b 198.51.100.1/32 tcp 443: encapsulation: gre4 → gre6",
      "vip-add a 198.51.100.1/32 tcp 80 gre6 1024: encapsulation: gre4 → gre6",
      "as-add a 2001:db8::1 100: web1 is up",
      "vip-add b 198.51.100.1/32 tcp 443 gre6 1024: encapsulation: gre4 → gre6",
      "as-add b 2001:db8::1 100: web1 is up",
      "vip-add c 198.51.100.1/32 tcp 8080 gre6 1024: not in VPP",
      "as-add c 2001:db8::1 100: web1 is up",
    ],
  },
  {
    rule: "for any other reason the VIPs of a prefix are made anew one by one",
    desired: [
      desiredVip("a 198.51.100.1 tcp 80", "", { tableLength: 64 }),
      desiredVip("b 198.51.100.1 tcp 443", "", { tableLength: 64 }),
    ],
    observed: [observedVip("198.51.100.1 tcp 80"), observedVip("198.51.100.1 tcp 443")],
    lines: [
      "vip-del a 198.51.100.1/32 tcp 80: flow-table-length: 1024 → 64",
      "vip-add a 198.51.100.1/32 tcp 80 gre4 64: flow-table-length: 1024 → 64",
      "vip-del b 198.51.100.1/32 tcp 443: flow-table-length: 1024 → 64",
      "vip-add b 198.51.100.1/32 tcp 443 gre4 64: flow-table-length: 1024 → 64",
    ],
  },
  {
    rule: "the VIP of all ports is gone before those of some ports come",
    desired: [desiredVip("a 198.51.100.1 tcp 80"), desiredVip("b 198.51.100.1 udp 53")],
    observed: [observedVip("198.51.100.1")],
    lines: [
      "vip-del 198.51.100.1/32 any 0: no frontend has it",
      "vip-add a 198.51.100.1/32 tcp 80 gre4 1024: not in VPP",
      "vip-add b 198.51.100.1/32 udp 53 gre4 1024: not in VPP",
    ],
  },
  {
    rule: "the VIPs of some ports are gone before that of all ports comes",
    desired: [desiredVip("a 198.51.100.1")],
    observed: [observedVip("198.51.100.1 tcp 80"), observedVip("198.51.100.1 udp 53")],
    lines: [
      "vip-del 198.51.100.1/32 tcp 80: no frontend has it",
      "vip-del 198.51.100.1/32 udp 53: no frontend has it",
      "vip-add a 198.51.100.1/32 any 0 gre4 1024: not in VPP",
    ],
  },
  {
    rule: "stickiness that VPP was not asked for is no difference",
    desired: [desiredVip(www, "", { srcIpSticky: true })],
    observed: [{ ...observedVip(vip), text: null }],
    lines: [],
  },
];

function allReasons(): string {
  return "encapsulation: l3dsr → gre4, src-ip-sticky: false → true, flow-table-length: 1024 → 4096";
}

const ofOneVip: readonly Case[] = [
  {
    rule: "a plan for one VIP leaves the others alone, and deletes none",
    desired: [desiredVip(www, "10.0.0.1 50"), desiredVip("other 198.51.100.2 tcp 80", "10.0.0.1")],
    observed: [observedVip("198.51.100.3 tcp 80", "10.0.0.1"), observedVip(vip, "10.0.0.1")],
    input: { scope },
    lines: ["as-weight www 10.0.0.1 100 → 50: web1 is up"],
  },
  {
    rule: "a plan for one VIP adds it where it is missing",
    desired: [desiredVip(www, "10.0.0.1")],
    observed: [observedVip("198.51.100.1 tcp 443")],
    input: { scope },
    lines: [
      "vip-add www 198.51.100.1/32 tcp 80 gre4 1024: not in VPP",
      "as-add www 10.0.0.1 100: web1 is up",
    ],
  },
  {
    rule: "a plan for one VIP leaves it to the next full one to make the VIP anew",
    desired: [desiredVip(www, "10.0.0.1, 10.0.0.2 0", { srcIpSticky: true, tableLength: 64 })],
    observed: [observedVip(vip, "10.0.0.1 0, 10.0.0.2")],
    input: { scope },
    lines: [
      "as-weight www 10.0.0.1 0 → 100: web1 is up",
      "as-weight www 10.0.0.2 100 → 0: web2 is down",
    ],
  },
  {
    rule: "a plan for one VIP adds no AS that VPP would refuse for its family",
    desired: [desiredVip(www, "2001:db8::1")],
    observed: [observedVip(vip, "10.0.0.1")],
    input: { scope },
    lines: [],
  },
  {
    rule: "a plan for one VIP does not add it beside one of all ports",
    desired: [desiredVip(www, "10.0.0.1")],
    observed: [observedVip("198.51.100.1")],
    input: { scope },
    lines: [],
  },
  {
    rule: "a plan for one VIP adds it beside one of all ports of another prefix",
    desired: [desiredVip(www, "10.0.0.1")],
    observed: [{
      ...observedVip("198.51.100.1", "", { encap: "gre6" }),
      prefix: { address: address("198.51.100.1"), length: 24 },
    }],
    input: { scope },
    lines: [
      "vip-add www 198.51.100.1/32 tcp 80 gre4 1024: not in VPP",
      "as-add www 10.0.0.1 100: web1 is up",
    ],
  },
  {
    rule: "a plan for one VIP of all ports does not add it beside one of a port",
    desired: [desiredVip("www 198.51.100.1", "10.0.0.1")],
    observed: [observedVip(vip)],
    input: { scope },
    lines: [],
  },
  {
    rule: "a plan for one VIP does not add it beside one of another encapsulation",
    desired: [desiredVip(www, "10.0.0.1")],
    observed: [observedVip("198.51.100.1 tcp 443", "", { encap: "gre6" })],
    input: { scope },
    lines: [],
  },
  {
    rule: "a plan for the VIP of a frontend that is not there is empty",
    desired: [desiredVip("other 198.51.100.2 tcp 80", "10.0.0.1")],
    observed: [],
    input: { scope },
    lines: [],
  },
];

const withoutWeights: readonly Case[] = [
  {
    rule: "without weights, only those that serve are added, and all weigh 100",
    desired: [desiredVip(www, "10.0.0.1 37, 10.0.0.2 0, 10.0.0.3 100")],
    observed: [],
    input: classic,
    lines: [
      "vip-add www 198.51.100.1/32 tcp 80 gre4 1024: not in VPP",
      "as-add www 10.0.0.1 100: web1 is up",
      "as-add www 10.0.0.3 100: web3 is up",
    ],
  },
  {
    rule: "without weights, 37 is no other than 100, and what weighs 0 is missing",
    desired: [desiredVip(www, "10.0.0.1 37, 10.0.0.2 0, 10.0.0.3 0 flush")],
    observed: [observedVip(vip, "10.0.0.1, 10.0.0.3 100 lingers")],
    input: classic,
    lines: [],
  },
  {
    rule: "without weights, what adds capacity comes first as well",
    desired: [desiredVip(www, "10.0.0.1 0 flush, 10.0.0.2 0, 10.0.0.3 5, 10.0.0.4 6")],
    observed: [observedVip(vip, "10.0.0.1, 10.0.0.2, 10.0.0.4 100 lingers, 10.0.0.5")],
    input: classic,
    lines: [
      "as-add www 10.0.0.3 100: web3 is up",
      "as-add www 10.0.0.4 100: web4 is up",
      "as-weight www 10.0.0.1 100 → 0 flush: web1 is down",
      "as-weight www 10.0.0.2 100 → 0: web2 is down",
      "as-del www 10.0.0.5 flush: no backend of www has this address",
    ],
  },
  {
    rule: "without weights, a flush that is pending reaches an AS that lingers",
    desired: [desiredVip(www, "10.0.0.1 0 flush, 10.0.0.2 0 flush")],
    observed: [observedVip(vip, "10.0.0.1 100 lingers")],
    input: { ...classic, ...pending(["10.0.0.1", "10.0.0.2"]) },
    lines: ["as-weight www 10.0.0.1 0 → 0 flush: web1 is down"],
  },
];

for (
  const { rule, desired, observed, input, lines } of [
    ...weights,
    ...flushes,
    ...wholeVips,
    ...recreations,
    ...ofOneVip,
    ...withoutWeights,
  ]
) {
  Deno.test(rule, () => assert.deepEqual(linesOf(planned(desired, observed, input)), lines));
}
