/**
 * Families as text, in Prometheus' format or in OpenMetrics.
 *
 * The text comes in pieces, so that a scrape of any size holds nobody up: after each piece the caller
 * may let others have their turn.
 *
 * @module
 */

import { bucketBounds, type Histogram } from "../histogram.ts";
import type { AddSeries, Family, Scrape } from "./family.ts";

/** The two formats: text 0.0.4, and OpenMetrics 1.0.0. */
export type Format = "text" | "openmetrics";

/** After so many characters a piece is long enough. */
const pieceLength = 32_768;

/** Renders the families. Those that have no series show their name all the same. */
export function* render(
  families: readonly Family[],
  scrape: Scrape,
  format: Format,
): Generator<string, void> {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  for (const family of families) {
    write(head(family, format));
    const collectOne = collector(family, format, write);
    for (const object of family.collect.objects(scrape)) {
      collectOne(object);
      if (text.length < pieceLength) continue;
      yield text;
      text = "";
    }
  }
  yield format === "openmetrics" ? `${text}# EOF\n` : text;
}

/** OpenMetrics names a family of counters without the ending that each of its series has. */
function head({ name, type, help }: Family, format: Format): string {
  const isBare = format === "openmetrics" && type === "counter";
  const family = isBare ? name.replace(/_total$/, "") : name;
  const text = format === "openmetrics" ? escapeLabel(help) : escapeHelp(help);
  return `# HELP ${family} ${text}\n# TYPE ${family} ${type}\n`;
}

/** What writes the series of one object. */
function collector(
  family: Family,
  format: Format,
  write: (text: string) => void,
): (object: unknown) => void {
  const { name } = family;
  const openings = family.labels.map((label, index) => `${index === 0 ? "" : ","}${label}="`);
  const labelText = (values: readonly string[]) => {
    let text = "";
    for (const [index, opening] of openings.entries()) {
      text += opening + escapeLabel(values[index] ?? "") + '"';
    }
    return text;
  };
  if (family.type === "histogram") {
    const writeHistogram = histogramWriter(name, format, write);
    const add: AddSeries<Histogram> = (value, ...labels) =>
      writeHistogram(value, labelText(labels));
    return (object) => family.collect.series(object, add);
  }
  const add: AddSeries<number | bigint> = (value, ...labels) => {
    const inside = labelText(labels);
    write(`${name}${inside === "" ? "" : `{${inside}}`} ${formatValue(value)}\n`);
  };
  return (object) => family.collect.series(object, add);
}

function histogramWriter(name: string, format: Format, write: (text: string) => void) {
  const bounds = [...bucketBounds, Infinity].map((bound) => formatBound(bound, format));
  return ({ counts, sum }: Histogram, labels: string) => {
    const before = `${name}_bucket{${labels}${labels === "" ? "" : ","}le="`;
    let total = 0;
    for (const [bucket, bound] of bounds.entries()) {
      total += counts[bucket] ?? 0;
      write(`${before}${bound}"} ${total}\n`);
    }
    const inside = labels === "" ? "" : `{${labels}}`;
    write(`${name}_sum${inside} ${formatValue(sum)}\n${name}_count${inside} ${total}\n`);
  };
}

/** A number as both formats write it. */
export function formatValue(value: number | bigint): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : `${value}`;
}

/** OpenMetrics wants to see that a bound is no integer. */
function formatBound(bound: number, format: Format): string {
  const text = formatValue(bound);
  return format === "openmetrics" && Number.isInteger(bound) ? `${text}.0` : text;
}

/** A label's value between its quotes. */
export function escapeLabel(text: string): string {
  if (!/[\\"\n]/.test(text)) return text;
  return escapeHelp(text).replaceAll('"', '\\"');
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
