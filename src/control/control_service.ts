/**
 * The service `maglev.Maglev`.
 *
 * Nothing here logs: who reads the log through WatchEvents would get a record more for each one sent.
 *
 * @module
 */

import type { Checker } from "../checker/mod.ts";
import type { Clock } from "../clock.ts";
import { methods, serviceName } from "../rpc/maglev_pb.ts";
import { type Service, service } from "../rpc/service.ts";
import { backendHandlers } from "./backends.ts";
import { type ConfigFile, configHandlers } from "./config_file.ts";
import { eventHandlers } from "./events.ts";
import { frontendHandlers } from "./frontends.ts";
import { healthCheckHandlers } from "./health_checks.ts";
import { versionHandlers } from "./version.ts";
import { planHandlers } from "./vpp_plan.ts";
import { vppHandlers } from "./vpp.ts";
import type { DrivenVpp } from "./vpp_of_moment.ts";

/** The parts of the daemon that the service shows and acts upon. */
export interface ControlOptions {
  readonly checker: Checker;
  /** Null where there is no VPP. A `Controller` of the load balancer is one. */
  readonly controller: DrivenVpp | null;
  readonly config: ConfigFile;
  readonly clock: Clock;
}

/** Makes the service. */
export function controlService(options: ControlOptions): Service {
  return service(serviceName, methods, {
    ...frontendHandlers(options),
    ...backendHandlers(options),
    ...healthCheckHandlers(options),
    ...eventHandlers(options),
    ...configHandlers(options),
    ...vppHandlers(options),
    ...planHandlers(options),
    ...versionHandlers(options),
  });
}
