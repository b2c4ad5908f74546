/**
 * docs/performance.md: what people wrote, and between two lines the report.
 *
 * @module
 */

/** Between these two lines stands the report. */
const begin = "<!-- From here, ./scripts/bench --markdown --write writes the report. -->";
const end = "<!-- To here. -->";

/**
 * Puts a report in the place of the one that the page has.
 *
 * @throws {Error} The page has lost its lines.
 */
export async function replaceReport(page: URL, report: string): Promise<void> {
  const text = await Deno.readTextFile(page);
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`no "${begin}" … "${end}"`);
  await Deno.writeTextFile(page, `${before}${begin}\n\n${report}\n\n${end}${after}`);
}
