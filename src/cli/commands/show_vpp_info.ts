/**
 * `maglev show vpp info`
 *
 * @module
 */
import { methods } from "../../rpc/maglev_pb.ts";
import { asking } from "../asking.ts";
import { timestamp } from "../output/timestamp.ts";
import { vppInfoLines } from "../output/vpp_info_text.ts";
import type { Server } from "../server.ts";

/** A VPP, and how it is driven. */
export interface VppInfoData {
  readonly version: string;
  readonly buildDate: string;
  readonly buildDirectory: string;
  readonly pid: number;
  readonly bootTime: string | null;
  readonly connectedSince: string | null;
  /** Null while it responds. */
  readonly notRespondingSince: string | null;
  /** Null if its load balancer cannot be driven. */
  readonly profile: string | null;
  readonly warmUp: { readonly phase: string; readonly leftSeconds: number };
  /** What it lacks to be driven. */
  readonly missing: readonly string[];
}

/** Shows the VPP that is connected. */
export const runShowVppInfo = asking({ ask, show: vppInfoLines });

async function ask(server: Server): Promise<VppInfoData> {
  const info = await server.call(methods.GetVPPInfo, {}, server);
  const { version, buildDate, buildDirectory, pid, missing } = info;
  return {
    ...{ version, buildDate, buildDirectory, pid },
    bootTime: timestamp(info.boottimeNs),
    connectedSince: timestamp(info.connecttimeNs),
    notRespondingSince: timestamp(info.notRespondingSinceNs ?? 0n),
    profile: info.profile || null,
    warmUp: { phase: info.warmupPhase, leftSeconds: Number(info.warmupLeftNs) / 1e9 },
    missing,
  };
}
