/**
 * The configuration of maglev: read it, check it, compare two of it.
 *
 * @module
 */
export {
  type Address,
  addressBytes,
  addressIn16Bytes,
  compareAddresses,
  type Family,
  parseAddress,
} from "./address.ts";
export { type CheckResult, checkText } from "./check.ts";
export type {
  Backend,
  Config,
  Frontend,
  HealthCheck,
  HealthChecker,
  HealthCheckTimes,
  Http,
  LoadBalancer,
  Pool,
  PoolMember,
  Probe,
  Service,
  Tls,
} from "./config.ts";
export {
  type Change,
  type Changes,
  type ConfigDiff,
  diffConfigs,
  isEmptyDiff,
  type ProbingChanges,
  type SettingChange,
  type WeightChange,
} from "./diff.ts";
export { formatDuration, parseDuration } from "./duration.ts";
export {
  type Finding,
  type Findings,
  type FindingsOptions,
  formatFinding,
  formatFindings,
  formatPath,
  type Path,
  type Stage,
} from "./finding.ts";
export { loadConfig, type LoadResult } from "./load.ts";
export type { Parsed } from "./parsed.ts";
export { compileRegexp, type Regexp } from "./regexp.ts";
export type { CodeRange } from "./scalars.ts";
export { jsonSchema } from "./schema.ts";
export type { JsonSchema } from "./declare.ts";
