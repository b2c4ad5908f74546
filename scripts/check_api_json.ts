/**
 * Compares the messages declared in src/vpp/wire with the definitions of a VPP: the folder of
 * `.api.json` files that it installs, /usr/share/vpp/api, or any part of it.
 *
 * Prints what differs, a line each, and exits with 1 if anything does.
 *
 * @module
 */

import { lineWriter } from "../src/line_writer.ts";
import { readApiDefinitions } from "../src/vpp/wire/api_definitions.ts";
import { compareDefinitions } from "../src/vpp/wire/compare_definitions.ts";
import { messages } from "../src/vpp/wire/mod.ts";

const print = lineWriter(Deno.stdout);
const complain = lineWriter(Deno.stderr);

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesBelow(path);
    else if (name.endsWith(".api.json")) yield path;
  }
}

async function check(folder: string): Promise<number> {
  const paths = (await Array.fromAsync(filesBelow(folder))).sort();
  if (paths.length === 0) {
    complain(`no .api.json file in ${folder}`);
    return 2;
  }
  const files = await Promise.all(
    paths.map(async (path) => readApiDefinitions(await Deno.readTextFile(path))),
  );
  const differences = compareDefinitions(messages, files);
  differences.forEach(print);
  print(`${messages.length} messages, ${paths.length} files, ${differences.length} differences`);
  return differences.length === 0 ? 0 : 1;
}

const [folder, ...rest] = Deno.args;
if (folder === undefined || rest.length > 0) {
  complain("usage: scripts/check-api-json FOLDER");
  Deno.exit(2);
}
try {
  Deno.exitCode = await check(folder);
} catch (error) {
  complain(`${folder}: ${error instanceof Error ? error.message : error}`);
  Deno.exitCode = 2;
}
