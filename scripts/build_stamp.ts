/**
 * What an executable says that it was built from.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };
import type { Build } from "../src/version.ts";
import { run } from "./build_run.ts";

/**
 * The commit that is checked out, and when it was made, not when it is built: two builds of one commit
 * are the same. A commit that is not all there is to it is marked.
 */
export async function stamp(packing: NonNullable<Build["packing"]>): Promise<Build> {
  const git = (...args: readonly string[]) =>
    run(["git", ...args], {
      cwd: new URL("..", import.meta.url).pathname,
      env: { TZ: "UTC", LC_ALL: "C" },
    });
  const { version } = project;
  try {
    const commit = (await git("rev-parse", "HEAD")).slice(0, 12);
    const changes = await git("status", "--porcelain");
    const date = await git(
      ...["log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"],
    );
    return { version, commit: changes === "" ? commit : `${commit}+changes`, date, packing };
  } catch {
    // An archive of the sources, or no git here.
    return { version, commit: null, date: null, packing };
  }
}
