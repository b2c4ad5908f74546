/**
 * What the daemon says of its file, checked or reloaded.
 *
 * @module
 */
import type { CheckConfigResponse } from "../rpc/maglev_pb.ts";
import { exitCodes } from "./command.ts";

/** What the daemon says. */
export interface ConfigData {
  readonly ok: boolean;
  /** Why the file cannot be read. */
  readonly parseError: string | null;
  /** Why it makes no sense. */
  readonly semanticError: string | null;
  /** Why it could not be put in force; of a reload alone. */
  readonly reloadError?: string | null;
  /** What is allowed, but hardly meant. */
  readonly warnings: readonly string[];
  /** All of these one by one. */
  readonly findings: readonly {
    readonly file: string;
    /** Null where the file could not be read at all. */
    readonly line: number | null;
    readonly column: number | null;
    readonly path: string;
    readonly message: string;
    readonly severity: string;
  }[];
}

/** The data of an answer. */
export function configData(answer: CheckConfigResponse): ConfigData {
  const { ok, parseError, semanticError, warnings, findings } = answer;
  return {
    ok,
    parseError: parseError || null,
    semanticError: semanticError || null,
    warnings,
    findings: findings.map(({ line, column, ...finding }) => ({
      ...finding,
      line: line || null,
      column: column || null,
    })),
  };
}

/** The findings, as the check of the daemon itself has them. */
export function configComplaints(data: ConfigData): readonly string[] {
  const { ok, parseError, semanticError, reloadError = null, warnings } = data;
  const errors = [parseError, semanticError, reloadError].flatMap((text) =>
    text?.split("\n") ?? []
  );
  const isUnsaid = !ok && errors.length === 0;
  return [...warnings, ...errors, ...(isUnsaid ? ["maglev: the daemon does not say why not"] : [])];
}

/** The code with which the process ends. */
export function configExitCode({ ok }: ConfigData): number {
  return ok ? exitCodes.ok : exitCodes.refused;
}
