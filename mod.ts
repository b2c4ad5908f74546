/**
 * What other TypeScript programs may import: the configuration file's reader.
 *
 * @example Check a configuration
 * ```ts
 * import { checkText } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const result = checkText("maglev:\n  backends: { web1: { address: 10.0.0.256 } }\n");
 * assert.ok(!result.ok);
 * assert.equal(result.findings.shown[0]?.message, "10.0.0.256 is not an IP address");
 * ```
 *
 * @module
 */
export * from "./src/config/mod.ts";
