/**
 * All families, in the order in which they are shown. Those of another room join here.
 *
 * @module
 */

import { backendFamilies } from "./backend_families.ts";
import { daemonFamilies } from "./daemon_families.ts";
import type { Family } from "./family.ts";
import { frontendFamilies } from "./frontend_families.ts";
import { rpcFamilies } from "./rpc_families.ts";
import { vppFamilies } from "./vpp_families.ts";

/** Every family that the daemon has. */
export const families: readonly Family[] = [
  ...backendFamilies,
  ...frontendFamilies,
  ...vppFamilies,
  ...rpcFamilies,
  ...daemonFamilies,
];

/** The families as a table in Markdown, for docs/metrics.md. */
export function describeFamilies(described: readonly Family[]): string {
  const rows = described.map(({ name, type, labels, help }) =>
    `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(", ")} | ${help} |`
  );
  return ["| metric | type | labels | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
