/**
 * What is wrong with a file, as the API tells it.
 *
 * @module
 */

import { type Finding, formatPath } from "../config/mod.ts";
import type * as pb from "./maglev_pb.ts";

/** Tells a finding. `file` is the file's name, as the operator wrote it. */
export function configFinding(
  { stage, place, path, message }: Finding,
  file: string,
): pb.ConfigFinding {
  return {
    file,
    line: place?.line ?? 0,
    column: place?.column ?? 0,
    path: formatPath(path),
    message,
    severity: stage === "warning" ? "warning" : "error",
  };
}
