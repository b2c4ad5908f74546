/**
 * Looks for inputs that break what must hold of them: `./scripts/deno task fuzz`.
 *
 * Without options every target is given random inputs for a minute, from a seed that is drawn.
 * `--target NAME` chooses one, `--minutes N` how long for each, `--seed S` the first seed. Each input
 * has a seed of its own: `--target NAME --seed S` without `--minutes` tries that one input.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { minimized } from "../tests/fuzz/minimize.ts";
import { type FuzzTarget, inputOf, tryInput } from "../tests/fuzz/target.ts";
import { fuzzTargets } from "../tests/fuzz/targets.ts";

/** What the inputs of a target came to. */
interface Report {
  readonly tries: number;
  readonly ms: number;
  readonly failures: number;
}

/** Different failures of a target, after which the next one is looked at. */
const mostFailures = 5;

/** Errors that nobody waited for, of the input that is being tried. */
let strays: unknown[] = [];
globalThis.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  strays.push(event.reason);
});

/** Tries an input; gives the error, if there is one. */
async function failureOf(target: FuzzTarget, input: Uint8Array, seed: number): Promise<unknown> {
  strays = [];
  try {
    await tryInput(target, input, seed);
    return strays[0];
  } catch (error) {
    return error;
  }
}

/** What tells one failure from another: the kind, and the first line without its numbers. */
function kindOf(error: unknown): string {
  const { name, message, stack = "" } = Error.isError(error) ? error : new Error(String(error));
  const place = /\/(src\/\S+?\.ts):/.exec(stack)?.[1] ?? "";
  return `${name} ${place} ${message.split("\n")[0]?.replaceAll(/\d+|".*"/g, "#").slice(0, 60)}`;
}

function print(...lines: readonly string[]): void {
  for (const line of lines) Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

async function tell(target: FuzzTarget, seed: number, error: unknown): Promise<void> {
  const kind = kindOf(error);
  const input = inputOf(target, seed);
  const smallest = await minimized(
    input,
    async (candidate) => kindOf(await failureOf(target, candidate, seed)) === kind,
  );
  const stack = Error.isError(error) ? error.stack ?? error.message : String(error);
  print(
    `FAILED ${target.name}: ${stack.split("\n").slice(0, 12).join("\n")}`,
    `  ${input.length} bytes, of which ${smallest.length} are enough:`,
    `  as text  ${JSON.stringify(new TextDecoder().decode(smallest.subarray(0, 1_000)))}`,
    `  in hex   ${smallest.subarray(0, 1_000).toHex()}`,
    `  repeat   ./scripts/deno task fuzz --target ${target.name} --seed ${seed}`,
  );
}

async function fuzz(target: FuzzTarget, seed: number, limitMs: number): Promise<Report> {
  const startMs = performance.now();
  const kinds = new Set<string>();
  let tries = 0;
  do {
    const input = inputOf(target, seed + tries);
    const failure = await failureOf(target, input, seed + tries);
    if (failure !== undefined && !kinds.has(kindOf(failure))) {
      kinds.add(kindOf(failure));
      await tell(target, seed + tries, failure);
    }
    tries++;
  } while (performance.now() - startMs < limitMs && kinds.size < mostFailures);
  return { tries, ms: performance.now() - startMs, failures: kinds.size };
}

const { values: options } = parseArgs({
  options: {
    target: { type: "string" },
    minutes: { type: "string" },
    seed: { type: "string" },
  },
});
const chosen = fuzzTargets.filter(({ name }) => (options.target ?? name) === name);
const isOne = options.seed !== undefined && options.minutes === undefined;
const minutes = isOne ? 0 : Number(options.minutes ?? 1);
const firstSeed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31));
if (chosen.length === 0 || !(minutes >= 0) || !Number.isSafeInteger(firstSeed)) {
  print(`targets: ${fuzzTargets.map(({ name }) => name).join(", ")}`);
  Deno.exit(2);
}
let failures = 0;
for (const target of chosen) {
  const report = await fuzz(target, firstSeed, minutes * 60_000);
  const perSecond = Math.round(report.tries / report.ms * 1000);
  print(
    `${target.name}: ${report.tries} inputs from seed ${firstSeed}, ${perSecond} a second, ` +
      `${report.failures} failures`,
  );
  failures += report.failures;
}
Deno.exit(failures > 0 ? 1 : 0);
