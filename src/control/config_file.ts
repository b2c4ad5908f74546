/**
 * The calls about the configuration file.
 *
 * @module
 */

import { type Findings, formatFindings, type LoadResult } from "../config/mod.ts";
import { configFinding } from "../rpc/config_finding.ts";
import type * as pb from "../rpc/maglev_pb.ts";
import type { Handlers } from "./handlers.ts";

/** The file, and what can be done with it. The daemon does it. */
export interface ConfigFile {
  /** Its name, as the operator wrote it. */
  readonly file: string;
  /** Reads the file and says whether a reload would take it. Changes nothing. */
  check(): Promise<CheckOutcome>;
  /** Reads the file, and goes over to it if it is right. */
  reload(): Promise<ReloadOutcome>;
}

/** What became of a check. */
export type CheckOutcome =
  | { readonly kind: "right"; readonly warnings: Findings }
  | NotTaken;

/** What became of a reload. */
export type ReloadOutcome =
  | { readonly kind: "reloaded"; readonly warnings: Findings }
  | NotTaken;

type NotTaken =
  | {
    readonly kind: "wrong-file";
    readonly result: Pick<Extract<LoadResult, { readonly ok: false }>, "stage" | "findings">;
  }
  /** The file is right, and asks for what this process may not do. */
  | { readonly kind: "refused"; readonly reason: string };

/** Checks and reloads. A wrong file is an answer like others, and no error. */
export function configHandlers(
  { config }: { readonly config: ConfigFile },
): Handlers<"CheckConfig" | "ReloadConfig"> {
  return {
    CheckConfig: async () => {
      const outcome = await config.check();
      // Clients that know only the two errors would show none for a third.
      const semantic = outcome.kind === "refused" ? { semanticError: outcome.reason } : {};
      return { ...checkResponse(config.file, outcome), ...semantic };
    },
    ReloadConfig: async () => {
      const outcome = await config.reload();
      const reloadError = outcome.kind === "refused" ? outcome.reason : "";
      return { ...checkResponse(config.file, outcome), reloadError };
    },
  };
}

function checkResponse(
  file: string,
  outcome: CheckOutcome | ReloadOutcome,
): pb.CheckConfigResponse {
  const ok = outcome.kind === "right" || outcome.kind === "reloaded";
  const none = { ok, parseError: "", semanticError: "", warnings: [], findings: [] };
  if (outcome.kind === "refused") return none;
  const all = outcome.kind === "wrong-file" ? outcome.result.findings : outcome.warnings;
  const lines = formatFindings(all, { file });
  const findings = all.shown.map((finding) => configFinding(finding, file));
  if (outcome.kind !== "wrong-file") return { ...none, warnings: lines, findings };
  const error = outcome.result.stage === "structure" ? "parseError" : "semanticError";
  return { ...none, [error]: lines.join("\n"), findings };
}
