/**
 * What the calls of the API do, in terms of the parts of the daemon.
 *
 * @module
 */

export type { CheckOutcome, ConfigFile, ReloadOutcome } from "./config_file.ts";
export { type ControlOptions, controlService } from "./control_service.ts";
