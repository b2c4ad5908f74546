/**
 * `maglev debug vpp`
 *
 * @module
 */

import { ApiError } from "../../vpp/api/mod.ts";
import { LbError, LbTextError } from "../../vpp/lb/mod.ts";
import { StatsError } from "../../vpp/stats/mod.ts";
import { exitCodes, type Invocation } from "../command.ts";
import type { debugVppFlags } from "../command_flags.ts";
import { formatData, outputForm } from "../output/output_form.ts";
import { vppReportLines } from "../output/vpp_report_text.ts";
import { reportVpp } from "../vpp_report.ts";

/** Connects to VPP and prints what it is and what its load balancer has. */
export async function runDebugVpp(
  { flags, world }: Invocation<typeof debugVppFlags>,
): Promise<number> {
  const output = outputForm(flags.output);
  const options = {
    apiPath: flags["vpp-api-addr"],
    statsPath: flags["vpp-stats-addr"],
    clock: world.clock,
  };
  try {
    const report = await reportVpp(options);
    const lines = output === "text" ? vppReportLines(report) : formatData(output, report);
    lines.forEach(world.print);
    if (report.statsError !== null) world.complain(`maglev: no counters: ${report.statsError}`);
    const isComplete = report.profile !== null && report.statsError === null;
    return isComplete ? exitCodes.ok : exitCodes.vppUnavailable;
  } catch (error) {
    const isExpected = [ApiError, LbError, LbTextError, StatsError].some((kind) =>
      error instanceof kind
    );
    if (!isExpected || !(error instanceof Error)) throw error;
    world.complain(`maglev: ${error.message}`);
    return exitCodes.vppUnavailable;
  }
}
