/**
 * New-flow tables of a real VPP, for tests: the counts as `show lb vips verbose` listed them, the owners
 * as they lay in VPP's memory. Measured on VPP 26.10-rc0 master.
 *
 * @module
 */

import type { TableEntry } from "./table_entries.ts";
import { entriesOf, repeat, thousandEntries, upTo, withWeights } from "./table_fixture.ts";

/** A table that VPP built. */
interface MeasuredTable {
  readonly name: string;
  readonly length: number;
  /** In the order in which VPP was given the ASes. */
  readonly entries: readonly TableEntry[];
  /** The buckets of each entry. */
  readonly buckets: readonly number[];
  /**
   * The first 16 digits of the SHA-256 of the owners, in the order of the buckets, each an entry's index
   * as a 16-bit number, low byte first, and 0xffff for none.
   */
  readonly fingerprint: string;
}

const numbers = (text: string) => text.trim().split(/\s+/).map(Number);

const alternating = (pairs: number) => withWeights(repeat(pairs, 100, 50));
const oneToForty = withWeights(upTo(40));
const manyWeights = withWeights(upTo(40).map((number) => (number - 1) * 7 % 101));
const fortyWithoutOne = withWeights(repeat(40, 100)).toSpliced(6, 1);
const scattered = `2001:db8:a1b2:c3d4:e5f6:718:293a:4b5c 33, 2001:db8:ff00::80 100,
  2001:db8:1::7f 0, fd12:3456:789a::1 7, 2001:db8::ffff:1 61`;

