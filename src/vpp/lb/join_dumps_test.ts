import assert from "node:assert/strict";
import type { FieldsOf, lbAsV2Dump, lbVipDump } from "../wire/mod.ts";
import { joinDumps } from "./join_dumps.ts";
import { address } from "./lb_fixture.ts";
import { type Vip, vipKeyText } from "./vip.ts";
import { parseVipsText } from "./vips_text.ts";

const fixtures = new URL("../../../tests/fixtures/vpp/", import.meta.url);
const text = Deno.readTextFileSync(new URL("show-lb-vips-verbose.txt", fixtures));
const dumps = Deno.readTextFileSync(new URL("show-lb-vips-verbose.dumps.txt", fixtures));

type VipDetails = FieldsOf<typeof lbVipDump.details>;
type AsDetails = FieldsOf<typeof lbAsV2Dump.details>;

const protocols = new Map([["6", "tcp"], ["17", "udp"], ["255", "any"]] as const);

function vipOf(pfx: string, protocol: string, port: string): VipDetails["vip"] {
  const [host = "", length] = pfx.split("/");
  const known = [...protocols].find(([number]) => number === protocol)?.[1] ?? Number(protocol);
  return {
    pfx: { address: address(host), length: Number(length) },
    protocol: known,
    port: Number(port),
  };
}

/** What the dumps of a real VPP said when it printed the text. */
function recorded(): { vips: VipDetails[]; ases: AsDetails[] } {
  const rows = dumps.trim().split("\n").map((line) => line.split(" "));
  const vips = rows.filter(({ length }) => length === 5).map((
    [pfx = "", protocol = "", port = "", encap, tableLength],
  ): VipDetails => ({
    vip: vipOf(pfx, protocol, port),
    encap: encap === "0" ? "gre4" : "gre6",
    dscp: 0,
    srvType: "clusterip",
    targetPort: 0,
    flowTableLength: Number(tableLength),
  }));
  const ases = rows.filter(({ length }) => length === 7).map((
    [pfx = "", protocol = "", port = "", as = "", flags, weight, buckets],
  ): AsDetails => ({
    vip: vipOf(pfx, protocol, port),
    appSrv: address(as),
    flags: Number(flags),
    inUseSince: 0,
    weight: Number(weight),
    numBuckets: Number(buckets),
  }));
  return { vips, ases };
}

function joined(withText: boolean): Map<string, Vip> {
  const { vips, ases } = recorded();
  const parsed = parseVipsText(text);
  assert.ok(parsed.ok);
  const all = joinDumps(vips, ases, withText ? parsed.vips : []);
  return new Map(all.map((vip) => [vipKeyText(vip), vip]));
}

Deno.test("what a real VPP dumped and printed is put together", () => {
  const vips = joined(true);
  assert.deepEqual(
    [...vips].map(([key, { ases, lingering, text }]) => [
      key,
      ases.length,
      lingering.length,
      text?.poolIndex,
    ]),
    [
      ["198.51.100.1/32 tcp 80", 2, 0, 1],
      ["2001:db8:1::1/128 tcp 443", 0, 0, 2],
      ["198.51.100.2/32 udp 53", 2, 0, 3],
      ["2001:db8:7::1/128 udp 443", 0, 0, 4],
      ["2001:db8:7::1/128 tcp 443", 2, 1, 5],
      ["198.51.100.20/32 any 0", 2, 0, 6],
      ["198.51.100.3/32 udp 53", 0, 0, 7],
      ["198.51.100.21/32 udp 53", 0, 1, 9],
    ],
  );
  assert.deepEqual(vips.get("198.51.100.2/32 udp 53")?.ases[0], {
    address: address("10.0.0.1"),
    weight: 100,
    buckets: 512,
    text: { flows: 2747, statsIndex: 9 },
  });
  assert.equal(vips.get("2001:db8:7::1/128 tcp 443")?.text?.srcIpSticky, true);
  assert.equal(vips.get("198.51.100.3/32 udp 53")?.text?.counters.noServer, 300);
});

Deno.test("a lingering AS is no AS, and a VIP that was made again is not its predecessor", () => {
  const again = joined(true).get("198.51.100.21/32 udp 53");
  assert.deepEqual(again?.ases, []);
  assert.deepEqual(again?.lingering.map(({ address }) => address.text), ["10.0.0.1"]);
  assert.equal(again?.text?.poolIndex, 9, "8 is the one that was removed");
});

Deno.test("without the text, only what it alone tells is missing", () => {
  for (const [key, vip] of joined(false)) {
    assert.equal(vip.text, null);
    const withText = joined(true).get(key);
    assert.equal(vip.tableLength, withText?.tableLength, "65536 too, which the dump has as 0");
    assert.deepEqual(
      vip.ases.map(({ weight, buckets }) => [weight, buckets]),
      withText?.ases.map(({ weight, buckets }) => [weight, buckets]),
    );
  }
});

Deno.test("of an AS that lingers beside its revived self only the living one counts", () => {
  const { vips, ases } = recorded();
  const [ghost] = ases.filter(({ flags }) => flags === 1).map((as) => ({ ...as, flags: 0 }));
  assert.ok(ghost !== undefined);
  const [first] = joinDumps(vips, [ghost, ...ases, ghost], []);
  assert.deepEqual([first?.ases.length, first?.lingering.length], [2, 0]);
});
