/**
 * Frontends, for people.
 *
 * @module
 */
import type { Reader } from "../asking.ts";
import type {
  FrontendReport,
  FrontendSummary,
  PoolBackendReport,
  PoolReport,
} from "../frontend_report.ts";
import { apart, fields, section } from "./section.ts";
import { formatTable } from "./table.ts";
import { transitionLines } from "./transition_text.ts";
import { ageWord, sinceWords, stateWord, yesOrNo } from "./words.ts";

/** A line each. */
export function frontendTable(all: readonly FrontendSummary[], reader: Reader): string[] {
  if (all.length === 0) return ["no frontends"];
  const { style } = reader;
  const head = ["name", "address", "protocol", "port", "state", "active pool", "up"];
  const rows = all.map((each) => [
    each.name,
    each.address,
    each.protocol ?? "any",
    String(each.port ?? "any"),
    stateWord(each.state, style),
    each.activePool ?? "-",
    `${each.backendsUp}/${each.backends}`,
  ]);
  return formatTable(
    [head.map(style.dim), ...rows],
    ["left", "left", "left", "right", "left", "left", "right"],
  );
}

/** All about one: its fields, then its pools with what their backends weigh. */
export function frontendLines(report: FrontendReport, reader: Reader): string[] {
  const { bold } = reader.style;
  return apart([
    section(bold(`frontend ${report.name}`), frontendFields(report, reader)),
    ...report.pools.map((pool) => section(poolTitle(pool, reader), memberLines(pool, reader))),
    section(bold("transitions"), transitionLines(report.transitions, reader)),
  ]);
}

function frontendFields(report: FrontendReport, reader: Reader): string[] {
  const { description, address, protocol, port, state, since } = report;
  return fields([
    ["description", description ?? "-"],
    ["address", address],
    ["protocol", protocol ?? "any"],
    ["port", String(port ?? "any")],
    ["state", `${stateWord(state, reader.style)} ${sinceWords(since, reader)}`],
    ["src-ip-sticky", yesOrNo(report.srcIpSticky)],
    ["flush-on-down", yesOrNo(report.flushOnDown)],
    ["flow-table-length", String(report.flowTableLength)],
  ]);
}

function poolTitle({ name, active }: PoolReport, { style }: Reader): string {
  return style.bold(`pool ${name}`) + (active ? `  ${style.good("active")}` : "");
}

function memberLines({ backends }: PoolReport, reader: Reader): string[] {
  if (backends.length === 0) return ["no backends"];
  const { style } = reader;
  const head = ["backend", "weight", "effective", "state"].map(style.dim);
  const rows = backends.map((member) => [
    member.name,
    String(member.weight),
    String(member.effectiveWeight),
    stateWord(member.state, style),
    remarks(member, reader),
  ]);
  return formatTable([head, ...rows], ["left", "right", "right", "left", "left"]);
}

function remarks({ state, override }: PoolBackendReport, reader: Reader): string {
  const all = state === "disabled" ? [reader.style.dim("[disabled]")] : [];
  if (override !== null) {
    const { by, at, weightInFile } = override;
    all.push(`set by ${by} ${ageWord(at, reader)} ago, the file says ${weightInFile}`);
  }
  return all.join("  ");
}
