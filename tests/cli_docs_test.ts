import assert from "node:assert/strict";
import { cliDocs } from "../scripts/cli_docs.ts";
import { manPages } from "../scripts/man_pages.ts";
import { commands } from "../src/cli/grammar.ts";

const page = Deno.readTextFileSync(new URL("../docs/cli.md", import.meta.url));
const pages = manPages(commands, { version: "1.2.3", date: "2026-11-21" });

Deno.test("docs/cli.md has the reference that the command table gives", () => {
  assert.ok(cliDocs(page, commands) === page, "run scripts/generate-cli-docs");
  assert.throws(() => cliDocs("# The command line\n", commands), /no line/);
});

Deno.test("the manual pages have each command and each flag", () => {
  const client = pages["maglev.1"] ?? "";
  const daemon = pages["maglev-daemon.8"] ?? "";
  for (const { words, flags } of commands) {
    const dashed = (text: string) => text.replaceAll("-", "\\-");
    if (words !== "daemon") assert.ok(client.includes(`.B maglev ${dashed(words)}\n`), words);
    for (const name of Object.keys(flags)) {
      assert.ok((words === "daemon" ? daemon : client).includes(dashed(`--${name}`)), name);
    }
  }
});

/** How each program that reads manual pages is made to say what is wrong with them. */
const linters: readonly (readonly [string, ...string[]])[] = [
  ["mandoc", "-Tlint", "-Wwarning"],
  ["man", "--warnings", "--encoding=UTF-8", "-l"],
  ["groff", "-man", "-ww", "-z"],
];

for (const [program, ...args] of linters) {
  const isThere = await new Deno.Command("which", { args: [program] }).output()
    .then(({ success }) => success, () => false);
  Deno.test(`${program} has nothing to say against the manual pages`, {
    ignore: !isThere,
  }, async () => {
    const folder = await Deno.makeTempDir();
    try {
      for (const [name, text] of Object.entries(pages)) {
        await Deno.writeTextFile(`${folder}/${name}`, text);
        const { stdout, stderr } = await new Deno.Command(program, {
          args: [...args, `${folder}/${name}`],
          env: { MANPAGER: "cat", PAGER: "cat", LC_ALL: "C.UTF-8" },
        }).output();
        const decoder = new TextDecoder();
        const said = decoder.decode(stderr) + (program === "man" ? "" : decoder.decode(stdout));
        assert.equal(said, "", name);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
