/**
 * The calls about health checks.
 *
 * @module
 */

import type { Checker } from "../checker/mod.ts";
import { healthCheckInfo } from "../rpc/health_check_info.ts";
import type { Handlers } from "./handlers.ts";
import { foundOf } from "./refuse.ts";

/** Shows health checks. */
export function healthCheckHandlers(
  { checker }: { readonly checker: Pick<Checker, "config"> },
): Handlers<"ListHealthChecks" | "GetHealthCheck"> {
  return {
    ListHealthChecks: () => ({ names: [...checker.config.healthchecks.keys()] }),
    GetHealthCheck: ({ name }) => {
      const { healthchecks } = checker.config;
      const found = healthchecks.get(name);
      return healthCheckInfo(
        foundOf(found, { kind: "health check", name, names: healthchecks.keys() }),
      );
    },
  };
}
