/**
 * The clients on grpc-js as programs for Node: plain JavaScript in a folder of its own, with the
 * packages that Deno has in its cache.
 *
 * @module
 */

import { stripTypeScriptTypes } from "node:module";

/** A Node that can run them, if there is one. */
export const node: string | undefined = await findNode();

async function findNode(): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command("node", { args: ["--version"] }).output();
    const [, major] = /^v(\d+)\./.exec(new TextDecoder().decode(stdout)) ?? [];
    return success && Number(major) >= 18 ? "node" : undefined;
  } catch {
    return undefined;
  }
}

const root = new URL("../../", import.meta.url).pathname;

const sources = [
  ...["stress_client.ts", "grpc_js.ts", "frames.ts", "header_block.ts", "raw_calls.ts"]
    .map((name) => `tests/clients/${name}`),
  "tests/seeded.ts",
];

/** The folder, which is removed in the end. */
export interface NodeFolder extends AsyncDisposable {
  /** The path of a client, by the name of its source. */
  program(name: string): string;
}

/** Makes the folder, without the network. */
export async function nodeFolder(): Promise<NodeFolder> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-node-" });
  for (const name of ["tests/clients", "proto"]) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
  }
  for (const source of sources) {
    const typed = await Deno.readTextFile(`${root}${source}`);
    const plain = stripTypeScriptTypes(typed).replaceAll(/(from "\.[^"]*)\.ts"/g, '$1.js"');
    await Deno.writeTextFile(`${folder}/${source.replace(/ts$/, "js")}`, plain);
  }
  await Deno.copyFile(`${root}proto/maglev.proto`, `${folder}/proto/maglev.proto`);
  await Deno.copyFile(`${root}deno.lock`, `${folder}/deno.lock`);
  await Deno.writeTextFile(`${folder}/package.json`, '{ "type": "module" }');
  const { imports } = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
  const settings = { nodeModulesDir: "auto", imports };
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(settings));
  const install = new Deno.Command(Deno.execPath(), {
    args: ["install", "--cached-only", "--quiet"],
    cwd: folder,
  });
  const { success, stderr } = await install.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return {
    program: (name) => `${folder}/tests/clients/${name.replace(/ts$/, "js")}`,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
