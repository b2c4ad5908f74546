/**
 * The calls about backends.
 *
 * @module
 */

import type { Checker } from "../checker/mod.ts";
import type { Clock } from "../clock.ts";
import type { ExplainInput, OperatorAct } from "../health/mod.ts";
import { backendInfo } from "../rpc/backend_info.ts";
import type * as pb from "../rpc/maglev_pb.ts";
import type { Call } from "../rpc/service.ts";
import type { Handlers } from "./handlers.ts";
import { type Installation, installationReader } from "./installation.ts";
import { foundOf, refused } from "./refuse.ts";
import type { DrivenVpp } from "./vpp_of_moment.ts";

/** What {@link backendHandlers} needs. */
export interface BackendOptions {
  readonly checker: Checker;
  readonly controller: DrivenVpp | null;
  readonly clock: Clock;
}

/** Shows backends, and takes operators' acts. */
export function backendHandlers(
  { checker, controller, clock }: BackendOptions,
): Handlers<
  | ("ListBackends" | "GetBackend")
  | ("PauseBackend" | "ResumeBackend" | "EnableBackend" | "DisableBackend")
> {
  const find = (name: string) => {
    const names = checker.config.backends.keys();
    return foundOf(checker.backend(name), { kind: "backend", name, names });
  };
  const show = (name: string, installed?: ExplainInput["vpp"]): pb.BackendInfo =>
    backendInfo(find(name), checker.explain(name, installed) ?? [], clock.now());

  const read = controller === null ? null : installationReader({ checker, controller, clock });
  const get = async ({ name, withoutVpp }: pb.GetBackendRequest): Promise<pb.BackendInfo> => {
    const { frontends } = find(name);
    if (read === null || withoutVpp || frontends.length === 0) return show(name);
    const found: Installation = await read();
    if (found.kind === "read") return show(name, found.installed);
    const info = show(name);
    return {
      ...info,
      reasons: [...info.reasons, { kind: "vpp", frontendName: "", text: found.reason }],
    };
  };

  // VPP follows an act a moment later: what it has now would look as if it did not.
  const acts = (act: OperatorAct) => ({ name }: pb.BackendRequest, { caller }: Call) => {
    const refusal = checker.act(name, act, caller);
    if (refusal !== undefined) throw refused(refusal);
    return show(name);
  };
  return {
    ListBackends: () => ({ backendNames: [...checker.config.backends.keys()] }),
    GetBackend: get,
    PauseBackend: acts("pause"),
    ResumeBackend: acts("resume"),
    EnableBackend: acts("enable"),
    DisableBackend: acts("disable"),
  };
}
