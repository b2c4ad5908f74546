/**
 * What the shell says first.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";
import { methods } from "../../rpc/maglev_pb.ts";
import { build, versionLine } from "../../version.ts";
import { UsageError } from "../flags.ts";
import type { ServerFlags } from "../server.ts";
import type { KeptServer } from "./kept_server.ts";
import { printable } from "../../printable.ts";

/** How long the daemon may take to say which version it is. */
const patienceMs = 1_000;

/**
 * One line: which maglev this is, and which one the daemon is or why it does not say.
 *
 * @throws {UsageError} A flag is wrong.
 */
export async function greeting(
  kept: KeptServer,
  { flags, clock }: { readonly flags: ServerFlags; readonly clock: Clock },
): Promise<string> {
  const limit = new AbortController();
  const timer = clock.setTimer(patienceMs, () => limit.abort());
  try {
    const daemon = await kept.use(
      flags,
      (server) => server.call(methods.GetVersion, {}, server),
      limit.signal,
    );
    const { version, commit, date } = daemon;
    const line = versionLine({ version, commit: commit || null, date: date || null });
    return printable(`${versionLine(build)}, daemon at ${flags.server}: ${line}`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = limit.signal.aborted
      ? `${flags.server} does not answer`
      : error instanceof Error
      ? error.message
      : String(error);
    return printable(`${versionLine(build)}, ${reason}`);
  } finally {
    timer.cancel();
  }
}
