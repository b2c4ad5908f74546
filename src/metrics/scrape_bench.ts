/**
 * How long a scrape of 1,000 frontends with 10 backends each holds up the event loop, where each has
 * backends of its own and where they share 1,000. The goal is 20 ms.
 *
 * @module
 */

import { systemClock } from "../clock.ts";
import { lineWriter } from "../line_writer.ts";
import { families } from "./families.ts";
import { beginScrape } from "./family.ts";
import { backendSource, frontendSource, metricsSources } from "./metrics_testing.ts";
import { render } from "./render.ts";
import { makeBody } from "./scrape.ts";

const print = lineWriter(Deno.stdout);
const frontendCount = 1_000;
const perFrontend = 10;

for (const backendCount of [1_000, 10_000]) {
  const name = (index: number) => `backend-${index % backendCount}`;
  const sources = metricsSources({
    backends: Array.from(
      { length: backendCount },
      (_, index) => backendSource(name(index), `10.1.${index >> 8}.${index & 255}`, 20),
    ),
    frontends: Array.from({ length: frontendCount }, (_, frontend) => {
      const members = Array.from({ length: perFrontend }, (_, member) => member);
      const names = members.map((member) => name(frontend * perFrontend + member));
      return frontendSource(`frontend-${frontend}`, names);
    }),
  });
  for (const encoding of ["identity", "gzip"] as const) {
    const scrape = async () => {
      let longestMs = 0;
      let atMs = performance.now();
      const beat = setInterval(() => {
        longestMs = Math.max(longestMs, performance.now() - atMs - 1);
        atMs = performance.now();
      }, 1);
      const startMs = performance.now();
      const pieces = render(families, beginScrape(sources), "text");
      const parts = await makeBody(pieces, { clock: systemClock, encoding });
      const totalMs = performance.now() - startMs;
      await new Promise((resolve) => setTimeout(resolve, 5));
      clearInterval(beat);
      return { longestMs, totalMs, bytes: parts.reduce((sum, part) => sum + part.length, 0) };
    };
    for (let warming = 0; warming < 5; warming++) await scrape();
    const runs = [];
    for (let run = 0; run < 10; run++) runs.push(await scrape());
    const median = (values: readonly number[]) =>
      values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
    print(
      `${backendCount} backends, ${encoding}: held up ${
        Math.max(...runs.map((run) => run.longestMs)).toFixed(1)
      } ms at most (median ${median(runs.map((run) => run.longestMs)).toFixed(1)}), ` +
        `took ${median(runs.map((run) => run.totalMs)).toFixed(0)} ms, ` +
        `${((runs[0]?.bytes ?? 0) / 1e6).toFixed(1)} MB`,
    );
  }
}
