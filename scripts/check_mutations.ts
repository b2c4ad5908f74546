/**
 * Checks the tests: plants each of the declared faults in a copy of the sources, and runs the tests
 * that should catch it, those beside the file first and then those of its room.
 *
 * Exits with 1 if a fault survives, and with 2 if one no longer fits or tests fail without any.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { lineWriter } from "../src/line_writer.ts";
import { type Fault, plant } from "./fault.ts";
import { plantedFaults } from "./planted_faults.ts";

const print = lineWriter(Deno.stdout);
const complain = lineWriter(Deno.stderr);
const root = fileURLToPath(new URL("..", import.meta.url));

/** So many faults are tried at a time, each in a copy of its own. */
const atATime = 2;

/** Tests hang that take twice as long as without a fault, and so much more. */
const patienceMs = 20_000;

/** What the tests of a room need besides itself. The rest of the checkout stays where it is. */
const copied = /^(src|tests|scripts|docs|proto|[^./]+\.(ts|md|json|lock))$/;

/** What came of a fault. */
interface Outcome extends Fault {
  /** The first test that failed, `time limit` where the tests hung, or null where all passed. */
  readonly caughtBy: string | null;
  readonly seconds: number;
}

/** What came of a run of tests. */
interface TestRun {
  /** The first test that failed, with its file; null where all passed. */
  readonly failed: string | null;
  readonly output: string;
  readonly seconds: number;
}

/** Where the faults are planted: one copy of the sources. */
interface Copy {
  readonly folder: string;
  /** Runs the tests of a file, or of a folder and below. */
  test(target: string, limitMs?: number): Promise<TestRun>;
}

async function makeCopy(): Promise<Copy> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-mutations-" });
  for await (const { name } of Deno.readDir(root)) {
    if (copied.test(name)) await cp(join(root, name), join(folder, name), { recursive: true });
  }
  return { folder, test: (target, limitMs) => runTests(folder, target, limitMs) };
}

async function runTests(cwd: string, target: string, limitMs?: number): Promise<TestRun> {
  const start = performance.now();
  // What allocates without end is to fail before the machine does.
  const limits = ["--v8-flags=--max-old-space-size=512"];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-check", "--fail-fast", ...limits, target],
    ...{ cwd, env: { NO_COLOR: "1" }, stdin: "null", stdout: "piped", stderr: "piped" },
  }).spawn();
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    child.kill("SIGKILL");
  }, limitMs ?? 2 ** 31 - 1);
  const { success, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  const failed = success ? null : hung ? "time limit" : firstFailure(output);
  return { failed, output, seconds: (performance.now() - start) / 1000 };
}

/** The list of failures names the first one: `a test's name => ./src/room/file_test.ts:12:6`. */
function firstFailure(output: string): string {
  const [, name, file] = /^(.+) => \.\/(\S+?):\d+:\d+$/m.exec(output) ?? [];
  return name === undefined ? "tests that do not load" : `${file}: ${name}`;
}

/** The tests that should catch a fault, the narrowest first; the room's are the last resort. */
function targetsOf({ file, tests = file.replace(/\.ts$/, "_test.ts") }: Fault): readonly string[] {
  return [...existsSync(join(root, tests)) ? [tests] : [], dirname(file)];
}

/** Makes a function that says when tests hang, from how long they take without a fault. */
function limits(): (target: string, copy: Copy) => Promise<number> {
  const known = new Map<string, Promise<number>>();
  const measure = async (target: string, copy: Copy) => {
    const { failed, output, seconds } = await copy.test(target);
    if (failed === null) return 2 * 1000 * seconds + patienceMs;
    throw new Error(`${target} fails without any fault: ${failed}\n${output}`);
  };
  return (target, copy) => {
    const limit = known.get(target) ?? measure(target, copy);
    known.set(target, limit);
    return limit;
  };
}

async function tryFault(
  fault: Fault,
  copy: Copy,
  limitOf: ReturnType<typeof limits>,
): Promise<Outcome> {
  const path = join(copy.folder, fault.file);
  const source = await Deno.readTextFile(path);
  let seconds = 0;
  for (const target of targetsOf(fault)) {
    const limitMs = await limitOf(target, copy);
    await Deno.writeTextFile(path, plant(source, fault));
    const run = await copy.test(target, limitMs);
    await Deno.writeTextFile(path, source);
    seconds += run.seconds;
    if (run.failed !== null) return { ...fault, caughtBy: run.failed, seconds };
  }
  return { ...fault, caughtBy: null, seconds };
}

function describe({ file, text, replacement, harm, caughtBy, seconds }: Outcome): string {
  const change = `${oneLine(text)} → ${oneLine(replacement)}`;
  const how = caughtBy === null ? `SURVIVES: ${harm}` : `caught by ${caughtBy}`;
  return `${file}: ${change}\n  ${how} (${seconds.toFixed(1)} s)`;
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim() || "nothing";

async function checkAll(
  faults: readonly Fault[],
  report: (outcome: Outcome) => void,
): Promise<readonly Outcome[]> {
  for (const fault of faults) plant(await Deno.readTextFile(join(root, fault.file)), fault);
  const copies = await Promise.all(Array.from({ length: atATime }, makeCopy));
  const limitOf = limits();
  const left = faults.values();
  const outcomes: Outcome[] = [];
  try {
    await Promise.all(copies.map(async (copy) => {
      for (const fault of left) {
        const outcome = await tryFault(fault, copy, limitOf);
        outcomes.push(outcome);
        report(outcome);
      }
    }));
    return outcomes;
  } finally {
    await Promise.all(copies.map(({ folder }) => Deno.remove(folder, { recursive: true })));
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: { only: { type: "string", default: "" }, json: { type: "boolean", default: false } },
  });
  const faults = plantedFaults.filter(({ file, harm }) => `${file} ${harm}`.includes(values.only));
  if (faults.length === 0) throw new Error(`no fault has "${values.only}" in its file or its harm`);
  const outcomes = await checkAll(faults, (outcome) => {
    if (!values.json) print(describe(outcome));
  });
  const survivors = outcomes.filter(({ caughtBy }) => caughtBy === null);
  if (values.json) print(JSON.stringify(outcomes, null, 2));
  else print(`${faults.length} faults, ${survivors.length} survivors`);
  return survivors.length === 0 ? 0 : 1;
}

try {
  Deno.exitCode = await main();
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  Deno.exitCode = 2;
}
