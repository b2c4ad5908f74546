/**
 * A strict reader of what a scrape answers, in both formats. It accepts what Prometheus accepts, and
 * refuses what only some would take.
 *
 * @module
 */

import assert from "node:assert/strict";

/** A family as it was read. */
export interface ReadFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** One line with a value. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the whole text, or throws at the first thing that is wrong. */
export function readExposition(
  text: string,
  format: "text" | "openmetrics",
): ReadonlyMap<string, ReadFamily> {
  const lines = text.split("\n");
  assert.equal(lines.pop(), "", "the last line ends");
  if (format === "openmetrics") assert.equal(lines.pop(), "# EOF");
  const families = new Map<string, ReadFamily & { samples: Sample[] }>();
  let present: (ReadFamily & { samples: Sample[] }) | undefined;
  let help: readonly [string, string] | undefined;
  const seen = new Set<string>();
  for (const line of lines) {
    const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line) ?? [];
    if (keyword === "HELP") {
      assert.equal(help, undefined, line);
      help = [name, rest];
    } else if (keyword === "TYPE") {
      assert.equal(help?.[0], name, "HELP comes right before TYPE");
      assert.match(rest, /^(gauge|counter|histogram)$/);
      assert.ok(!families.has(name), `${name} comes twice`);
      present = { name, type: rest, help: help?.[1] ?? "", samples: [] };
      families.set(name, present);
      help = undefined;
    } else {
      const sample = readSample(line);
      assert.ok(present !== undefined && help === undefined, line);
      assert.ok(namesOf(present, format).includes(sample.name), `${line} is not ${present.name}'s`);
      const key = JSON.stringify([sample.name, sample.labels]);
      assert.ok(!seen.has(key), `${line} comes twice`);
      seen.add(key);
      present.samples.push(sample);
    }
  }
  for (const family of families.values()) if (family.type === "histogram") checkHistogram(family);
  return families;
}

function namesOf({ name, type }: ReadFamily, format: "text" | "openmetrics"): readonly string[] {
  if (type === "histogram") return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
  if (type === "gauge") return [name];
  assert.equal(name.endsWith("_total"), format === "text", name);
  return [format === "text" ? name : `${name}_total`];
}

function readSample(line: string): Sample {
  const match = /^([a-z_]+)(?:\{(.+)\})? (-?[0-9.]+(?:e[+-]\d+)?|\+Inf)$/.exec(line);
  assert.ok(match !== null, `not a sample: ${line}`);
  const [, name = "", inside = "", value = ""] = match;
  const labels: Record<string, string> = {};
  const pattern = /([a-z_]+)="((?:[^"\\\n]|\\[\\"n])*)"(,(?=.)|$)/y;
  while (pattern.lastIndex < inside.length) {
    const [, label = "", text = ""] = pattern.exec(inside) ?? assert.fail(`bad labels: ${line}`);
    assert.ok(!(label in labels), line);
    labels[label] = text.replaceAll(/\\(.)/g, (_, char) => char === "n" ? "\n" : char);
  }
  return { name, labels, value: value === "+Inf" ? Infinity : Number(value) };
}

/** In each series buckets rise, and the last is the count. */
function checkHistogram({ samples }: ReadFamily): void {
  let buckets: Sample[] = [];
  for (const sample of samples) {
    if (sample.name.endsWith("_bucket")) {
      buckets.push(sample);
    } else if (sample.name.endsWith("_count")) {
      const counts = buckets.map(({ value }) => value);
      assert.deepEqual(counts, counts.toSorted((one, other) => one - other));
      assert.equal(buckets.at(-1)?.labels.le, "+Inf");
      assert.equal(buckets.at(-1)?.value, sample.value);
      assert.equal(buckets.length, 12);
      buckets = [];
    }
  }
  assert.equal(buckets.length, 0);
}

/** The one value of a series. */
export function valueOf(
  families: ReadonlyMap<string, ReadFamily>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels);
  return [...families.values()].flatMap(({ samples }) => samples).find((sample) =>
    sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value)
  )?.value;
}
