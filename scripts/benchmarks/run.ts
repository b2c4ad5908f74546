/**
 * Measures one row in a process of its own, so that none is disturbed by what another left behind, and
 * prints as JSON what that came to: `run.ts full|short NAME`.
 *
 * @module
 */

import { lineWriter } from "../../src/line_writer.ts";
import { type Absence, type Extent, type Figure, type Result, type Row, verdictOf } from "./row.ts";
import { allRows } from "./rows.ts";

/** No row takes so long. */
const TIMEOUT_MS = 300_000;

if (import.meta.main) {
  const [extent = "", name = ""] = Deno.args;
  const row = allRows.find((row) => row.name === name);
  if (row === undefined) throw new Error(`no row "${name}"`);
  lineWriter(Deno.stdout)(JSON.stringify(await row.measure(extent as Extent)));
}

/** Has a row measured. Never rejects: a measurement that fails is a result, too. */
export async function runRow(row: Row, extent: Extent): Promise<Result> {
  const { name, goal, how } = row;
  const startMs = performance.now();
  let all: readonly (Figure | Absence)[] = [];
  let problem: string | undefined;
  try {
    all = await measureApart(row, extent);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const figures = all.filter((each) => "value" in each);
  const result = {
    ...{ name, goal, how, figures, absences: all.filter((each) => "notHere" in each) },
    tookSeconds: Math.round((performance.now() - startMs) / 1e3),
  };
  return problem === undefined
    ? { ...result, verdict: verdictOf(goal, figures) }
    : { ...result, verdict: "failed", problem };
}

async function measureApart(
  { name }: Row,
  extent: Extent,
): Promise<readonly (Figure | Absence)[]> {
  const script = new URL(import.meta.url).pathname;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", script, extent, name],
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr).trim() || "it was ended");
  return JSON.parse(decoder.decode(stdout));
}
