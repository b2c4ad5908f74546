/**
 * Backends, for people.
 *
 * @module
 */
import type { Reader } from "../asking.ts";
import type {
  BackendReport,
  BackendSummary,
  ProbeReport,
  ReasonReport,
} from "../backend_report.ts";
import { apart, fields, indented, section } from "./section.ts";
import { formatTable } from "./table.ts";
import { transitionLines } from "./transition_text.ts";
import { ageWord, durationWord, sinceWords, stateWord, yesOrNo } from "./words.ts";

/** A line each. */
export function backendTable(all: readonly BackendSummary[], reader: Reader): string[] {
  if (all.length === 0) return ["no backends"];
  const { style } = reader;
  const head = ["name", "address", "state", "since", "health check", "last probe"].map(style.dim);
  const rows = all.map(({ name, address, state, since, healthcheck, lastProbe }) => [
    name,
    address,
    stateWord(state, style),
    ageWord(since, reader),
    healthcheck ?? "-",
    lastProbe === null
      ? "-"
      : `${codeWord(lastProbe, reader)} ${ageWord(lastProbe.started, reader)} ago`,
  ]);
  return formatTable([head, ...rows], ["left", "left", "left", "right", "left", "left"]);
}

/** All about one: its fields, what happened to it, and why it has the weights that it has. */
export function backendLines(report: BackendReport, reader: Reader): string[] {
  const { bold } = reader.style;
  return apart([
    section(bold(`backend ${report.name}`), backendFields(report, reader)),
    section(bold("transitions"), transitionLines(report.transitions, reader)),
    section(bold("last probes"), probeLines(report.probes, reader)),
    section(bold("why"), whyLines(report.reasons, reader)),
  ]);
}

function backendFields(report: BackendReport, reader: Reader): string[] {
  const { address, state, since, enabled, enabledInFile, healthcheck, counter } = report;
  const inFile = enabled === enabledInFile ? "" : `, the file says enabled: ${enabledInFile}`;
  const { override, frontends } = report;
  return fields([
    ["address", address],
    ["state", `${stateWord(state, reader.style)} ${sinceWords(since, reader)}`],
    ["enabled", yesOrNo(enabled) + inFile],
    ["health check", healthcheck ?? "-"],
    [
      "counter",
      counter === null ? "-" : `${counter.value} of ${counter.maximum}, up at ${counter.upAt}`,
    ],
    ["next probe", nextProbe(report, reader)],
    [
      "operator",
      override === null
        ? "-"
        : `${override.act} by ${override.by} ${sinceWords(override.at, reader)}`,
    ],
    ["frontends", frontends.length === 0 ? "-" : frontends.join(", ")],
  ]);
}

function nextProbe({ nextProbe, probing }: BackendReport, { now }: Reader): string {
  if (probing) return "in flight";
  if (nextProbe === null) return "-";
  return `in ${durationWord(Math.max(0, Date.parse(nextProbe) - now) / 1000)}`;
}

function probeLines(probes: readonly ProbeReport[], reader: Reader): string[] {
  const rows = probes.map((probe) => [
    `${ageWord(probe.started, reader)} ago`,
    codeWord(probe, reader),
    durationWord(probe.durationSeconds),
    [probe.detail, phaseWords(probe)].filter((part) => part !== "").join("  "),
  ]);
  return formatTable(rows, ["right", "left", "right", "left"]);
}

function phaseWords(probe: ProbeReport): string {
  const phases = [
    ["connect", probe.connectSeconds],
    ["tls", probe.tlsSeconds],
    ["first byte", probe.firstByteSeconds],
    ["body", probe.bodySeconds],
  ] as const;
  const words = phases.flatMap(([name, seconds]) =>
    seconds === null ? [] : [`${name} ${durationWord(seconds)}`]
  );
  return words.length === 0 ? "" : `(${words.join(", ")})`;
}

function codeWord({ ok, code }: Pick<ProbeReport, "ok" | "code">, { style }: Reader): string {
  return ok ? style.good(code) : style.bad(code);
}

/** The reasons in their order; those about a frontend stand below its name. */
function whyLines(reasons: readonly ReasonReport[], { style }: Reader): string[] {
  return reasons.flatMap((reason, index) => {
    const { frontend, text, installed } = reason;
    const mark = installed?.differs ? style.warn : (line: string) => line;
    if (frontend === null) return [mark(text)];
    const line = text.startsWith(`${frontend}: `) ? text.slice(frontend.length + 2) : text;
    const title = reasons[index - 1]?.frontend === frontend ? [] : [frontend];
    return [...title, ...indented([mark(line)])];
  });
}
