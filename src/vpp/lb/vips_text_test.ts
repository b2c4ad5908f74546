import assert from "node:assert/strict";
import { parseAddress } from "../../config/address.ts";
import { forSeeds, type Random } from "../../../tests/seeded.ts";
import { vipKeyText } from "./vip.ts";
import { parseVipsText, type TextVip } from "./vips_text.ts";

const recordings = new URL("../../../tests/fixtures/vpp/", import.meta.url);
const read = (name: string) => Deno.readTextFileSync(new URL(name, recordings));
const recorded = read("show-lb-vips-verbose.txt");
const recordedOld = read("26.06/show-lb-vips-verbose.txt");

function vipsOf(text: string): readonly TextVip[] {
  const result = parseVipsText(text);
  assert.ok(result.ok, JSON.stringify(result));
  return result.vips;
}

/** What the dumps said when the text was recorded: of a VIP six words, of an AS eight. */
function dumped(words: number): string[][] {
  return read("show-lb-vips-verbose.dumps.txt").trimEnd().split("\n")
    .map((line) => line.split(" "))
    .filter(({ length }) => length === words);
}

const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, any: 255 };
const encapNumbers: Readonly<Record<string, number>> = { gre4: 0, gre6: 1 };

/** The words by which a dump names the VIP. */
function keyWords({ prefix, protocol, port }: TextVip): string[] {
  return [
    `${prefix.address.text}/${prefix.length}`,
    `${protocolNumbers[protocol] ?? protocol}`,
    `${port}`,
  ];
}

Deno.test("the text tells of the same VIPs as the dump", () => {
  const shown = vipsOf(recorded).filter(({ isRemoved }) => !isRemoved).map((vip) => [
    ...keyWords(vip),
    `${encapNumbers[vip.encap]}`,
    // Quirk: the dump has 16 bits for it.
    `${vip.tableLength % 65536}`,
  ]);
  assert.deepEqual(shown, dumped(5));
});

Deno.test("the text tells of the same ASes as the dump, those that linger among them", () => {
  const shown = vipsOf(recorded).flatMap((vip) =>
    vip.ases.map(({ address, isRemoved, weight, buckets }) => [
      ...keyWords(vip),
      ...[address.text, isRemoved ? 0 : 1, weight, buckets].map(String),
    ])
  );
  assert.deepEqual(shown, dumped(7));
});

Deno.test("a VIP is read with all that only the text knows", () => {
  const vip = vipsOf(recorded).find(({ poolIndex }) => poolIndex === 5);
  assert.deepEqual(vip, {
    poolIndex: 5,
    prefix: { address: { family: 6, text: "2001:db8:7::1" }, length: 128 },
    encap: "gre4",
    srcIpSticky: true,
    isRemoved: false,
    protocol: "tcp",
    port: 443,
    tableLength: 4096,
    counters: { existing: 0, first: 0, untracked: 0, noServer: 0 },
    ases: [
      as("10.0.0.1", { weight: 100, buckets: 4096, statsIndex: 9 }),
      as("10.0.0.2", { weight: 0, buckets: 0, statsIndex: 10 }),
      as("10.0.0.3", { weight: 100, buckets: 0, statsIndex: 26, isRemoved: true }),
    ],
  });
});

function as(text: string, rest: Partial<TextVip["ases"][number]>): TextVip["ases"][number] {
  const parsed = parseAddress(text);
  assert.ok("value" in parsed);
  const base = { weight: null, buckets: 0, flows: 0, statsIndex: 0, isRemoved: false };
  return { address: parsed.value, ...base, ...rest };
}

Deno.test("counters and live flows are read", () => {
  const vips = vipsOf(recorded);
  assert.deepEqual(vips.map(({ counters }) => Object.values(counters).join(" ")), [
    "0 0 0 0",
    "0 0 0 0",
    "1500 5500 0 0",
    "0 0 0 0",
    "0 0 0 0",
    "0 0 0 0",
    "0 0 0 300",
    "0 0 0 0",
    "0 0 0 0",
  ]);
  assert.deepEqual(vips[2]?.ases.map(({ flows }) => flows), [2747, 2708]);
});

