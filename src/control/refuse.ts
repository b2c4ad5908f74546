/**
 * Refusals, as errors of the API.
 *
 * @module
 */

import { notFound } from "../checker/mod.ts";
import type { Refusal } from "../health/mod.ts";
import { RpcError } from "../rpc/status.ts";

const codes = {
  "failed-precondition": "FAILED_PRECONDITION",
  "not-found": "NOT_FOUND",
  "invalid-argument": "INVALID_ARGUMENT",
} as const satisfies Record<Refusal["code"], RpcError["code"]>;

/** The error that tells of a refusal. */
export function refused({ code, message }: Refusal): RpcError {
  return new RpcError(codes[code], message);
}

/** The thing with this name, if it was found. Otherwise the error suggests one of the names. */
export function foundOf<T>(
  found: T | undefined,
  { kind, name, names }: {
    readonly kind: Parameters<typeof notFound>[0];
    readonly name: string;
    readonly names: Iterable<string>;
  },
): T {
  if (found === undefined) throw refused(notFound(kind, name, names));
  return found;
}
