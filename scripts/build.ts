/**
 * Makes the executable.
 *
 * @module
 */

import { basename, dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { lineWriter } from "../src/line_writer.ts";
import { bundle } from "./build_bundle.ts";
import { run } from "./build_run.ts";
import { baseRuntime, stockRuntime } from "./build_runtime.ts";
import { stamp } from "./build_stamp.ts";
import { type MachineName, machines, pack, permissions, prepareBase } from "./pack.ts";
import { packModules } from "./pack_modules.ts";

const usage =
  `usage: scripts/build [--output FILE] [--target x86_64|aarch64] [--packing compiled|packed]
                     [--runtime FILE]`;

/** What to build. */
interface Order {
  readonly output: string;
  readonly target: MachineName;
  /** Default: compiled, if the base runtime of `deno compile` can be had. */
  readonly packing?: string | undefined;
  /** The runtime to build on, if not the one that is found. */
  readonly runtime?: string | undefined;
}

const complain = lineWriter(Deno.stderr);

/** Makes the file in one step, so that a build that is cut short leaves none. */
async function buildExecutable(order: Order): Promise<string> {
  const { output } = order;
  await Deno.mkdir(dirname(output), { recursive: true });
  // What is built is no change of the sources, of which the stamp would speak.
  if (basename(dirname(output)) === "dist") {
    await Deno.writeTextFile(`${dirname(output)}/.gitignore`, "*\n");
  }
  const folder = await Deno.makeTempDir({ dir: dirname(output), prefix: ".build-" });
  try {
    const made = `${folder}/maglev`;
    const how = await makeExecutable(order, { folder, made });
    await Deno.chmod(made, 0o755);
    await Deno.rename(made, output);
    return how;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function makeExecutable(
  { target, packing, runtime }: Order,
  { folder, made }: { folder: string; made: string },
): Promise<string> {
  if (packing !== "packed") {
    const base = await (runtime === undefined ? baseRuntime(target) : Deno.readFile(runtime))
      .catch((error: Error) => {
        if (packing === "compiled") throw error;
        complain(
          `scripts/build: no base runtime for deno compile, so deno is packed: ${error.message}`,
        );
      });
    if (base !== undefined) {
      await Deno.writeFile(`${folder}/denort`, prepareBase(base), { mode: 0o755 });
      for (const [name, text] of await bundle(await stamp("compiled"))) {
        await Deno.writeTextFile(`${folder}/${name}`, text);
        // The executable would tell one build from another by it.
        await Deno.utime(`${folder}/${name}`, 0, 0);
      }
      await compile({ folder, made, target });
      return "compiled";
    }
  }
  const stock = runtime === undefined ? await stockRuntime(target) : await Deno.readFile(runtime);
  await Deno.writeFile(made, pack(stock, packModules(await bundle(await stamp("packed")))));
  return "packed";
}

async function compile(
  { folder, made, target }: { folder: string; made: string; target: MachineName },
): Promise<void> {
  const isolation = [
    "--quiet",
    "--no-check",
    "--no-config",
    "--no-lock",
    "--no-remote",
    "--no-npm",
  ];
  const options = ["--target", `${target}-unknown-linux-gnu`, "--output", made];
  const command = ["compile", ...isolation, ...permissions, ...options, `${folder}/main.js`];
  await run([Deno.execPath(), ...command], { env: { DENORT_BIN: `${folder}/denort` } });
}

function readOrder(args: string[]): Order {
  const { values } = parseArgs({
    args,
    options: {
      output: { type: "string", default: "dist/maglev" },
      target: { type: "string", default: Deno.build.arch },
      packing: { type: "string" },
      runtime: { type: "string" },
    },
  });
  const { output, target, packing, runtime } = values;
  if (target !== "x86_64" && target !== "aarch64") {
    throw new TypeError(`--target takes ${Object.keys(machines).join(" or ")}, not ${target}`);
  }
  if (packing !== undefined && packing !== "compiled" && packing !== "packed") {
    throw new TypeError(`--packing takes compiled or packed, not ${packing}`);
  }
  return { output: resolve(output), target, packing, runtime };
}

try {
  const order = readOrder(Deno.args);
  const how = await buildExecutable(order);
  const { size } = await Deno.stat(order.output);
  lineWriter(Deno.stdout)(`${order.output}: ${how}, ${Math.round(size / 1e6)} MB`);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  complain(`scripts/build: ${error.message}`);
  if (error instanceof TypeError) complain(usage);
  Deno.exitCode = 1;
}
