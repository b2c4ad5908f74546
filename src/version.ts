/**
 * Which maglev this is.
 *
 * @module
 */
import project from "../deno.json" with { type: "json" };

/** Which build it is that runs. */
export interface Build {
  readonly version: string;
  /** The commit that it was built from; null when it runs from source. */
  readonly commit: string | null;
  /** When that commit was made, in RFC 3339; null when it runs from source. */
  readonly date: string | null;
  /** How the runtime came into the executable; absent when it runs from source. */
  readonly packing?: "compiled" | "packed";
}

/** What `scripts/build` puts in front of the bundle. */
declare const maglevBuild: Build | undefined;

/** The build that is running. */
export const build: Build = typeof maglevBuild === "undefined"
  ? { version: project.version, commit: null, date: null }
  : maglevBuild;

/** The runtime that it runs on. */
export const runtime = `deno ${Deno.version.deno}`;

/** `maglev 0.1.0 (commit 1a2b3c4d5e6f, 2026-11-21T00:00:00Z, packed)` */
export function versionLine({ version, commit, date, packing }: Build): string {
  const origin = commit === null ? ["from source"] : [`commit ${commit}`, date];
  return `maglev ${version} (${[...origin, packing].filter(Boolean).join(", ")})`;
}
