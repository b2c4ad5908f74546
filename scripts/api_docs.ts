/**
 * docs/api.md: what people wrote, and under it the reference.
 *
 * @module
 */

import { readProto } from "./proto_file.ts";
import { type MethodErrors, protoMarkdown } from "./proto_markdown.ts";

/** Above this line people write; what is under it is generated. */
const marker =
  "<!-- From here on, scripts/generate-api-docs writes what proto/maglev.proto says. -->";

const errors: MethodErrors = {
  ListFrontends: [],
  GetFrontend: ["NOT_FOUND"],
  ListBackends: [],
  GetBackend: ["NOT_FOUND"],
  PauseBackend: ["NOT_FOUND", "FAILED_PRECONDITION"],
  ResumeBackend: ["NOT_FOUND", "FAILED_PRECONDITION"],
  EnableBackend: ["NOT_FOUND", "FAILED_PRECONDITION"],
  DisableBackend: ["NOT_FOUND", "FAILED_PRECONDITION"],
  ListHealthChecks: [],
  GetHealthCheck: ["NOT_FOUND"],
  SetFrontendPoolBackendWeight: ["NOT_FOUND", "INVALID_ARGUMENT"],
  WatchEvents: ["INVALID_ARGUMENT"],
  CheckConfig: [],
  ReloadConfig: [],
  GetVPPInfo: ["UNAVAILABLE"],
  GetVPPLBState: ["UNAVAILABLE"],
  SyncVPPLBState: ["NOT_FOUND", "UNAVAILABLE", "FAILED_PRECONDITION", "ABORTED"],
  GetVPPLBCounters: ["UNAVAILABLE"],
  PlanVPPLBState: ["NOT_FOUND", "UNAVAILABLE"],
  GetVersion: [],
};

/**
 * The page anew, with what people wrote as it is.
 *
 * @throws {Error} The page has lost its marker, or the .proto file is not what it should be.
 */
export function apiDocs(page: string, proto: string): string {
  const [written, generated] = page.split(marker);
  if (written === undefined || generated === undefined) throw new Error(`no line "${marker}"`);
  return `${written}${marker}\n\n${protoMarkdown(readProto("maglev.proto", proto), errors)}`;
}
