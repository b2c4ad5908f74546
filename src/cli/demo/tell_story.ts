/**
 * Tells the story: announces each step, does it, and shows what comes of it.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";
import type { Style } from "../output/style.ts";
import type { BackendMoment } from "./backend_moment.ts";
import { backendTable } from "./backend_table.ts";
import type { Pace } from "./pace.ts";
import type { Screen } from "./screen.ts";
import type { Site } from "./site.ts";
import type { Moment, Step } from "./story.ts";

/** What it takes to tell a story. */
export interface Telling {
  readonly site: Site;
  readonly screen: Screen;
  readonly style: Style;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Runs a command of `maglev`, and returns what it prints. */
  readonly run: (line: string) => Promise<readonly string[]>;
}

/** A step that did not come about, which is a mistake in the daemon, or a machine that is too slow. */
export interface Failure {
  readonly step: Step;
}

/**
 * Tells the story to its end, or to the first step whose announcement does not come true.
 *
 * @throws The reason of the signal, once that aborts.
 */
export async function tellStory(
  steps: readonly Step[],
  telling: Telling,
): Promise<Failure | undefined> {
  const { screen, style } = telling;
  for (const [index, step] of steps.entries()) {
    const { text: [first = "", ...others] } = step;
    const lines = [`${index + 1}. ${first}`, ...others.map((line) => `   ${line}`)];
    screen.say("", ...lines.map(style.bold));
    if (!await tellStep(step, telling)) return { step };
  }
  return undefined;
}

async function tellStep(step: Step, telling: Telling): Promise<boolean> {
  const { site, screen, pace, clock, style, run } = telling;
  const before = momentOf(await site.look());
  await step.act?.(site);
  if (step.command !== undefined) {
    screen.say(`   $ maglev ${step.command}`);
    for (const line of await run(step.command)) screen.say(style.dim(`   ${line}`));
  }
  screen.say("");
  const startMs = clock.monotonic();
  let hasHappened = false;
  for (;;) {
    const backends = await drawBackends(telling);
    // Once is enough: how flows spread is a matter of chance, in each second anew.
    hasHappened ||= step.hasHappened(momentOf(backends), before);
    const passedMs = clock.monotonic() - startMs;
    if (hasHappened ? passedMs >= pace.stepMs : passedMs >= pace.patienceMs) return hasHappened;
  }
}

/** Goes on showing the backends until the signal aborts, whose reason is then thrown. */
export async function showOn(telling: Telling): Promise<never> {
  for (;;) await drawBackends(telling);
}

/** Waits for the next look, and shows what is seen. */
async function drawBackends(
  { site, screen, style, pace, clock, signal }: Telling,
): Promise<readonly BackendMoment[]> {
  await clock.sleep(pace.lookMs, { signal });
  const backends = await site.look();
  screen.draw(backendTable(backends, style));
  return backends;
}

function momentOf(backends: readonly BackendMoment[]): Moment {
  return Object.fromEntries(backends.map((backend) => [backend.name, backend])) as Moment;
}
