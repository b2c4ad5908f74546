/**
 * How long tables take: a plan shows what it moves, so they are built while an operator waits.
 *
 * @module
 */

import { movedBuckets } from "./moved_buckets.ts";
import { countBuckets, worstDeviation } from "./shares.ts";
import { buildTable } from "./table.ts";
import { repeat, thousandEntries, withWeights } from "./table_fixture.ts";

const ten = withWeights(repeat(10, 100));
const forty = withWeights(repeat(40, 100));
const thousand = thousandEntries();

Deno.bench("table: 10 ASes of weight 100 in 1024 buckets", () => {
  buildTable(ten, 1024);
});

Deno.bench("table: 40 ASes of weight 100 in 16384 buckets", () => {
  buildTable(forty, 16384);
});

Deno.bench("table: 40 ASes of weight 100 in 65536 buckets", () => {
  buildTable(forty, 65536);
});

Deno.bench("table: 1000 ASes of weight 100 in 65536 buckets", () => {
  buildTable(thousand, 65536);
});

Deno.bench("counts: 1000 ASes of weight 100 in 65536 buckets", () => {
  countBuckets(thousand, 65536);
});

Deno.bench("worst deviation: 40 ASes of weight 100 in 65536 buckets", () => {
  worstDeviation(forty, 65536);
});

const before = { entries: forty, table: buildTable(forty, 65536) };
const fewer = forty.slice(1);
const after = { entries: fewer, table: buildTable(fewer, 65536) };
Deno.bench("moved buckets: one of 40 ASes less in 65536 buckets", () => {
  movedBuckets(before, after);
});
