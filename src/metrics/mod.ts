/**
 * Metrics: what is measured, declared as data, and the HTTP endpoint that shows it.
 *
 * @module
 */

export { type RuntimeWatch, watchRuntime } from "./runtime.ts";
export { type MetricsServer, type MetricsServerOptions, startMetricsServer } from "./server.ts";
export type { MetricsSources, ReloadSource, RuntimeSource } from "./sources.ts";
