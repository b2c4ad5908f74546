/**
 * From the text of a file to a configuration, or to everything that is wrong with it.
 *
 * @module
 */
import { type Config, toConfig } from "./config.ts";
import type { Document, Node } from "./document.ts";
import { type Findings, type Path, placeFinder, type Stage } from "./finding.ts";
import { parseDocument } from "./parse.ts";
import { printable } from "../printable.ts";
import { Reader, type Spotted } from "./reader.ts";
import { checkMeaning, type Report } from "./rules.ts";
import { fileType } from "./schema.ts";
import { didYouMean } from "../suggest.ts";
import { reportWarnings } from "./warnings.ts";

/** What checking a file comes to. */
export type CheckResult =
  | { readonly ok: true; readonly config: Config; readonly warnings: Findings }
  | { readonly ok: false; readonly stage: "structure" | "meaning"; readonly findings: Findings };

/** Checks the text of a configuration file: its structure, then its meaning, then for warnings. */
export function checkText(text: string): CheckResult {
  const source = text.replace(/^\uFEFF/, "");
  const finish = (spotted: readonly Spotted[], dropped = 0) => toFindings(spotted, dropped, source);
  const document = parseDocument(source);
  const reader = new Reader();
  for (const { offset, message } of document.defects) reader.report("structure", offset, message);
  const file = document.root === null ? undefined : fileType.read(document.root, reader);

  const structure = reader.spotted.filter(({ stage }) => stage === "structure");
  if (structure.length > 0 || file === undefined) {
    return { ok: false, stage: "structure", findings: finish(structure, reader.dropped.structure) };
  }
  const meaning = [...reader.spotted];
  checkMeaning(file.maglev, reporter(document, "meaning", meaning));
  const config = toConfig(file.maglev);
  if (meaning.length > 0 || config === null) {
    return { ok: false, stage: "meaning", findings: finish(meaning) };
  }
  const warnings: Spotted[] = [];
  reportWarnings(config, reporter(document, "warning", warnings));
  return { ok: true, config, warnings: finish(warnings) };
}

/** A report that knows where a path leads to in the document. */
function reporter(document: Document, stage: Stage, spotted: Spotted[]): Report {
  return (below, message, mistaken) => {
    const path = ["maglev", ...below];
    const finding = { stage, offset: locate(document.root, path), path, message };
    spotted.push(mistaken === undefined ? finding : { ...finding, mistaken });
  };
}

/**
 * Where a path leads: to a scalar's value, else to the key or the list item itself; where the path goes
 * on below what is in the file, to the last thing that is.
 */
function locate(root: Node | null, path: Path): number {
  let node: Node | null = root;
  let place = 0;
  for (const segment of path) {
    if (node?.kind === "list" && typeof segment === "number") {
      node = node.items[segment] ?? null;
      place = node?.start ?? place;
    } else if (node?.kind === "map" && typeof segment === "string") {
      const entry = node.entries.get(segment);
      node = entry?.value ?? null;
      place = entry?.keyStart ?? place;
    } else {
      node = null;
    }
  }
  return node?.kind === "scalar" && node.text !== "" ? node.start : place;
}

/** How many findings are shown: nobody reads more of them at once. */
const shownAtMost = 50;

/** Nobody reads a longer one, which quotes a key, an anchor or a tag that is longer still. */
const longestMessage = 1_500;

/** Findings in the order of their places, those about the VPP section last. */
function toFindings(spotted: readonly Spotted[], dropped: number, text: string): Findings {
  const placeOf = placeFinder(text);
  const isAboutVpp = ({ path }: Spotted) => Number(path[1] === "vpp");
  const found = spotted.toSorted((a, b) => isAboutVpp(a) - isAboutVpp(b) || a.offset - b.offset);
  const shown = found.slice(0, shownAtMost).map(({ stage, offset, path, message, mistaken }) => {
    const suggestion = mistaken === undefined ? "" : didYouMean(mistaken.word, mistaken.candidates);
    return {
      stage,
      place: placeOf(offset),
      path: path[0] === "maglev" && path.length > 1 ? path.slice(1) : path,
      message: printable(message + suggestion, longestMessage),
    };
  });
  return { shown, more: found.length - shown.length + dropped };
}
