/**
 * `maglev show version`
 *
 * @module
 */
import { methods, type VersionInfo } from "../../rpc/maglev_pb.ts";
import { UnreachableError } from "../../rpc/status.ts";
import { build, versionLine } from "../../version.ts";
import { exitCodes, type Invocation } from "../command.ts";
import type { clientFlags } from "../command_flags.ts";
import { formatData, outputForm } from "../output/output_form.ts";

/** Shows which maglev this is, and which one the daemon is if it can be reached. */
export async function runShowVersion(
  { flags, world }: Invocation<typeof clientFlags>,
): Promise<number> {
  const form = outputForm(flags.output);
  if (form === "text") world.print(versionLine(build));
  let daemon: VersionInfo | undefined;
  try {
    daemon = await world.withServer(
      flags,
      (server) => server.call(methods.GetVersion, {}, server),
    );
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    world.complain(`maglev: ${error.message}`);
  }
  if (form !== "text") {
    const shown = daemon === undefined ? null : { ...buildOf(daemon), ...processOf(daemon) };
    formatData(form, { client: build, daemon: shown }).forEach(world.print);
  } else if (daemon !== undefined) {
    const { runtime, startedAt } = processOf(daemon);
    const line = versionLine(buildOf(daemon));
    world.print(`daemon at ${flags.server}: ${line}, on ${runtime}, since ${startedAt}`);
  }
  return exitCodes.ok;
}

function buildOf({ version, commit, date }: VersionInfo) {
  return { version, commit: commit || null, date: date || null };
}

function processOf({ runtime, startedUnixNs }: VersionInfo) {
  return { runtime, startedAt: new Date(Number(startedUnixNs / 1_000_000n)).toISOString() };
}
