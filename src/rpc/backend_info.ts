/**
 * Backends as the API shows them.
 *
 * @module
 */

import type { Backend } from "../config/mod.ts";
import {
  type BackendHealth,
  type BackendRules,
  describeReason,
  type InstalledReason,
  maximum,
  type Override,
  type ProbeResult,
  type Reason,
} from "../health/mod.ts";
import type * as pb from "./maglev_pb.ts";
import { nanoseconds } from "./nanoseconds.ts";
import { transitionRecord } from "./transition_record.ts";

/** A backend at run time. The checker has them. */
export interface ShownBackend {
  readonly backend: Backend;
  readonly rules: BackendRules;
  readonly health: BackendHealth;
  readonly frontends: readonly string[];
  /** Milliseconds since the epoch. */
  readonly nextProbeAt: number | null;
  readonly isProbing: boolean;
}

/** Shows a backend with the reasons for its weights. `now` is in milliseconds since the epoch. */
export function backendInfo(
  { backend, rules, health, frontends, nextProbeAt, isProbing }: ShownBackend,
  reasons: readonly Reason[],
  now: number,
): pb.BackendInfo {
  const { state, counter, override } = health;
  return {
    name: backend.name,
    address: backend.address.text,
    state,
    transitions: health.transitions.map(transitionRecord),
    enabled: state !== "disabled",
    healthcheck: backend.healthcheck ?? "",
    sinceUnixNs: nanoseconds(health.since),
    results: health.results.map(probeResult),
    counter: { value: counter, maximum: maximum(rules), upAt: rules.rise },
    nextProbeUnixNs: nanoseconds(nextProbeAt ?? 0),
    probing: isProbing,
    reasons: reasons.map((reason) => shownReason(reason, now)),
    frontendNames: frontends,
    enabledInFile: health.enabledInFile,
    ...(override === null ? {} : { override: operatorOverride(override) }),
  };
}

function probeResult(result: ProbeResult): pb.ProbeResult {
  const { ok, code, detail, started, durationMs, phases } = result;
  const { connect, tls, firstByte, body } = phases;
  return {
    ...{ ok, code, detail },
    startedUnixNs: nanoseconds(started),
    durationNs: nanoseconds(durationMs),
    ...(connect === undefined ? {} : { connectNs: nanoseconds(connect) }),
    ...(tls === undefined ? {} : { tlsNs: nanoseconds(tls) }),
    ...(firstByte === undefined ? {} : { firstByteNs: nanoseconds(firstByte) }),
    ...(body === undefined ? {} : { bodyNs: nanoseconds(body) }),
  };
}

function operatorOverride({ act, by, at }: Override): pb.OperatorOverride {
  return { act, by, atUnixNs: nanoseconds(at) };
}

function shownReason(reason: Reason, now: number): pb.Reason {
  const frontendName = "frontend" in reason ? reason.frontend : "";
  return {
    ...{ kind: reason.kind, frontendName, text: describeReason(reason, now) },
    ...(reason.kind === "vpp" ? { installed: installedShare(reason) } : {}),
  };
}

function installedShare({ wanted, installed, differs }: InstalledReason): pb.InstalledShare {
  const weight = installed?.weight ?? null;
  return {
    wantedWeight: wanted,
    ...(weight === null ? {} : { weight }),
    present: installed !== null,
    numBuckets: installed?.buckets ?? 0,
    flowTableLength: installed?.tableLength ?? 0,
    flows: BigInt(installed?.flows ?? 0),
    differs,
  };
}
