/**
 * The call that says which daemon answers.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { nanoseconds } from "../rpc/nanoseconds.ts";
import { build, runtime } from "../version.ts";
import type { Handlers } from "./handlers.ts";

/** Says which daemon this is, which begins now. */
export function versionHandlers(
  { clock }: { readonly clock: Pick<Clock, "now"> },
): Handlers<"GetVersion"> {
  const { version, commit, date } = build;
  const startedUnixNs = nanoseconds(clock.now());
  const answer = { version, commit: commit ?? "", date: date ?? "", runtime, startedUnixNs };
  return { GetVersion: () => answer };
}
