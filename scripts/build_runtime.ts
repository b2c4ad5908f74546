/**
 * Finds the runtimes that executables are made of.
 *
 * @module
 */

import { inflateRawSync } from "node:zlib";
import { run } from "./build_run.ts";
import type { MachineName } from "./pack.ts";

const version = Deno.version.deno;

/** How long a download may take. */
const downloadMs = 60_000;

/** The stock `deno` for a machine: the one that runs this, or the one that npm has. */
export async function stockRuntime(machine: MachineName): Promise<Uint8Array<ArrayBuffer>> {
  if (machine === Deno.build.arch) return await Deno.readFile(Deno.execPath());
  const platform = { x86_64: "linux-x64-glibc", aarch64: "linux-arm64-glibc" }[machine];
  const folder = await Deno.makeTempDir({ prefix: "maglev-runtime-" });
  try {
    const name = `@deno/${platform}`;
    const options = ["--quiet", "--no-config", "--no-lock"];
    const command = [Deno.execPath(), "cache", ...options, `npm:${name}@${version}`];
    await run(command, { cwd: folder, env: { DENO_DIR: folder } });
    for await (const registry of Deno.readDir(`${folder}/npm`)) {
      const path = `${folder}/npm/${registry.name}/${name}/${version}/deno`;
      if (await exists(path)) return await Deno.readFile(path);
    }
    throw new Error(`npm's ${name} has no deno in it`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * The base runtime of `deno compile`: what DENORT_BIN names, or one that Deno has in its cache, or one
 * from Deno's site.
 *
 * @throws {Error} It cannot be had.
 */
export async function baseRuntime(machine: MachineName): Promise<Uint8Array<ArrayBuffer>> {
  const given = Deno.env.get("DENORT_BIN");
  if (given !== undefined) return await Deno.readFile(given);
  const path = `release/v${version}/denort-${machine}-unknown-linux-gnu.zip`;
  const info = JSON.parse(await run([Deno.execPath(), "info", "--no-config", "--json"]));
  const cached = `${info.denoDir}/dl/${path}`;
  if (await exists(cached)) return unzip(await Deno.readFile(cached));
  const answer = await fetch(`https://dl.deno.land/${path}`, {
    signal: AbortSignal.timeout(downloadMs),
  });
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${answer.statusText}`);
  return unzip(await answer.bytes());
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(({ isFile }) => isFile, () => false);
}

/** The only file in an archive. */
function unzip(archive: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(archive.buffer);
  // The directory's end, which has no comment after it, says where the directory is.
  const end = archive.length - 22;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw new Error("it is no zip archive");
  const entry = view.getUint32(end + 16, true);
  const [method, size] = [view.getUint16(entry + 10, true), view.getUint32(entry + 20, true)];
  const header = view.getUint32(entry + 42, true);
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  const data = archive.subarray(start, start + size);
  return method === 0 ? data : new Uint8Array(inflateRawSync(data));
}
