/**
 * How long reading all counters of 1,000 VIPs with 3,000 ASes takes: it happens every few seconds
 * on the one event loop. The goal is 5 ms.
 *
 * @module
 */

import { systemClock } from "../../clock.ts";
import { buildSegment, type FixtureEntry, headerOf, word } from "./segment_fixture.ts";
import { openStats, type Values } from "./stats_reader.ts";

const vips = 1_000;
const routes = 4_000;
const threads = 4;

const wanted = {
  "packet from existing sessions": "simple",
  "first session packet": "simple",
  "untracked packet": "simple",
  "no server configured": "simple",
  "/net/route/to": "combined",
  "/net/route/via": "combined",
} as const;

const others = Array.from({ length: 5_000 }, (_, index): FixtureEntry => ({
  name: `/err/some-node-of-vpp/reason ${index}`,
  symlink: [0, index],
}));

const bytes = buildSegment([...others, ...Object.entries(wanted).map(counted)], 8 * 2 ** 20);

function counted([name, kind]: [string, "simple" | "combined"]): FixtureEntry {
  const perThread = <T>(length: number, make: (index: number) => T) =>
    Array.from({ length: threads }, () => Array.from({ length }, (_, index) => make(index)));
  return kind === "simple"
    ? { name, simple: perThread(vips, (index) => 1e9 + index) }
    : { name, combined: perThread(routes, (index) => [1e9 + index, 2 ** 52 + index] as const) };
}

const stats = openStats({ bytes, unmap: () => {} }, systemClock);

/** Gives all that there is some use, so that none of it is optimised away. */
function total(values: Values<typeof wanted>): number {
  let sum = 0;
  for (let vip = 0; vip < vips; vip++) {
    sum += values["packet from existing sessions"].sum(vip);
    sum += values["first session packet"].sum(vip);
    sum += values["untracked packet"].sum(vip);
    sum += values["no server configured"].sum(vip);
  }
  for (let route = 0; route < routes; route++) {
    sum += values["/net/route/to"].sum(route).bytes;
    sum += values["/net/route/via"].sum(route).packets;
  }
  return sum;
}

Deno.bench("stats: copy the counters of 1,000 VIPs on 4 threads", async () => {
  await stats.read(wanted);
});

Deno.bench("stats: copy them, and sum each over the threads", async () => {
  total(await stats.read(wanted));
});

Deno.bench("stats: the same after a change elsewhere in the segment", async () => {
  Atomics.add(headerOf(bytes), word.epoch, 1n);
  total(await stats.read(wanted));
});

Deno.bench("stats: the same with a directory of 5,000 entries to be searched anew", async () => {
  total(await openStats({ bytes, unmap: () => {} }, systemClock).read(wanted));
});
