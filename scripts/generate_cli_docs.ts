/**
 * Writes the reference in docs/cli.md from the command table; or, into a folder that is given, the
 * manual pages, which have the date that comes second.
 *
 * @module
 */

import { commands } from "../src/cli/grammar.ts";
import { build } from "../src/version.ts";
import { cliDocs } from "./cli_docs.ts";
import { manPages } from "./man_pages.ts";

const [folder, date = ""] = Deno.args;
if (folder === undefined) {
  const page = new URL("../docs/cli.md", import.meta.url);
  Deno.writeTextFileSync(page, cliDocs(Deno.readTextFileSync(page), commands));
} else {
  Deno.mkdirSync(folder, { recursive: true });
  const pages = manPages(commands, { version: build.version, date });
  for (const [name, text] of Object.entries(pages)) {
    Deno.writeTextFileSync(`${folder}/${name}`, text);
  }
}
