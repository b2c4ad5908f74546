/**
 * What a sync or a plan is to be about.
 *
 * @module
 */

import type { Checker } from "../checker/mod.ts";
import type { Scope } from "../lb/mod.ts";
import { findFrontend } from "./frontends.ts";

/**
 * The VIP of a frontend, or everything where none is named, or one without a name.
 *
 * @throws {RpcError} There is no such frontend.
 */
export function scopeOf(checker: Checker, frontendName: string | undefined): Scope {
  if (frontendName === undefined || frontendName === "") return { kind: "all" };
  return { kind: "vip", frontend: findFrontend(checker, frontendName).frontend.name };
}
