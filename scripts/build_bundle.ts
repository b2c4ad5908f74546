/**
 * The program as few modules, which import each other and the runtime's own.
 *
 * @module
 */

import type { Build } from "../src/version.ts";
import { run } from "./build_run.ts";

/** The text of each module by its name: `main.js` is the first, and imports `./chunk-….js`. */
export type Bundle = ReadonlyMap<string, string>;

/**
 * Checks the program's types and bundles it. What a command does not need is in modules of its own,
 * which that command never loads.
 *
 * @throws {Error} The types are wrong, or something cannot be found.
 */
export async function bundle(build: Build): Promise<Bundle> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-bundle-" });
  try {
    const main = new URL("../main.ts", import.meta.url).pathname;
    const options = ["--quiet", "--check", "--minify", "--code-splitting", "--outdir", folder];
    await run([Deno.execPath(), "bundle", ...options, main]);
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
    const modules = new Map<string, string>();
    for (const name of names) {
      const text = await Deno.readTextFile(`${folder}/${name}`);
      const isStamped = text.includes("maglevBuild");
      const stamp = isStamped ? `const maglevBuild=${JSON.stringify(build)};\n` : "";
      modules.set(name, `${stamp}${text}`);
    }
    return modules;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
