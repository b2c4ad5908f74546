/**
 * How VPP is got at: through its two sockets, or, where there is no operating system in between,
 * through what stands in for them.
 *
 * @module
 */

import { openUnix, type Transport } from "../vpp/api/mod.ts";
import { type AttachOptions, attachStats } from "../vpp/stats/attach.ts";
import type { StatsReader } from "../vpp/stats/mod.ts";
import { socketFiles } from "./socket_files.ts";

/** All that the controller wants of the outside world. */
export interface VppAccess {
  /** Opens a stream to the binary API that listens on a path. */
  openApi(path: string): Promise<Transport>;
  /** Gets hold of the stats segment that is handed out on a path. */
  attachStats(options: AttachOptions): Promise<StatsReader>;
  /** A word for the socket files at these paths: another word means that a VPP has made new ones. */
  socketFiles(paths: readonly string[]): string;
}

/** Unix sockets, shared memory, and the files as they are. */
export const socketAccess: VppAccess = { openApi: openUnix, attachStats, socketFiles };
