/**
 * What other TypeScript programs may import: the configuration file's reader, a client of VPP, and a
 * simulated VPP to try it on. `docs/vpp-client.md` shows how to use the client.
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
 * @example Ask a VPP for its version
 * ```ts
 * import { connectApi, showVersion, startSimulator, systemClock } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const folder = Deno.makeTempDirSync();
 * const simulator = await startSimulator({
 *   apiPath: `${folder}/api.sock`,
 *   statsPath: `${folder}/stats.sock`,
 *   profile: "weighted",
 *   clock: systemClock,
 *   random: Math.random,
 * });
 *
 * const api = await connectApi({ path: `${folder}/api.sock` });
 * const { version } = await api.call(showVersion, {});
 * assert.equal(version, "26.10-simulation");
 * await api.close();
 *
 * simulator.close();
 * Deno.removeSync(folder, { recursive: true });
 * ```
 *
 * @module
 */

export * from "./src/clock.ts";
export * from "./src/config/mod.ts";
export * from "./src/log.ts";

// VPP's new-flow tables, computed without VPP.
export * from "./src/lb/moved_buckets.ts";
export * from "./src/lb/shares.ts";
export * from "./src/lb/table.ts";
export type * from "./src/lb/table_entries.ts";

// The client: a connection, the lb plugin as functions, the stats segment.
export * from "./src/os/os_error.ts";
export * from "./src/vpp/api/mod.ts";
export * from "./src/vpp/lb/mod.ts";
export * from "./src/vpp/stats/attach.ts";
export * from "./src/vpp/stats/mod.ts";

// The messages that are declared, and what it takes to declare others.
export * from "./src/vpp/wire/addresses.ts";
export * from "./src/vpp/wire/enumeration.ts";
export * from "./src/vpp/wire/message.ts";
export * from "./src/vpp/wire/mod.ts";
export * from "./src/vpp/wire/scalars.ts";
export * from "./src/vpp/wire/strings.ts";
export * from "./src/vpp/wire/struct.ts";
export type * from "./src/vpp/wire/wire_type.ts";

// A VPP that is not VPP.
export * from "./src/vpp/sim/server.ts";
export type * from "./src/vpp/sim/simulated_vpp.ts";
