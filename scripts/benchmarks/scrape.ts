/**
 * Measures how long a scrape holds up the loop.
 *
 * @module
 */

import { systemClock } from "../../src/clock.ts";
import { families } from "../../src/metrics/families.ts";
import { beginScrape } from "../../src/metrics/family.ts";
import {
  backendSource,
  frontendSource,
  metricsSources,
} from "../../src/metrics/metrics_testing.ts";
import { render } from "../../src/metrics/render.ts";
import { makeBody } from "../../src/metrics/scrape.ts";
import type { MetricsSources } from "../../src/metrics/sources.ts";
import { figure } from "./figure.ts";
import type { Extent, Figure, Row } from "./row.ts";

/** The row about a scrape. */
export const scraped: Row = {
  name: "/metrics, 1,000 frontends × 10 backends",
  goal: "≤ 20 ms on the loop",
  how: "the longest time in a scrape in which a timer that is due each millisecond does not run; " +
    "frontends share 1,000 backends, or have 10,000",
  measure: measureScrapes,
};

const frontendCount = 1_000;
const perFrontend = 10;

async function measureScrapes(extent: Extent): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const backendCount of [1_000, 10_000]) {
    const sources = sourcesOf(backendCount);
    for (const encoding of ["identity", "gzip"] as const) {
      const [warming, runs] = extent === "full" ? [5, 20] : [0, 1];
      for (let run = 0; run < warming; run++) await scrape(sources, encoding);
      const scrapes = [];
      for (let run = 0; run < runs; run++) scrapes.push(await scrape(sources, encoding));
      const what = `${backendCount.toLocaleString("en")} backends, ${encoding}`;
      const holdUps = scrapes.map(({ longestMs }) => longestMs);
      figures.push(
        figure({ what: `${what}: held up`, unit: "ms", atMost: 20 }, holdUps),
        figure({ what: `${what}: in all`, unit: "ms" }, scrapes.map(({ totalMs }) => totalMs)),
        figure({ what: `${what}: size`, unit: "MB" }, (scrapes[0]?.bytes ?? 0) / 1e6),
      );
    }
  }
  return figures.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** What there is a goal for stands first. */
function rankOf({ atMost, unit }: Figure): number {
  return atMost !== undefined ? 0 : unit === "ms" ? 1 : 2;
}

function sourcesOf(backendCount: number): MetricsSources {
  const name = (index: number) => `backend-${index % backendCount}`;
  const members = Array.from({ length: perFrontend }, (_, member) => member);
  return metricsSources({
    backends: Array.from(
      { length: backendCount },
      (_, index) => backendSource(name(index), `10.1.${index >> 8}.${index & 255}`, 20),
    ),
    frontends: Array.from(
      { length: frontendCount },
      (_, frontend) =>
        frontendSource(
          `frontend-${frontend}`,
          members.map((member) => name(frontend * perFrontend + member)),
        ),
    ),
  });
}

async function scrape(sources: MetricsSources, encoding: "identity" | "gzip") {
  let longestMs = 0;
  let atMs = performance.now();
  const beat = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - atMs - 1);
    atMs = performance.now();
  }, 1);
  const startMs = performance.now();
  const parts = await makeBody(render(families, beginScrape(sources), "text"), {
    clock: systemClock,
    encoding,
  });
  const totalMs = performance.now() - startMs;
  await new Promise((resolve) => setTimeout(resolve, 5));
  clearInterval(beat);
  return { longestMs, totalMs, bytes: parts.reduce((sum, part) => sum + part.length, 0) };
}
