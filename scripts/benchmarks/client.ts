/**
 * Measures what a command costs that asks the daemon, beside a program that does nothing.
 *
 * @module
 */

import { authorityPath, certificateFiles } from "../../tests/certificates.ts";
import { withApiDaemon } from "../../tests/clients/api_daemon.ts";
import { sourceProgram } from "../../tests/program.ts";
import { figure, type FigureOptions, ratios } from "./figure.ts";
import type { Extent, Figure, Row } from "./row.ts";

/** The row about one command. */
export const oneShot: Row = {
  name: "one-shot `maglev show backends` against a local daemon",
  goal: "≤ 2.5 × an empty program on the same runtime",
  how:
    "whole processes, in turns with an empty program; dist/maglev where it has been built, else " +
    "the program bundled",
  measure: measureOneShot,
};

const root = new URL("../..", import.meta.url).pathname;
const executable = `${root}dist/maglev`;
const [deno = "", ...runtime] = sourceProgram.slice(0, -1);

async function measureOneShot(extent: Extent): Promise<readonly Figure[]> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-bench-" });
  const { certPath, keyPath } = certificateFiles("ok");
  const secure = { args: ["--grpc-tls-cert", certPath, "--grpc-tls-key", keyPath] };
  const unix = `unix:${folder}/api.sock`;
  const plain = { addresses: `127.0.0.1:0,${unix}`, addressCount: 2 };
  let figures: readonly Figure[] = [];
  try {
    await Deno.writeTextFile(`${folder}/empty.js`, "");
    const { name, program } = await findProgram(folder);
    const rounds = extent === "full" ? 21 : 2;
    await withApiDaemon(async ({ targets: [tcp] }) => {
      await withApiDaemon(async ({ targets: [tls] }) => {
        const times = await inTurns(rounds, {
          "an empty program": [deno, ...runtime, `${folder}/empty.js`],
          "show backends": [...program, "show", "backends", "--server", tcp],
          "show backends, Unix socket": [...program, "show", "backends", "--server", unix],
          "show backends, TLS": [
            ...[...program, "show", "backends", "--server", tls, "--tls-ca", authorityPath],
          ],
          "--version": [...program, "--version"],
        });
        figures = figuresOf(times, name);
      }, secure);
    }, plain);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return figures;
}

function figuresOf(times: ReadonlyMap<string, readonly number[]>, program: string): Figure[] {
  const [[emptyName, empty] = ["", []], ...commands] = times;
  const goal = (name: string): Partial<FigureOptions> =>
    name === "show backends" ? { atMost: 2.5 } : {};
  return [
    ...commands.map(([name, samples]) =>
      figure({ what: `${name}, ${program}`, unit: "×", ...goal(name) }, ratios(samples, empty))
    ),
    figure({ what: emptyName, unit: "ms" }, empty),
    ...commands.map(([name, samples]) =>
      figure({ what: `${name}, ${program}`, unit: "ms" }, samples)
    ),
  ];
}

/** The executable that scripts/build has made, or else the program in as few files as can be. */
async function findProgram(
  folder: string,
): Promise<{ readonly name: string; readonly program: readonly string[] }> {
  if (await Deno.stat(executable).then(({ isFile }) => isFile, () => false)) {
    return { name: "executable", program: [executable] };
  }
  const args = ["bundle", "--quiet", "--minify", "--code-splitting", "--outdir", folder];
  const main = `${root}main.ts`;
  const { success } = await new Deno.Command(deno, { args: [...args, main] }).output();
  if (!success) throw new Error("the program cannot be bundled");
  return { name: "bundled", program: [deno, ...runtime, `${folder}/main.js`] };
}

/** Times commands in turns, so that a machine that slows down slows all; the first turn counts not. */
async function inTurns(
  rounds: number,
  commands: Readonly<Record<string, readonly string[]>>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, command] of Object.entries(commands)) {
      const tookMs = await timeOf(command);
      if (round >= 0) times.get(name)?.push(tookMs);
    }
  }
  return times;
}

async function timeOf([command = "", ...args]: readonly string[]): Promise<number> {
  const startMs = performance.now();
  const { success, stderr } = await new Deno.Command(command, { args, stdin: "null" }).output();
  const tookMs = performance.now() - startMs;
  if (success) return tookMs;
  throw new Error(`${args.join(" ")}: ${new TextDecoder().decode(stderr).trim()}`);
}
