/**
 * The report of a run, for terminals and for docs/performance.md.
 *
 * @module
 */

import { type Machine, warningsOf } from "./machine.ts";
import { type Figure, hasGoal, isMet, type Result } from "./row.ts";
import { markdownTable, wrapText } from "../markdown_text.ts";

/** What a run came to. */
export interface Report {
  readonly machine: Machine;
  readonly warnings: readonly string[];
  readonly results: readonly Result[];
}

/** Makes one. */
export function reportOf(machine: Machine, results: readonly Result[]): Report {
  return { machine, warnings: warningsOf(machine), results };
}

/** The report in lines for a terminal. */
export function reportText({ machine, warnings, results }: Report): string {
  const width = Math.max(
    ...results.flatMap(({ figures }) => figures.map(({ what }) => what.length)),
  );
  const lines = [machineText(machine), ...warnings.map((warning) => `Warning: ${warning}.`)];
  for (const { name, goal, how, verdict, figures, absences, problem } of results) {
    lines.push("", `${verdict.toUpperCase()}: ${name}${goal === "" ? "" : `: ${goal}`}`);
    lines.push(wrapText(`(${how})`, 96).replaceAll(/^/gm, "    "));
    for (const each of figures) {
      const [what = "", ...cells] = figureCells(each);
      const [value = "", spread = "", wanted = ""] = cells;
      lines.push(
        `    ${what.padEnd(width)}  ${value.padStart(16)}  ${spread.padEnd(28)}  ${wanted}`
          .trimEnd(),
      );
    }
    for (const { what, notHere } of absences) lines.push(`    ${what}: not here: ${notHere}`);
    if (problem !== undefined) lines.push(problem.replaceAll(/^/gm, "    "));
  }
  return lines.join("\n");
}

/** The report as Markdown: what came of each goal, then all figures. */
export function reportMarkdown({ machine, warnings, results }: Report): string {
  const summary = results.map((result) => [
    result.name,
    result.goal,
    [
      ...result.figures.filter(hasGoal).map((each) => `${each.what}: ${valueText(each)}`),
      ...result.absences.map(({ what }) => `${what}: not here`),
    ].join("<br>"),
    result.verdict,
  ]);
  return [
    wrapText(machineText(machine)),
    ...warnings.map((warning) => wrapText(`**Warning:** ${warning}.`)),
    markdownTable(["what", "goal", "measured", ""], summary),
    ...results.flatMap(resultMarkdown),
  ].join("\n\n");
}

function resultMarkdown({ name, how, figures, absences, problem }: Result): readonly string[] {
  const head = ["figure", "value", "least–most of n", "goal"];
  return [
    `### ${name}`,
    wrapText(`Measured: ${how}.`),
    ...figures.length === 0 ? [] : [markdownTable(head, figures.map(figureCells))],
    ...absences.map(({ what, notHere }) => wrapText(`Not here: ${what}: ${notHere}.`)),
    ...problem === undefined ? [] : ["The measurement failed:", `\`\`\`\n${problem}\n\`\`\``],
  ];
}

/** What, value, spread, goal. */
function figureCells(each: Figure): readonly string[] {
  const { what, n, least, most, unit, atMost, atLeast } = each;
  const bound = atMost !== undefined ? ["≤", atMost] : ["≥", atLeast ?? 0];
  const goal = `${bound[0]} ${withUnit(Number(bound[1]), unit)}, ${isMet(each) ? "met" : "MISSED"}`;
  return [
    what,
    valueText(each),
    n === 1 ? "" : `${numberText(least)}–${numberText(most)} of ${n}`,
    hasGoal(each) ? goal : "",
  ];
}

function valueText({ of, value, unit }: Figure): string {
  const prefix = of === "p99" ? "p99 " : of === "most" ? "at most " : "";
  return `${prefix}${withUnit(value, unit)}`;
}

function withUnit(value: number, unit: Figure["unit"]): string {
  return `${numberText(value)} ${unit}`.trimEnd();
}

function numberText(value: number): string {
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString("en")
    : String(Number(value.toPrecision(3)));
}

function machineText(machine: Machine): string {
  const { cpu, cores, memoryGB, kernel, deno, vpp, load, date } = machine;
  return `${date}: ${cpu}, ${cores} cores, ${memoryGB} GB; Linux ${kernel}; Deno ${deno}; ` +
    `${vpp === null ? "no real VPP" : `VPP ${vpp}`}; load before the run ${load.toFixed(2)}.`;
}
