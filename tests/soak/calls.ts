/**
 * Those who call the API in a soak: an operator, and programs that look.
 *
 * @module
 */

import type { RpcClient } from "../../src/rpc/client.ts";
import { methods } from "../../src/rpc/maglev_pb.ts";
import { isLasting, membersOf, poolOf, type SoakSite } from "./configuration.ts";
import { connect, every, type Load } from "./load.ts";

/** How the calls went. */
export interface CallCounts {
  readonly calls: number;
  /** Calls about a VPP that was away, or on a machine with no time for them: these may fail. */
  readonly excused: number;
  readonly errors: number;
  /** The slowest call since this was last set to 0. */
  slowestMs: number;
}

/** A load of calls. */
export interface CallLoad extends Load {
  readonly site: SoakSite;
  /** Whether VPP is, or was a moment ago, not there. */
  readonly isVppAway: () => boolean;
}

/** Callers who run until the load ends; then all that was paused is resumed. */
export interface Calls {
  readonly counts: CallCounts;
  readonly ended: Promise<void>;
}

const excusable = new Set(["UNAVAILABLE", "FAILED_PRECONDITION", "ABORTED"]);
const timeoutMs = 10_000;

/** Starts to call. */
export async function startCalls(load: CallLoad): Promise<Calls> {
  const { site, random } = load;
  const client = await connect(load);
  const counts = { calls: 0, excused: 0, errors: 0, slowestMs: 0 };
  const paused = new Set<string>();

  const call: RpcClient["call"] = async (method, request, options) => {
    counts.calls++;
    const startMs = performance.now();
    const answer = await client.call(method, request, { timeoutMs, ...options });
    counts.slowestMs = Math.max(counts.slowestMs, performance.now() - startMs);
    return answer;
  };
  const attempt = async (what: string, act: () => Promise<unknown>) => {
    const wasVppAway = load.isVppAway();
    try {
      await act();
    } catch (error) {
      const { code, message } = error as { readonly code?: string; readonly message: string };
      const isExcused = what.includes("VPP") && (wasVppAway || load.isVppAway()) &&
        excusable.has(code ?? "");
      const isLate = code === "DEADLINE_EXCEEDED" || code === "UNAVAILABLE";
      if (isExcused || (isLate && load.isStarved())) return void counts.excused++;
      counts.errors++;
      load.report(`${what}: ${code} ${message}`);
    }
  };

  const lastingBackend = (): string => {
    const index = random.int(0, site.backends - 1);
    return isLasting.backend(index) ? `b${index}` : lastingBackend();
  };
  const lastingMember = (): { frontend: string; pool: string; backend: string } => {
    const frontend = random.int(0, site.frontends - 1);
    const member = random.int(0, 9);
    const backend = membersOf(frontend, site)[member] ?? 0;
    if (!isLasting.frontend(frontend) || !isLasting.backend(backend)) return lastingMember();
    return { frontend: `f${frontend}`, pool: poolOf(member), backend: `b${backend}` };
  };
  const resume = async (name: string) => {
    paused.delete(name);
    await attempt("ResumeBackend", () => call(methods.ResumeBackend, { name }));
  };
  const pauseOne = async () => {
    const name = lastingBackend();
    await attempt("PauseBackend", () => call(methods.PauseBackend, { name }));
    paused.add(name);
    const [oldest] = paused;
    if (paused.size > 5 && oldest !== undefined) await resume(oldest);
  };
  const setWeight = () => {
    const request = { ...lastingMember(), weight: random.int(0, 100) };
    return attempt("SetWeight", () => call(methods.SetFrontendPoolBackendWeight, request));
  };
  const sync = () => attempt("SyncVPPLBState", () => call(methods.SyncVPPLBState, {}));
  const acts = [pauseOne, pauseOne, setWeight, setWeight, sync];

  const looks: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["GetBackend", () => call(methods.GetBackend, { name: lastingBackend(), withoutVpp: false })],
    ["GetFrontend", () => call(methods.GetFrontend, { name: lastingMember().frontend })],
    ["ListBackends", () => call(methods.ListBackends, {})],
    ["GetVersion", () => call(methods.GetVersion, {})],
    ["CheckConfig", () => call(methods.CheckConfig, {})],
    ["GetVPPInfo", () => call(methods.GetVPPInfo, {})],
    ["GetVPPLBState", () => call(methods.GetVPPLBState, {})],
    ["GetVPPLBCounters", () => call(methods.GetVPPLBCounters, {})],
    ["PlanVPPLBState", () => call(methods.PlanVPPLBState, {})],
  ];
  const ended = (async () => {
    await Promise.all([
      every(load, 1_000, () => random.pick(acts)()),
      every(load, 250, () => attempt(...random.pick(looks))),
    ]);
    for (const name of [...paused]) await resume(name);
    client.close();
  })();
  return { counts, ended };
}
