/**
 * Measures the speed goals and prints what came out beside what was wanted.
 *
 * @module
 */
import { addressIn16Bytes, parseAddress } from "../src/config/mod.ts";
import { buildTable } from "../src/lb/table.ts";
import { largeConfig } from "../tests/large_config.ts";
import { program } from "../tests/program.ts";

/** One measured goal. */
interface Row {
  readonly what: string;
  readonly goal: string;
  readonly median: number;
  readonly unit: "ms" | "×";
  readonly limit: number;
}

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
  const median = await medianMs(() => runToEnd([...program, ...args]), 5);
  await Deno.remove(file);
  const what = "daemon --check, 10,000 backends and 2,000 frontends, the whole process";
  return { what, goal: "≤ 1500 ms", median, unit: "ms", limit: 1_500 };
}

async function benchTable(): Promise<Row> {
  const entries = Array.from({ length: 40 }, (_, index) => {
    const parsed = parseAddress(`10.1.0.${index + 1}`);
    if ("problem" in parsed) throw new Error(parsed.problem);
    return { address: addressIn16Bytes(parsed.value), weight: 100 };
  });
  const median = await medianMs(() => buildTable(entries, 65_536), 51);
  const what = "new-flow table, 40 ASes of weight 100 in 65536 buckets";
  return { what, goal: "≤ 30 ms", median, unit: "ms", limit: 30 };
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
  const median = ratios.sort((a, b) => a - b)[5] ?? NaN;
  const what = "--version, against an empty program of the same runtime";
  return { what, goal: "≤ 1.3 ×", median, unit: "×", limit: 1.3 };
}

const rows = [await benchCheck(), await benchTable(), await benchVersion()];
const isJson = Deno.args.includes("--json");
const write = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
if (isJson) {
  write(JSON.stringify(rows.map((row) => ({ ...row, met: row.median <= row.limit })), null, 2));
} else {
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, goal, median, unit, limit } of rows) {
    const measured = `${median.toFixed(unit === "×" ? 2 : 1)} ${unit}`;
    const verdict = median <= limit ? "met" : "MISSED";
    write(`${what.padEnd(width)}  ${goal.padStart(10)}  ${measured.padStart(10)}  ${verdict}`);
  }
}
if (rows.some(({ median, limit }) => median > limit)) Deno.exitCode = 1;