Deno.test("a VIP that was removed is told from the one that came after it", () => {
  const both = vipsOf(recorded).filter(({ prefix }) => prefix.address.text === "198.51.100.21");
  assert.deepEqual(
    both.map(({ poolIndex, isRemoved, ases }) => [poolIndex, isRemoved, ases.length]),
    [
      [8, true, 1],
      [9, false, 0],
    ],
  );
  assert.equal(new Set(both.map(vipKeyText)).size, 1);
});

Deno.test("the text of releases up to 26.06 is read, without weights", () => {
  const vips = vipsOf(recordedOld);
  const heads = vips.map((vip) =>
    [vip.poolIndex, vipKeyText(vip), vip.encap, vip.tableLength, vip.srcIpSticky, vip.isRemoved]
      .join(" ")
  );
  assert.deepEqual(heads, [
    "1 198.51.100.1/32 tcp 80 gre4 1024 false false",
    "2 2001:db8:1::1/128 udp 443 gre4 4096 true false",
    "3 198.51.100.20/32 any 0 gre6 65536 false false",
    "4 198.51.100.21/32 tcp 22 gre4 1024 false true",
  ]);
  assert.deepEqual(vips.map(({ ases }) => ases), [
    [
      as("10.0.0.1", { buckets: 512, statsIndex: 9 }),
      as("10.0.0.2", { buckets: 512, statsIndex: 10 }),
      as("10.0.0.3", { statsIndex: 11, isRemoved: true }),
    ],
    [as("10.0.0.1", { buckets: 4096, statsIndex: 9 })],
    [as("2001:db8:9::1", { buckets: 65536, statsIndex: 14 })],
    [as("10.0.0.1", { statsIndex: 9, isRemoved: true })],
  ]);
});

/** A VIP of which some lines are others: `null` leaves one out. */
function vipText(lines: Readonly<Record<string, string | null>> = {}): string {
  const all: Record<string, string | null> = {
    head: " ip4-gre4 [3] 198.51.100.2/32",
    size: "  new_size:1024",
    port: "  protocol:17 port:53",
    more: null,
    counters: "  counters:",
    existing: "    packet from existing sessions: 1500",
    first: "    first session packet: 5500",
    untracked: "    untracked packet: 0",
    noServer: "    no server configured: 0",
    count: "  #as:1",
    as: "    10.0.0.1 weight:100 buckets:1024 flows:2747 dpo:9 used",
    end: "",
    ...lines,
  };
  return Object.values(all).filter((line) => line !== null).join("\n") + "\n";
}

const nat = "  type:clusterip port:13568 target_port:8053  counters:";

const accepted: [what: string, lines: Record<string, string | null>, check: Partial<TextVip>][] = [
  ["nothing unusual", {}, { poolIndex: 3, port: 53 }],
  ["an L3DSR VIP", { head: " ip4-l3dsr [3] 198.51.100.2/32", more: "  dscp:7" }, {
    encap: "l3dsr",
  }],
  ["Quirk: a NAT VIP, whose counters begin in the line before", {
    head: " ip4-nat4 [3] 198.51.100.2/32",
    more: nat,
    counters: null,
  }, { encap: "nat4", port: 53, protocol: "udp" }],
  ["a protocol without a word", { port: "  protocol:132 port:53" }, { protocol: 132 }],
  ["a VIP of all ports", { port: null }, { protocol: "any", port: 0 }],
  ["both flags", { head: " ip4-gre4 [3] 198.51.100.2/32 src_ip_sticky removed" }, {
    srcIpSticky: true,
    isRemoved: true,
  }],
  ["no blank line at the end", { end: null }, { poolIndex: 3 }],
  ["a new attribute", { more: "  color:blue" }, { poolIndex: 3 }],
  ["a new attribute with lines of its own", { more: "  health:\n    10.0.0.1 is fine" }, {}],
  ["a new counter", { noServer: "    no server configured: 7\n    lost in space: 8" }, {
    counters: { existing: 1500, first: 5500, untracked: 0, noServer: 7 },
  }],
  ["a new property of an AS", {
    as: "    10.0.0.1 weight:100 color:blue buckets:1024 flows:0 dpo:9 used",
  }, {}],
  ["a new line below an AS", {
    as: "    10.0.0.1 weight:100 buckets:1024 flows:0 dpo:9 used\n      since: yesterday",
  }, {}],
  ["a counter as large as VPP's can be", { untracked: `    untracked packet: ${2n ** 64n - 1n}` }, {
    counters: { existing: 1500, first: 5500, untracked: 2 ** 64, noServer: 0 },
  }],
];
for (const [what, lines, check] of accepted) {
  Deno.test(`read: ${what}`, () => {
    const [vip, ...others] = vipsOf(vipText(lines));
    assert.ok(vip);
    assert.deepEqual({ ...vip, ...check }, vip);
    assert.equal(vip.ases.length, 1);
    assert.deepEqual(others, []);
  });
}

