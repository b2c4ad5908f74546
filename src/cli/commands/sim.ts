/**
 * `maglev sim`
 *
 * @module
 */

import { OsError } from "../../os/mod.ts";
import { startSimulator } from "../../vpp/sim/server.ts";
import { exitCodes, type Invocation } from "../command.ts";
import type { simFlags } from "../command_flags.ts";
import { UsageError } from "../flags.ts";

/** Runs a simulated VPP until it is interrupted. */
export async function runSim({ flags, world }: Invocation<typeof simFlags>): Promise<number> {
  const { api: apiPath, stats: statsPath, profile } = flags;
  if (apiPath === "" || statsPath === "") {
    throw new UsageError("sim needs --api PATH and --stats PATH, the sockets to listen on");
  }
  if (profile !== "weighted" && profile !== "classic") {
    throw new UsageError(`--profile takes weighted or classic, not ${JSON.stringify(profile)}`);
  }
  const flowsPerSecond = Number(flags.traffic);
  if (!(flowsPerSecond >= 0 && flowsPerSecond <= 100_000)) {
    throw new UsageError("--traffic takes a number of flows a second, up to 100000");
  }
  const traffic = flowsPerSecond === 0 ? null : {
    newFlowsPerSecond: flowsPerSecond,
    packetsPerFlowPerSecond: 5,
    flowSeconds: 10,
    packetBytes: 400,
    clients: 10_000,
  };
  const { clock, random } = world;
  const tell = (what: string) => world.print(`simulated VPP: ${what}`);
  try {
    const options = { apiPath, statsPath, profile, clock, random, traffic, tell } as const;
    const simulator = await startSimulator(options);
    tell(`profile ${profile}, binary API on ${apiPath}, stats segment on ${statsPath}`);
    const signal = await world.untilInterrupted();
    simulator.close();
    tell(`ended by ${signal}`);
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof OsError || isRefusal(error))) throw error;
    const what = error instanceof OsError ? "" : `${apiPath}: `;
    world.complain(`maglev: the simulated VPP cannot listen: ${what}${error.message}`);
    return exitCodes.refused;
  }
}

/** Whether the system refused to make a socket. */
function isRefusal(error: unknown): error is Error {
  const { AddrInUse, NotFound, PermissionDenied } = Deno.errors;
  return [AddrInUse, NotFound, PermissionDenied, RangeError].some((kind) => error instanceof kind);
}
