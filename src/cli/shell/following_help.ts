/**
 * What `?` shows: what may follow at the cursor, each with a line of help.
 *
 * @module
 */
import { widthOf } from "../output/table.ts";
import type { CompletionSources } from "./completion.ts";
import { readCursor } from "./cursor.ts";

/** The lines of help for what may stand at the cursor. */
export function followingHelp(
  before: string,
  sources: Pick<CompletionSources, "commands" | "follow">,
): readonly string[] {
  const { words, partial, at } = readCursor(before, sources);
  if (at.kind === "text") {
    const text = at.flag.kind === "text" ? at.flag.placeholder : "true or false";
    return columns([[text, at.flag.help]]);
  }
  if (at.kind === "flag") {
    const rows = Object.entries(at.flags).map(([name, flag]) => {
      const text = flag.kind === "text" ? ` ${flag.placeholder}` : "";
      return [`--${name}${text}`, flag.help] as const;
    });
    return columnsOrNothing(rows.filter(([name]) => name.startsWith(partial.text)), partial.text);
  }
  const following = sources.follow(sources.commands, words);
  if ("problem" in following) return [following.problem];
  const rows = following.candidates.flatMap((each) => {
    if (each.kind === "end") return partial.text === "" ? [["<enter>", each.help] as const] : [];
    const fits = each.kind === "slot" || each.text.startsWith(partial.text);
    return fits ? [[each.text, each.help] as const] : [];
  });
  return columnsOrNothing(rows, partial.text);
}

type Row = readonly [string, string];

function columnsOrNothing(rows: readonly Row[], typed: string): readonly string[] {
  if (rows.length > 0) return columns(rows);
  return [`nothing that begins with ${JSON.stringify(typed)} may follow`];
}

function columns(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map(([text]) => widthOf(text)));
  return rows.map(([text, help]) => `  ${text}${" ".repeat(width - widthOf(text))}  ${help}`);
}