Deno.test("read: lines that end as terminals want it", () => {
  assert.deepEqual(vipsOf(recorded.replaceAll("\n", "\r\n")), vipsOf(recorded));
});

Deno.test("read: no VIP at all", () => {
  for (const text of ["", "\n", "\r\n\n"]) assert.deepEqual(vipsOf(text), []);
});

const as1 = "    10.0.0.1 weight:100 buckets:1024 flows:0 dpo:9";
const refused: [what: string, lines: Record<string, string | null>, line: number, RegExp][] = [
  [
    "a command that VPP does not know",
    { head: "unknown input `lb'" },
    1,
    /no VIP begins like this/,
  ],
  ["a type that is not known", { head: " ip4-vxlan [3] 198.51.100.2/32" }, 1, /"ip4-vxlan" is no/],
  ["a type that VPP does not know", { head: " _WRONG_TYPE_ [3] 198.51.100.2/32" }, 1, /is no type/],
  ["no pool index", { head: " ip4-gre4 [x] 198.51.100.2/32" }, 1, /"\[x\]" is no pool index/],
  ["a large pool index", { head: " ip4-gre4 [4294967296] 198.51.100.2/32" }, 1, /pool index is no/],
  ["no prefix", { head: " ip4-gre4 [3]" }, 1, /"" is not an IP address/],
  ["no length", { head: " ip4-gre4 [3] 198.51.100.2" }, 1, /is not an IP address/],
  ["two lengths", { head: " ip4-gre4 [3] 198.51.100.2/32/32" }, 1, /is a prefix/],
  ["a long prefix", { head: " ip4-gre4 [3] 198.51.100.2/33" }, 1, /length is no number up to 32/],
  ["a prefix of another family", { head: " ip4-gre4 [3] ::/32" }, 1, /"::" is not of IPv4/],
  [
    "a flag that is not known",
    { head: " ip4-gre4 [3] 1.2.3.4/32 remove" },
    1,
    /"remove" is no flag/,
  ],
  [
    "flags out of order",
    { head: " ip4-gre4 [3] 1.2.3.4/32 removed src_ip_sticky" },
    1,
    /is no flag/,
  ],
  ["no table length", { size: null }, 1, /comes without "new_size"/],
  ["a large table", { size: "  new_size:4294967296" }, 2, /new_size is no number up to 4294967295/],
  ["a protocol without a port", { port: "  protocol:17" }, 3, /port is no number up to 65535/],
  ["a negative port", { port: "  protocol:17 port:-1" }, 3, /port is no number/],
  ["an attribute twice", { more: "  new_size:1024" }, 4, /"new_size" is there twice/],
  ["a sentence for an attribute", { more: "  out of memory" }, 4, /"out" is no name with a value/],
  ["no counters", { counters: null }, 1, /comes without "packet from existing sessions"/],
  ["a counter too few", { untracked: null }, 1, /comes without "untracked packet"/],
  ["a counter twice", { untracked: "    first session packet: 1" }, 7, /is there twice/],
  ["a counter without a value", { untracked: "    untracked packet:" }, 7, /no counter and its/],
  ["no number of ASes", { count: null }, 9, /no counter and its value/],
  ["neither number nor ASes", { count: null, as: null }, 1, /comes without "#as"/],
  ["a line that is not indented", { more: "color:blue" }, 4, /no line of a VIP begins like this/],
  ["a line that is indented by 3", { more: "   color:blue" }, 4, /no line of a VIP begins like/],
  ["an AS too few", { as: null }, 1, /comes with 0 of its 1 ASes/],
  ["an AS too many", { count: "  #as:0" }, 1, /comes with 1 of its 0 ASes/],
  ["an AS of another family", { as: as1.replace("10.0.0.1", "::1") + " used" }, 10, /not of IPv4/],
  [
    "an AS without an address",
    { as: as1.replace("10.0.0.1", "web1") + " used" },
    10,
    /"web1" is not/,
  ],
  ["an AS in no state", { as: as1 }, 10, /"dpo:9" is neither used nor removed/],
  ["an AS in another state", { as: `${as1} broken` }, 10, /"broken" is neither used nor removed/],
  [
    "an AS without flows",
    { as: as1.replace("flows", "floes") + " used" },
    10,
    /flows is no number/,
  ],
  ["an AS that is heavy", { as: as1.replace("100", "256") + " used" }, 10, /weight is no number/],
  ["an AS with a word more", { as: `${as1} un used` }, 10, /"un" is no name with a value/],
  ["a blank line within a VIP", { more: "" }, 1, /comes without "#as"/],
  ["a line that is too long", { more: `  ${"x".repeat(1e6)}` }, 4, /the line is too long/],
];
for (const [what, lines, line, message] of refused) {
  Deno.test(`refused: ${what}`, () => {
    const text = vipText(lines);
    const result = parseVipsText(text);
    assert.ok(!result.ok);
    assert.match(result.problem.message, message);
    assert.equal(result.problem.line, line);
    const bad = text.split("\n")[line - 1] ?? "";
    assert.equal(result.problem.text, bad.length > 240 ? `${bad.slice(0, 240)}…` : bad);
  });
}

