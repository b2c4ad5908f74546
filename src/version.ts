/**
 * Which maglev this is.
 *
 * @module
 */
import project from "../deno.json" with { type: "json" };

/** What is stamped into an executable when it is built. */
export interface Build {
  readonly version: string;
  /** The commit that it was built from; null when it runs from source. */
  readonly commit: string | null;
  /** When that commit was made, in RFC 3339; null when it runs from source. */
  readonly date: string | null;
}

/** The build that is running. */
export const build: Build = { version: project.version, commit: null, date: null };

/** The runtime that it runs on. */
export const runtime = `deno ${Deno.version.deno}`;

/** `maglev 0.1.0 (commit 1a2b3c4, 2026-11-21T00:00:00Z)` */
export function versionLine({ version, commit, date }: Build): string {
  return `maglev ${version} (${commit === null ? "from source" : `commit ${commit}, ${date}`})`;
}
