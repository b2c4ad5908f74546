/**
 * What the package puts where.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import { completionScript } from "../src/cli/completions/script.ts";
import { commands } from "../src/cli/grammar.ts";
import { jsonSchema } from "../src/config/mod.ts";
import { configPage } from "./config_page.ts";
import { manPages } from "./man_pages.ts";
import { wrapText } from "./markdown_text.ts";

/** The files by their path, without the executable; all of them are for everybody to read. */
export type PackageFiles = ReadonlyMap<string, string | Uint8Array>;

/** What the files are made of besides the sources. */
export interface PackageFilesOptions {
  readonly version: string;
  readonly maintainer: string;
  /** Of the commit. */
  readonly date: Date;
}

const root = new URL("..", import.meta.url).pathname;
const doc = "usr/share/doc/maglev";

/** All files but the executable. */
export function packageFiles(options: PackageFilesOptions): PackageFiles {
  const sample = source("docs/maglev.yaml");
  const page = { version: options.version, date: options.date.toISOString().slice(0, 10) };
  const pages = {
    ...manPages(commands, page),
    "maglev.yaml.5": configPage(jsonSchema(), { ...page, example: sample }),
  };
  return new Map<string, string | Uint8Array>([
    ["etc/vpp-maglev/maglev.yaml", source("scripts/debian/configuration")],
    ["etc/default/maglev", source("scripts/debian/default")],
    ["usr/lib/systemd/system/maglev.service", source("scripts/debian/maglev.service")],
    ["usr/share/bash-completion/completions/maglev", completionScript(commands, "bash")],
    ["usr/share/zsh/vendor-completions/_maglev", completionScript(commands, "zsh")],
    ["usr/share/fish/vendor_completions.d/maglev.fish", completionScript(commands, "fish")],
    ...Object.entries(pages).map(([name, text]) =>
      [`usr/share/man/man${name.at(-1)}/${name}.gz`, zipped(text)] as const
    ),
    ["usr/share/lintian/overrides/maglev", source("scripts/debian/lintian-overrides")],
    [`${doc}/copyright`, source("scripts/debian/copyright")],
    [`${doc}/changelog.gz`, zipped(debianChangelog(source("CHANGELOG.md"), options))],
    [`${doc}/examples/maglev.yaml`, sample],
    [`${doc}/examples/maglev.schema.json`, source("docs/maglev.schema.json")],
    [`${doc}/examples/alerts.yaml`, source("docs/monitoring/alerts.yaml")],
    [`${doc}/examples/dashboard.json`, source("docs/monitoring/dashboard.json")],
  ]);
}

/** The newest chapter of the changes, in the form that Debian's tools read. */
function debianChangelog(
  changes: string,
  { version, maintainer, date }: PackageFilesOptions,
): string {
  const [, newest = ""] = changes.split(/^## .*$/m);
  const entries = newest.split(/^- /m).slice(1).map((entry) => {
    const text = entry.trim().replaceAll(/\s+/g, " ").replaceAll("**", "")
      .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1");
    return `  * ${wrapText(text, 76).replaceAll("\n", "\n    ")}`;
  });
  return [
    `maglev (${version}) unstable; urgency=medium`,
    "",
    ...entries,
    "",
    ` -- ${maintainer}  ${date.toUTCString().replace("GMT", "+0000")}`,
    "",
  ].join("\n");
}

function zipped(text: string): Uint8Array {
  return gzipSync(text, { level: 9 });
}

function source(path: string): string {
  return Deno.readTextFileSync(`${root}${path}`);
}