Deno.test("refused: two VIPs with one pool index", () => {
  const result = parseVipsText(vipText() + vipText());
  const text = " ip4-gre4 [3] 198.51.100.2/32";
  const message = "another VIP has the index 3 too";
  assert.deepEqual(result, { ok: false, problem: { line: 12, text, message } });
});

Deno.test("of a text that was cut off, no VIP is taken that is not whole", () => {
  for (const text of [recorded, recordedOld]) {
    const whole = vipsOf(text);
    for (let length = 0; length < text.length; length++) {
      const result = parseVipsText(text.slice(0, length));
      if (result.ok) assert.deepEqual(result.vips, whole.slice(0, result.vips.length));
    }
  }
});

function mutated(random: Random, text: string): string {
  const at = () => random.int(0, text.length);
  const piece = () => text.slice(at()).slice(0, random.int(0, 40));
  for (let changes = random.int(1, 5); changes > 0; changes--) {
    const start = at();
    const end = start + (random.chance() ? 0 : random.int(0, 60));
    const other = random.pick([
      piece,
      () => String.fromCharCode(random.int(0, 0x2fff)),
      () => random.pick([" ", "\n", ":", "/", "0", "9".repeat(30), "-1", "\u0000", "[", "removed"]),
      () => "",
    ])();
    text = text.slice(0, start) + other + text.slice(end);
  }
  return text;
}

Deno.test("a text that was tampered with is read or refused, and either makes sense", () => {
  forSeeds(5_000, (random) => {
    const text = mutated(random, random.pick([recorded, recordedOld]));
    const result = parseVipsText(text);
    if (result.ok) {
      for (const vip of result.vips) {
        assert.ok(vip.poolIndex >= 0 && vip.port >= 0 && vip.port <= 65535);
        assert.ok(vip.prefix.length <= (vip.prefix.address.family === 4 ? 32 : 128));
        assert.ok(vip.ases.every(({ flows, buckets }) => flows >= 0 && buckets >= 0));
      }
      return;
    }
    const { line, message } = result.problem;
    assert.ok(line >= 1 && line <= text.split("\n").length && message !== "");
  });
});

const hostile: [what: string, text: string][] = [
  ["blanks", " ".repeat(4e6)],
  ["line ends", "\r\n".repeat(1e6)],
  ["carriage returns", "\r".repeat(4e6)],
  ["slashes", ` ip4-gre4 [3] ${"1/".repeat(2e6)}`],
  ["colons", `${vipText({ as: `    ${"1:".repeat(2e6)} used` })}`],
  ["ASes", vipText({ as: `${as1} used\n`.repeat(5e4) })],
  [
    "many old ASes",
    vipText({ as: `${"    10.0.0.1 5 buckets   0 flows  dpo:9 used\n".repeat(5e4)}` }),
  ],
  ["lines without a VIP", "  new_size:1024\n".repeat(2e5)],
];
Deno.test("a long text takes time in proportion, whatever is in it", () => {
  for (const [what, text] of hostile) {
    const start = performance.now();
    parseVipsText(text);
    const ms = performance.now() - start;
    assert.ok(ms < 2_000, `${what}: ${text.length} characters took ${ms} ms`);
  }
});
