/**
 * The calls about frontends.
 *
 * @module
 */

import type { Checker, LiveFrontend } from "../checker/mod.ts";
import { frontendInfo } from "../rpc/frontend_info.ts";
import type { Handlers } from "./handlers.ts";
import { foundOf, refused } from "./refuse.ts";

/** Shows frontends, and sets their weights. */
export function frontendHandlers(
  { checker }: { readonly checker: Checker },
): Handlers<"ListFrontends" | "GetFrontend" | "SetFrontendPoolBackendWeight"> {
  const show = (name: string) => frontendInfo(findFrontend(checker, name), checker.weightOverrides);
  return {
    ListFrontends: () => ({ frontendNames: [...checker.config.frontends.keys()] }),
    GetFrontend: ({ name }) => show(name),
    SetFrontendPoolBackendWeight: ({ frontend, pool, backend, weight }, { caller }) => {
      const refusal = checker.setWeight({ frontend, pool, backend }, weight, caller);
      if (refusal !== undefined) throw refused(refusal);
      return show(frontend);
    },
  };
}

/**
 * The frontend with this name.
 *
 * @throws {RpcError} There is none.
 */
export function findFrontend(checker: Checker, name: string): LiveFrontend {
  const names = checker.config.frontends.keys();
  return foundOf(checker.frontend(name), { kind: "frontend", name, names });
}
