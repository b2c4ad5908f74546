/**
 * Gets hold of a running VPP's stats segment.
 *
 * @module
 */

import { type Clock, systemClock } from "../../clock.ts";
import { closeDescriptor, mapSharedMemory, receiveDescriptor } from "../../os/mod.ts";
import { openStats, type StatsReader } from "./stats_reader.ts";

/** Where VPP hands out its stats segment, unless its configuration says otherwise. */
export const defaultStatsPath = "/run/vpp/stats.sock";

/** How to attach. */
export interface AttachOptions {
  /** The path of the socket. Default: {@link defaultStatsPath}. */
  readonly path?: string;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** How long VPP may take to hand it out. Default: 5 s. */
  readonly timeoutMs?: number;
  /** Gives up. */
  readonly signal?: AbortSignal;
}

/**
 * Attaches to the segment of the VPP that listens on a path. It stays that VPP's: after a restart,
 * attach again.
 *
 * @throws {OsError} The socket is not there, or may not be used.
 * @throws {DescriptorError} VPP did not hand out its segment.
 * @throws {StatsError} The segment is of a version that is not known here.
 */
export async function attachStats(options: AttachOptions = {}): Promise<StatsReader> {
  const { path = defaultStatsPath, clock = systemClock, timeoutMs = 5_000, signal } = options;
  const descriptor = await receiveDescriptor(path, { clock, timeoutMs, signal });
  try {
    const segment = mapSharedMemory(descriptor, "read");
    try {
      return openStats(segment, clock);
    } catch (error) {
      segment.unmap();
      throw error;
    }
  } finally {
    closeDescriptor(descriptor);
  }
}
