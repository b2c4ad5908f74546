/**
 * All targets.
 *
 * @module
 */

import { commandLines } from "./command_lines.ts";
import { configFile, configText } from "./config_text.ts";
import { echoReplies } from "./echo_replies.ts";
import { editorKeys, lineEditor } from "./editor_keys.ts";
import { headerBlocks } from "./header_blocks.ts";
import { http2Client, http2Server } from "./http2_session.ts";
import { httpAnswers } from "./http_answers.ts";
import { messageFrames } from "./message_frames.ts";
import { protobuf } from "./protobuf.ts";
import { regexps } from "./regexps.ts";
import { rpcClientAnswers, rpcServer } from "./rpc_ends.ts";
import { addresses, callHeaders, durations } from "./small_texts.ts";
import { statsSegment } from "./stats_segment.ts";
import type { FuzzTarget } from "./target.ts";
import { vppFrames } from "./vpp_frames.ts";
import { vppHandshake, vppPeer } from "./vpp_peer.ts";
import { vipsText } from "./vips_text.ts";

/** The targets, each with another name. */
export const fuzzTargets: readonly FuzzTarget[] = [
  ...[configText, configFile, durations, addresses, regexps],
  ...[httpAnswers, echoReplies],
  ...[vppFrames, vppHandshake, vppPeer, statsSegment, vipsText],
  ...[headerBlocks, http2Server, http2Client],
  ...[callHeaders, messageFrames, protobuf, rpcServer, rpcClientAnswers],
  ...[commandLines, editorKeys, lineEditor],
];
