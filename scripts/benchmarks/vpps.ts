/**
 * The VPPs that are measured: the simulator as a program of its own, as VPP is one, and a real VPP
 * where there is one.
 *
 * @module
 */

import { sourceProgram } from "../../tests/program.ts";
import { type RunningVpp, runProgram, type VppKind, vppKinds } from "../../tests/vpp_under_test.ts";
import type { Absence } from "./row.ts";

const simulator: VppKind = { name: "simulator", isReal: false, run: runSimulator };
const real = vppKinds.find(({ isReal }) => isReal);

/** The kinds that are there, a real one first. */
export const benchVpps: readonly VppKind[] = real === undefined ? [simulator] : [real, simulator];

/** What a row says of a real VPP where there is none. */
export const vppAbsences: readonly Absence[] = real === undefined
  ? [{ what: "real VPP", notHere: "no vpp on the PATH, and no MAGLEV_TEST_VPP" }]
  : [];

/** The version of the real VPP, such as `v26.10-rc0`; null where there is none. */
export async function realVppVersion(): Promise<string | null> {
  if (real === undefined) return null;
  const program = Deno.env.get("MAGLEV_TEST_VPP") ?? "vpp";
  const version = await new Deno.Command(program, { args: ["--version"] }).output()
    .then(({ stdout }) => new TextDecoder().decode(stdout), () => "");
  return version.split(" ")[1] ?? "unknown";
}

async function runSimulator(): Promise<RunningVpp> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-sim-" });
  const sockets = ["--api", `${folder}/api.sock`, "--stats", `${folder}/stats.sock`];
  return await runProgram(folder, [...sourceProgram, "sim", ...sockets]);
}
