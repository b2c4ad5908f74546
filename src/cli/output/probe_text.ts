/**
 * What probes came to, for people.
 *
 * @module
 */

import { formatDuration, type HealthCheck } from "../../config/mod.ts";
import { type Phases, probeCodes, type ProbeResult } from "../../health/mod.ts";
import type { ProbeOutcome } from "../../probe/mod.ts";
import type { ProbeSubject } from "../probe_subject.ts";

/** The line that says what is about to be probed. */
export function probeTitle({ backend, address, check, netns }: ProbeSubject): string {
  const { probe } = check;
  const source = address.family === 4 ? probe.sourceIpv4 : probe.sourceIpv6;
  const parts = [
    `${backend === null ? "" : `backend ${backend}, `}${address.text}`,
    ...(source === null ? [] : [`from ${source.text}`]),
    ...(netns === null ? [] : [`in network namespace ${netns}`]),
  ];
  return `${parts.join(" ")}: health check ${check.name}, ${checkWords(check)}`;
}

function checkWords({ probe, timeoutNs }: HealthCheck): string {
  const timeout = `timeout ${formatDuration(timeoutNs)}`;
  switch (probe.type) {
    case "icmp":
      return `icmp, ${timeout}`;
    case "tcp":
      return `tcp${probe.tls === null ? "" : " with TLS"} to port ${probe.port}, ${timeout}`;
    case "http":
    case "https":
      return `${probe.type} to port ${probe.port}, ${timeout}`;
  }
}

/** The line that says how a probe ended, after how many milliseconds, and what took them. */
export function probeLine(outcome: ProbeOutcome): string {
  if (outcome.kind === "void") return `void    ${outcome.reason}`;
  const { code, detail, durationMs, phases } = outcome.result;
  const taken = phaseWords(phases);
  return `${code.padEnd(6)} ${milliseconds(durationMs).padStart(9)}  ${detail}${
    taken && `  (${taken})`
  }`;
}

const phaseNames: Readonly<Record<keyof Phases, string>> = {
  connect: "connect",
  tls: "tls",
  firstByte: "first byte",
  body: "body",
};

function phaseWords(phases: Phases): string {
  const names = Object.keys(phaseNames) as (keyof Phases)[];
  return names.flatMap((name) => {
    const ms = phases[name];
    return ms === undefined ? [] : [`${phaseNames[name]} ${milliseconds(ms)}`];
  }).join(", ");
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 100 ? 2 : 0)}ms`;
}

/** The last line: passed or failed, or how many of them. */
export function probeVerdict(outcomes: readonly ProbeOutcome[]): string {
  const results = outcomes.flatMap((each) => each.kind === "result" ? [each.result] : []);
  const voids = outcomes.length - results.length;
  const passed = results.filter(({ ok }) => ok).length;
  const [only] = results;
  if (outcomes.length === 1) {
    return only === undefined ? "void: it proves nothing" : soleVerdict(only);
  }
  return `${passed} of ${results.length} passed${voids === 0 ? "" : `, ${voids} void`}`;
}

function soleVerdict({ ok, code }: ProbeResult): string {
  return ok ? "passed" : `failed; ${code}: ${probeCodes[code]}`;
}
