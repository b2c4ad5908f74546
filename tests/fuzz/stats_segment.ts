/**
 * VPP's stats segment, damaged before it is read and while it is.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type Clock, virtualClock } from "../../src/clock.ts";
import { openStats, StatsError } from "../../src/vpp/stats/mod.ts";
import { base, buildSegment, readAll } from "../../src/vpp/stats/segment_fixture.ts";
import type { Random } from "../seeded.ts";
import type { FuzzTarget } from "./target.ts";

const segment = buildSegment([
  { name: "/scalar", type: 1, value: 15 },
  { name: "/simple", simple: [[1, 2, 3], [4], null] },
  { name: "/combined", combined: [[[1, 100]], [[2, 200], [3, 300]]] },
  { name: "/names", names: ["local0", null, "pg0"] },
  { name: "/symlink", symlink: [1, 1] },
  { name: "/symlink 2", symlink: [2, 0] },
  { name: "", type: 5, value: 2 },
], 4_096);

/** A damage: the turn in which it happens, a byte that is left out, the place, and eight bytes. */
const damageBytes = 12;

function damage(random: Random): number[] {
  const bytes = new Uint8Array(damageBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, random.int(0, 3));
  view.setUint16(2, random.int(0, random.pick([8, 64, 256, 511])));
  const value = random.pick([
    () => base + BigInt(random.int(-64, 4_200)),
    () => BigInt(random.int(0, 2 ** 31)) << 32n | BigInt(random.int(0, 8)),
    () => BigInt(random.int(0, 20)),
    () => random.pick([0n, 2n ** 32n - 1n, 2n ** 63n, 2n ** 64n - 1n]),
  ])();
  view.setBigUint64(4, BigInt.asUintN(64, value), true);
  return [...bytes];
}

/** Each time that the reader looks at the clock, or waits, the damages of one more turn are made. */
function harmingClock(turn: () => void): Clock {
  let nowMs = 0;
  return {
    ...virtualClock(),
    monotonic() {
      turn();
      return nowMs += 200;
    },
    sleep() {
      turn();
      return Promise.resolve();
    },
  };
}

/** Damages, one behind the other. */
export const statsSegment: FuzzTarget = {
  name: "stats-segment",
  corpus: [],
  invent: (random) =>
    Uint8Array.from(Array.from({ length: random.int(0, 8) }, () => damage(random)).flat()),
  tries: 2_000,
  async run(input) {
    const bytes = segment.slice();
    const memory = new DataView(bytes.buffer);
    const damages = new DataView(input.buffer, input.byteOffset, input.byteLength);
    let turn = 0;
    const harm = () => {
      for (let at = 0; at + damageBytes <= input.length; at += damageBytes) {
        if (damages.getUint8(at) % 4 !== turn) continue;
        const place = damages.getUint16(at + 2) % (bytes.length / 8) * 8;
        memory.setBigUint64(place, damages.getBigUint64(at + 4));
      }
      turn++;
    };
    harm();
    try {
      const stats = openStats({ bytes, unmap: () => {} }, harmingClock(harm));
      const values = await readAll(stats, 50);
      for (const value of Object.values(values)) {
        if (typeof value !== "object" || !("sum" in value)) continue;
        const counters = value.lengths.reduce((sum, length) => sum + length, 0);
        assert.ok(counters <= bytes.length / 4, "there are more counters than bytes");
        value.sum(0);
        value.sum(2 ** 32);
      }
      return JSON.stringify(
        values,
        (_key, value) => typeof value === "bigint" ? `${value}` : value,
      );
    } catch (error) {
      if (error instanceof StatsError) return error.code;
      throw error;
    }
  },
};
