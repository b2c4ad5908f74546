/**
 * Measures how fast a VPP can be talked to: one call after the other, many at once, and, where VPP's
 * own Python client is to be had, by that.
 *
 * @module
 */
import type { Address } from "../src/config/mod.ts";
import { connectApi } from "../src/vpp/api/mod.ts";
import { openLb } from "../src/vpp/lb/mod.ts";
import { controlPing } from "../src/vpp/wire/mod.ts";
import type { VppKind } from "../tests/vpp_under_test.ts";
import type { Row } from "./bench_row.ts";

const pings = 20_000;
const vips = 100;
const asesPerVip = 100;

/** The rows about one kind of VPP. */
export async function benchVpp({ name, isReal, run }: VppKind): Promise<Row[]> {
  const vpp = await run();
  const api = await connectApi({ path: vpp.apiPath });
  const { lb } = openLb(api);
  if (lb === null) throw new Error(`${name} has no load balancer`);
  const perSecond = async (count: number, work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return 1_000 * count / (performance.now() - start);
  };

  const serial = await perSecond(pings / 10, async () => {
    for (let ping = 0; ping < pings / 10; ping++) await api.call(controlPing, {});
  });
  const pipelined = await perSecond(
    pings,
    () => Promise.all(Array.from({ length: pings }, () => api.call(controlPing, {}))),
  );

  const places = Array.from({ length: vips }, (_, vip) => ({
    prefix: { address: ip4(`198.18.0.${vip + 1}`), length: 32 },
    protocol: "tcp" as const,
    port: 80,
  }));
  const servers = Array.from({ length: asesPerVip }, (_, as) => ip4(`10.1.0.${as + 1}`));
  for (const place of places) {
    await lb.addVip({ ...place, encap: "gre4", srcIpSticky: false, tableLength: 1_024 });
  }
  const writes = await perSecond(
    vips * asesPerVip,
    () => Promise.all(places.flatMap((place) => servers.map((as) => lb.addAs(place, as, 1)))),
  );
  const serialWrites = await perSecond(1_000, async () => {
    for (const place of places.slice(0, 10)) {
      for (const as of servers) await lb.setWeight(place, as, 2, { flush: false });
    }
  });

  const rows: Row[] = [
    { what: `${name}: pings, one after the other`, value: serial, unit: "/s" },
    { what: `${name}: pings, 64 at once`, value: pipelined, unit: "/s" },
    { what: `${name}: 10,000 AS writes, 64 at once`, value: writes, unit: "/s" },
    { what: `${name}: 1,000 AS writes, one after the other`, value: serialWrites, unit: "/s" },
  ];
  const python = isReal ? await pythonPings(vpp.apiPath) : null;
  if (python !== null) {
    const what = `${name}: pings by VPP's Python client, one after the other`;
    rows.push({ what, value: python, unit: "/s" });
    const ratio = `${name}: 64 pings at once, against that`;
    rows.push({ what: ratio, value: pipelined / python, unit: "×", atLeast: 10 });
  }
  await api.close();
  await vpp.end();
  return rows;
}

function ip4(text: string): Address {
  return { family: 4, text };
}

const script = `
import sys, time
from vpp_papi import VPPApiClient
vpp = VPPApiClient(server_address=sys.argv[1], use_socket=True)
vpp.connect("bench")
start = time.time()
for _ in range(2000):
    vpp.api.control_ping()
print(2000 / (time.time() - start))
vpp.disconnect()
`;

/** Pings a second by VPP's Python client, if Python finds it (see PYTHONPATH, VPP_API_DIR). */
async function pythonPings(path: string): Promise<number | null> {
  try {
    const { stdout, success } = await new Deno.Command("/usr/bin/python3", {
      args: ["-c", script, path],
      stderr: "null",
    }).output();
    return success ? Number(new TextDecoder().decode(stdout)) : null;
  } catch {
    return null;
  }
}
