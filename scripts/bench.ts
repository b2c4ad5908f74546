/**
 * Measures the speed goals and prints what came out beside what was wanted.
 *
 * @module
 */
import { lineWriter } from "../src/line_writer.ts";
import { largeConfig } from "../tests/large_config.ts";
import { program } from "../tests/program.ts";
import { vppKinds } from "../tests/vpp_under_test.ts";
import { benchClient } from "./bench_client.ts";
import { benchController } from "./bench_controller.ts";
import { benchProbes } from "./bench_probes.ts";
import { benchVpp } from "./bench_vpp.ts";
import type { Row } from "./bench_row.ts";

/** The median time of several runs in milliseconds, after one that does not count. */
async function medianMs(run: () => unknown, runs: number): Promise<number> {
  const times: number[] = [];
  await run();
  for (let index = 0; index < runs; index++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
}

/** Runs a program to its end. */
async function runToEnd([command = "", ...args]: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command(command, { args, stdout: "null", stderr: "null" })
    .output();
  if (!success) throw new Error(`${command} ${args.join(" ")} failed`);
}

async function benchCheck(): Promise<Row> {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  const size = { backends: 10_000, frontends: 2_000, backendsPerFrontend: 10 };
  await Deno.writeTextFile(file, largeConfig(size));
  const args = ["daemon", "--check", "--config", file];
  const value = await medianMs(() => runToEnd([...program, ...args]), 5);
  await Deno.remove(file);
  const what = "daemon --check, 10,000 backends and 2,000 frontends, the whole process";
  return { what, value, unit: "ms", atMost: 1_500 };
}

async function benchVersion(): Promise<Row> {
  const empty = await Deno.makeTempFile({ suffix: ".js" });
  const runtime = program.slice(0, -1);
  const ratios: number[] = [];
  for (let round = 0; round < 11; round++) {
    // In turns, so that a machine that slows down slows both.
    const version = await medianMs(() => runToEnd([...program, "--version"]), 1);
    ratios.push(version / await medianMs(() => runToEnd([...runtime, empty]), 1));
  }
  await Deno.remove(empty);
  const value = ratios.sort((a, b) => a - b)[5] ?? NaN;
  // From source, Deno reads every module that a command could load, even if none is run.
  return { what: "--version from source, against an empty program", value, unit: "×" };
}

/** Benchmarks that stand beside the code, by name, with their goals in milliseconds. */
const goalsMs: Readonly<Record<string, number>> = {
  "table: 40 ASes of weight 100 in 65536 buckets": 30,
  "stats: copy them, and sum each over the threads": 5,
};

/** Runs the benchmarks beside the code; of each the time that three quarters of the runs stay below. */
async function benchInside(): Promise<Row[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["bench", "-A", "--no-check", "--json", "src"],
    cwd: new URL("..", import.meta.url).pathname,
    stderr: "null",
  }).output();
  const { benches } = JSON.parse(new TextDecoder().decode(stdout)) as {
    benches: { name: string; results: { ok?: { p75: number } }[] }[];
  };
  return benches.flatMap(({ name, results }): Row[] => {
    const ns = results[0]?.ok?.p75;
    if (ns === undefined) throw new Error(`the benchmark "${name}" failed`);
    const goal = goalsMs[name];
    const row = { what: name, value: ns / 1e6, unit: "ms" } as const;
    return [goal === undefined ? row : { ...row, atMost: goal }];
  });
}

const rows: Row[] = [await benchCheck(), await benchVersion(), ...await benchInside()];
rows.push(...await benchClient(), ...await benchProbes());
for (const kind of vppKinds) {
  rows.push(...await benchVpp(kind), ...await benchController(kind));
}

const isMet = ({ value, atMost = Infinity, atLeast = 0 }: Row) =>
  value <= atMost && value >= atLeast;
const write = lineWriter(Deno.stdout);
if (Deno.args.includes("--json")) {
  write(JSON.stringify(rows.map((row) => ({ ...row, met: isMet(row) })), null, 2));
} else {
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const row of rows) {
    const { what, value, unit, atMost, atLeast } = row;
    const measured = `${Number(value.toPrecision(value < 1_000 ? 3 : 6))} ${unit}`;
    const goal = atMost === undefined
      ? atLeast === undefined ? "" : `≥ ${atLeast} ${unit}`
      : `≤ ${atMost} ${unit}`;
    const verdict = goal === "" ? "" : isMet(row) ? "met" : "MISSED";
    write(
      `${what.padEnd(width)}  ${goal.padStart(10)}  ${measured.padStart(12)}  ${verdict}`.trimEnd(),
    );
  }
}
if (!rows.every(isMet)) Deno.exitCode = 1;
