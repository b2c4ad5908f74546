/**
 * Metrics: what is measured, declared as data, and the HTTP endpoint that shows it.
 *
 * @module
 */

export { formatListenAddress, type ListenAddress, parseListenAddress } from "./listen_address.ts";
export { type RuntimeWatch, watchRuntime } from "./runtime.ts";
export {
  ListenError,
  type MetricsServer,
  type MetricsServerOptions,
  startMetricsServer,
} from "./server.ts";
export type { MetricsSources, ReloadSource, RuntimeSource } from "./sources.ts";
