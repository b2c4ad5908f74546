/**
 * The executable that is soaked.
 *
 * @module
 */

import { run } from "../../scripts/build_run.ts";

const root = new URL("../..", import.meta.url).pathname;

/** That of scripts/build; it is built if there is none, or an old one. */
export async function soakExecutable(show: (line: string) => unknown): Promise<string> {
  const path = `${root}dist/maglev`;
  if (!await isFresh(path)) {
    show("building dist/maglev");
    await run([`${root}scripts/build`, "--packing", "packed"]);
  }
  return path;
}

/** Whether it is there, and no older than the last commit. Without git nobody knows. */
async function isFresh(path: string): Promise<boolean> {
  try {
    const { mtime } = await Deno.stat(path);
    const seconds = await run(["git", "log", "-1", "--format=%ct"], { cwd: root });
    return mtime !== null && mtime.getTime() >= 1_000 * Number(seconds);
  } catch {
    return false;
  }
}
