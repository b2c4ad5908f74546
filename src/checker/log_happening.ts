/**
 * The log records of transitions.
 *
 * @module
 */

import type { Cause } from "../health/mod.ts";
import type { Attributes, Logger } from "../log.ts";
import type { Happening } from "./event.ts";

/** Logs what happened to a backend or a frontend. The rest is logged by those who asked for it. */
export function logHappening(log: Logger, happening: Happening): void {
  switch (happening.kind) {
    case "backend": {
      const { backend, transition: { from, to, cause } } = happening;
      log.info("backend-transition", { backend, from, to, ...causeAttributes(cause) });
      break;
    }
    case "frontend": {
      const { frontend, transition: { from, to } } = happening;
      log.info("frontend-transition", { frontend, from, to });
      break;
    }
  }
}

function causeAttributes(cause: Cause | null): Attributes {
  switch (cause?.kind) {
    case "probe":
      return { code: cause.result.code, detail: cause.result.detail };
    case "operator":
      return { cause: cause.act, by: cause.by };
    case "config":
      return { cause: cause.change };
    case "start":
      return { cause: "start" };
    case undefined:
      return {};
  }
}