/** The tables; ASes are of weights 100 and 50 in turn where the name does not say other. */
export const measuredTables: readonly MeasuredTable[] = [
  {
    name: "one bucket",
    length: 1,
    entries: entriesOf("10.0.0.10 3, 10.0.0.2 50, 10.0.0.1 0"),
    buckets: [0, 1, 0],
    fingerprint: "47dc540c94ceb704",
  },
  {
    name: "two buckets",
    length: 2,
    entries: entriesOf("10.0.0.10 3, 10.0.0.2 50, 10.0.0.1 0"),
    buckets: [1, 1, 0],
    fingerprint: "67abdd721024f0ff",
  },
  {
    name: "more replicas than buckets",
    length: 64,
    entries: entriesOf(
      "203.0.113.5 100, 203.0.113.55 1, 203.0.113.105 37, 203.0.113.155 100, 203.0.113.205 2",
    ),
    buckets: [21, 1, 20, 20, 2],
    fingerprint: "2f437806294803f9",
  },
  {
    name: "two ASes",
    length: 1024,
    entries: entriesOf("10.0.0.2 50, 10.0.0.10 100"),
    buckets: [350, 674],
    fingerprint: "ac811e0d4393820c",
  },
  {
    name: "three ASes",
    length: 1024,
    entries: entriesOf("10.0.0.1 70, 10.0.0.2 50, 10.0.0.10 100"),
    buckets: [328, 248, 448],
    fingerprint: "69c973b9628e2343",
  },
  {
    name: "the highest address first",
    length: 1024,
    entries: entriesOf("10.0.0.10 100, 10.0.0.2 50, 10.0.0.1 100"),
    buckets: [408, 208, 408],
    fingerprint: "013e7adbce93ae9a",
  },
  {
    name: "the same, a weight lowered",
    length: 1024,
    entries: entriesOf("10.0.0.10 100, 10.0.0.2 50, 10.0.0.1 50"),
    buckets: [508, 258, 258],
    fingerprint: "ea7c6114c95b41c6",
  },
  {
    name: "IPv6 ASes",
    length: 1024,
    entries: entriesOf("2001:db8::1 100, 2001:db8::2 50, 2001:db8::3 25"),
    buckets: [574, 300, 150],
    fingerprint: "cd67b848eb9f9ea1",
  },
  {
    name: "the same, a weight set to 0",
    length: 1024,
    entries: entriesOf("2001:db8::1 100, 2001:db8::2 50, 2001:db8::3 0"),
    buckets: [674, 350, 0],
    fingerprint: "e7abd15be19ab934",
  },
  {
    name: "IPv6 ASes that differ in both halves",
    length: 1024,
    entries: entriesOf(scattered),
    buckets: [170, 505, 0, 39, 310],
    fingerprint: "996ec256904983ae",
  },
  {
    name: "4 ASes",
    length: 1024,
    entries: alternating(2),
    buckets: repeat(2, 331, 181),
    fingerprint: "04637acffbdb7887",
  },
  {
    name: "4 ASes, a fifth added",
    length: 1024,
    entries: withWeights([100, 50, 100, 50, 100]),
    buckets: [245, 145, 245, 145, 244],
    fingerprint: "abbc2f7170ddcc93",
  },
  {
    name: "8 ASes",
    length: 1024,
    entries: alternating(4),
    buckets: repeat(4, 156, 100),
    fingerprint: "bdffa1f6be82bee1",
  },
  {
    name: "20 ASes",
    length: 1024,
    entries: alternating(10),
    buckets: [...repeat(4, 53, 50), ...repeat(6, 52, 50)],
    fingerprint: "a2a59cff0b435a0b",
  },
  {
    name: "40 ASes in 1024 buckets",
    length: 1024,
    entries: alternating(20),
    buckets: [...repeat(24, 26), ...repeat(16, 25)],
    fingerprint: "1342e1c7ca4c001f",
  },
  {
    name: "40 ASes in 16384",
    length: 16384,
    entries: alternating(20),
    buckets: [...repeat(12, 535, 285), ...repeat(8, 534, 284)],
    fingerprint: "c39ea8c709b85007",
  },
  {
    name: "40 ASes in 65536",
    length: 65536,
    entries: alternating(20),
    buckets: [...repeat(16, 2177, 1100), ...repeat(4, 2176, 1100)],
    fingerprint: "676cd098d1ca43e5",
  },
  {
    name: "weights 1 to 40 in 16384",
    length: 16384,
    entries: oneToForty,
    buckets: numbers(`
      20 40 60 80 100 120 140 160 180 200 220 240 260 280 300 320 340 360 380 400 420 440 460
      480 500 520 540 560 580 600 620 640 660 680 700 719 738 757 776 794
    `),
    fingerprint: "ef8f5932a6d11620",
  },
  {
    name: "weights 1 to 40 in 65536",
    length: 65536,
    entries: oneToForty,
    buckets: numbers(`
      80 160 240 320 400 480 560 640 720 800 880 960 1040 1120 1200 1280 1360 1440 1520 1600
      1680 1760 1840 1920 2000 2080 2160 2240 2320 2400 2479 2557 2636 2715 2794 2873 2952 3031
      3110 3189
    `),
    fingerprint: "d2f0e84e461cfc52",
  },
  {
    name: "40 ASes of many weights, one 0",
    length: 16384,
    entries: manyWeights,
    buckets: numbers(`
      0 63 126 189 252 315 378 441 504 567 630 693 756 813 869 36 99 162 225 288 351 414 477 540
      603 666 729 789 845 9 72 135 198 261 324 387 450 513 576 639
    `),
    fingerprint: "029b889eb5f9c57b",
  },
  {
    name: "40 ASes of weight 100",
    length: 65536,
    entries: withWeights(repeat(40, 100)),
    buckets: [...repeat(16, 1639), ...repeat(24, 1638)],
    fingerprint: "2d09bcb8d16e2809",
  },
  {
    name: "the same, one AS deleted and lingering",
    length: 65536,
    entries: fortyWithoutOne,
    buckets: [...repeat(16, 1681), ...repeat(23, 1680)],
    fingerprint: "54ac97968badd6a8",
  },
  {
    name: "1000 ASes",
    length: 65536,
    entries: thousandEntries(),
    buckets: [...repeat(464, 65), ...repeat(536, 66)],
    fingerprint: "7b1b8176ef233f67",
  },
  {
    name: "no AS of weight above 0",
    length: 1024,
    entries: withWeights([0, 0]),
    buckets: [0, 0],
    fingerprint: "d0ff1b294b5288d1",
  },
];
