/**
 * Measures the speed goals and prints what came out beside what was wanted.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { lineWriter } from "../../src/line_writer.ts";
import { lookAtMachine } from "./machine.ts";
import { replaceReport } from "./page.ts";
import { reportMarkdown, reportOf, reportText } from "./report.ts";
import { hasGoal, isMet, type Result, type Row } from "./row.ts";
import { allRows, goalRows } from "./rows.ts";
import { runRow } from "./run.ts";

const usage = `usage: scripts/bench [--only WORD] [--more] [--short] [--json | --markdown [--write]]

  --only WORD   only the rows whose names have this word, also of those that have no goal
  --more        also the rows that have no goal
  --short       as little as can be, to see that it works: the figures say nothing
  --json        print the report as JSON
  --markdown    print the report as docs/performance.md holds it
  --write       put it there instead of printing it`;

/** The arguments make no sense. */
class UsageError extends Error {}

const print = lineWriter(Deno.stdout);
const complain = lineWriter(Deno.stderr);

const page = new URL("../../docs/performance.md", import.meta.url);

function readArguments() {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      only: { type: "string" },
      more: { type: "boolean", default: false },
      short: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { only, more, short, json, markdown, write } = values;
  if (json && markdown) throw new UsageError("--json and --markdown exclude each other");
  if (write && (!markdown || short || more || only !== undefined)) {
    throw new UsageError("--write needs --markdown, and a whole report");
  }
  return { ...values, rows: chooseRows(only, more) };
}

/** Whether the error is one of `parseArgs`. */
function isParseError(error: unknown): error is Error {
  return error instanceof TypeError && "code" in error;
}

function chooseRows(only: string | undefined, more: boolean): readonly Row[] {
  if (only === undefined) return more ? allRows : goalRows;
  const rows = allRows.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
  if (rows.length > 0) return rows;
  throw new UsageError(`no row is called so: ${allRows.map(({ name }) => name).join(", ")}`);
}

async function run(
  { rows, short, json, markdown, write }: ReturnType<typeof readArguments>,
): Promise<void> {
  const machine = await lookAtMachine();
  const results: Result[] = [];
  for (const row of rows) {
    complain(`measuring: ${row.name}`);
    const result = await runRow(row, short ? "short" : "full");
    complain(`${result.verdict}, after ${result.tookSeconds} s`);
    results.push(result);
  }
  const report = reportOf(machine, results);
  if (write) await replaceReport(page, reportMarkdown(report));
  else if (markdown) print(reportMarkdown(report));
  else if (json) print(JSON.stringify(withVerdicts(report), null, 2));
  else print(reportText(report));
  if (results.some(({ verdict }) => verdict === "failed")) Deno.exitCode = 1;
}

/** Programs that read the report need not know what a goal is. */
function withVerdicts({ results, ...rest }: ReturnType<typeof reportOf>) {
  const figures = (of: Result) =>
    of.figures.map((each) => ({ ...each, met: hasGoal(each) ? isMet(each) : null }));
  return { ...rest, rows: results.map((result) => ({ ...result, figures: figures(result) })) };
}

try {
  const options = readArguments();
  if (options.help) print(usage);
  else await run(options);
} catch (error) {
  if (!(error instanceof UsageError || isParseError(error))) throw error;
  complain(`scripts/bench: ${error.message}`);
  complain(usage);
  Deno.exitCode = 2;
}
