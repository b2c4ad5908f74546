/**
 * Backends, as commands tell of them.
 *
 * @module
 */
import type * as pb from "../rpc/maglev_pb.ts";
import { momentOf, secondsOf } from "./output/timestamp.ts";
import { type TransitionReport, transitionReport } from "./transition_report.ts";

/** A backend among others. */
export interface BackendSummary {
  readonly name: string;
  readonly address: string;
  readonly state: string;
  readonly since: string;
  /** Null where it has none. */
  readonly healthcheck: string | null;
  /** Null where none has finished. */
  readonly lastProbe:
    | { readonly ok: boolean; readonly code: string; readonly started: string }
    | null;
}

/** Everything about a backend. */
export interface BackendReport {
  readonly name: string;
  readonly address: string;
  readonly state: string;
  readonly since: string;
  readonly enabled: boolean;
  readonly enabledInFile: boolean;
  readonly healthcheck: string | null;
  /** Null where there is no health check. */
  readonly counter: pb.HealthCounter | null;
  /** Null while it is not probed, or a probe is in flight. */
  readonly nextProbe: string | null;
  readonly probing: boolean;
  /** The operator's act that holds. */
  readonly override: { readonly act: string; readonly by: string; readonly at: string } | null;
  readonly frontends: readonly string[];
  /** The newest last, as the probes are. */
  readonly transitions: readonly TransitionReport[];
  readonly probes: readonly ProbeReport[];
  readonly reasons: readonly ReasonReport[];
}

/** What one probe found out, and what took how long as far as it came. */
export interface ProbeReport {
  readonly ok: boolean;
  readonly code: string;
  readonly detail: string;
  readonly started: string;
  readonly durationSeconds: number;
  readonly connectSeconds: number | null;
  readonly tlsSeconds: number | null;
  readonly firstByteSeconds: number | null;
  readonly bodySeconds: number | null;
}

/** One reason for a weight, which follows from those before. */
export interface ReasonReport {
  readonly kind: string;
  /** Null where it is about the backend alone. */
  readonly frontend: string | null;
  readonly text: string;
  /** What VPP has; of reasons about VPP alone. */
  readonly installed: {
    readonly present: boolean;
    readonly wantedWeight: number;
    /** Null where VPP does not have the backend, or knows no weights. */
    readonly weight: number | null;
    readonly buckets: number;
    readonly flowTableLength: number;
    readonly flows: bigint;
    readonly differs: boolean;
  } | null;
}

/** Tells of a backend in short. */
export function backendSummary(info: pb.BackendInfo): BackendSummary {
  const { name, address, state, sinceUnixNs, healthcheck, results } = info;
  const last = results.at(-1);
  return {
    ...{ name, address, state },
    since: momentOf(sinceUnixNs),
    healthcheck: healthcheck || null,
    lastProbe: last === undefined
      ? null
      : { ok: last.ok, code: last.code, started: momentOf(last.startedUnixNs) },
  };
}

/** Tells everything about a backend. */
export function backendReport(info: pb.BackendInfo): BackendReport {
  const { name, address, state, enabled, enabledInFile, probing, override } = info;
  return {
    ...{ name, address, state },
    since: momentOf(info.sinceUnixNs),
    ...{ enabled, enabledInFile },
    healthcheck: info.healthcheck || null,
    counter: info.healthcheck === "" ? null : info.counter ?? null,
    nextProbe: info.nextProbeUnixNs === 0n ? null : momentOf(info.nextProbeUnixNs),
    probing,
    override: override === undefined
      ? null
      : { act: override.act, by: override.by, at: momentOf(override.atUnixNs) },
    frontends: info.frontendNames,
    transitions: info.transitions.map(transitionReport),
    probes: info.results.map(probeReport),
    reasons: info.reasons.map(reasonReport),
  };
}

function probeReport(result: pb.ProbeResult): ProbeReport {
  const { ok, code, detail } = result;
  const phase = (ns: bigint | undefined) => ns === undefined ? null : secondsOf(ns);
  return {
    ...{ ok, code, detail },
    started: momentOf(result.startedUnixNs),
    durationSeconds: secondsOf(result.durationNs),
    connectSeconds: phase(result.connectNs),
    tlsSeconds: phase(result.tlsNs),
    firstByteSeconds: phase(result.firstByteNs),
    bodySeconds: phase(result.bodyNs),
  };
}

function reasonReport({ kind, frontendName, text, installed }: pb.Reason): ReasonReport {
  const reason = { kind, frontend: frontendName || null, text };
  if (installed === undefined) return { ...reason, installed: null };
  const { present, wantedWeight, weight = null, flowTableLength, flows, differs } = installed;
  const buckets = installed.numBuckets;
  return {
    ...reason,
    installed: { present, wantedWeight, weight, buckets, flowTableLength, flows, differs },
  };
}
