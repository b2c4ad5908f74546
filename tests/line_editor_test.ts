import assert from "node:assert/strict";
import { hasTerminals, openTerminal, type Terminal } from "./terminal.ts";

const fixture = new URL("fixtures/line_editor.ts", import.meta.url).pathname;
const editor = [
  ...[Deno.execPath(), "run", "--quiet", "--no-check", "--no-prompt"],
  ...["--allow-read", "--allow-write", fixture],
];

function atTerminal(name: string, run: () => Promise<void>) {
  Deno.test({ name: `${name} (at a terminal)`, ignore: !hasTerminals, fn: run });
}

atTerminal("what is entered arrives, with all that editing does", async () => {
  await using terminal = openTerminal(editor);
  await terminal.until("> ");
  terminal.type("set bakcend\u0017backend\u0001\u000bé\u0019\r");
  await terminal.until('{"kind":"line","text":"éset backend"}');
  terminal.type("s");
  terminal.type("h\t");
  await terminal.until(/> show $/);
  terminal.type("?");
  await terminal.until('after "show "');
  terminal.type("\u0003");
  await terminal.until(/interrupted.*\n> $/);
  terminal.type("\u0004");
  assert.equal(await terminal.ended(), 0);
});

atTerminal("what is typed while a command runs or names are looked up is not lost", async () => {
  await using terminal = openTerminal(editor);
  await terminal.until("> ");
  terminal.type("sleep\r");
  await terminal.until('"sleep"');
  terminal.type("show\r");
  await terminal.until(/"show".*\n> $/);
  terminal.type("sl\t12\r");
  await terminal.until('"sleep 12"');
});

atTerminal("a key ends a watch and goes no further", async () => {
  await using terminal = openTerminal(editor);
  await terminal.until("> ");
  terminal.type("watch\r");
  await terminal.until("watching");
  terminal.type("x");
  await terminal.until(/watched\n.*\n?> $/);
  terminal.type("y\r");
  await terminal.until('"text":"y"');
});

atTerminal("a paste of several lines enters them one by one", async () => {
  await using terminal = openTerminal(editor);
  await terminal.until("> ");
  assert.ok(terminal.marksPastes());
  terminal.type("\u001b[200~one\ntwo\nthr\u001b[201~ee\r");
  const screen = await terminal.until('"three"');
  assert.deepEqual(screen.match(/"text":"\w+"/g), [
    '"text":"one"',
    '"text":"two"',
    '"text":"three"',
  ]);
});

atTerminal("a line is drawn anew for another width", async () => {
  await using terminal = openTerminal(editor, { columns: 20 });
  await terminal.until("> ");
  terminal.type("a line that is longer than the terminal");
  await terminal.until("> a line that is lon\nger than the termina\nl");
  terminal.resize(30, 10);
  await terminal.until("> a line that is longer than t\nhe terminal");
  terminal.type("!");
  await terminal.until(/terminal!$/);
});

interface End {
  readonly how: string;
  readonly end: (terminal: Terminal) => void;
  readonly code: number;
}

const ends: readonly End[] = [
  { how: "Ctrl-D", end: ({ type }) => type("\u0004"), code: 0 },
  { how: "an exit while a line is entered", end: ({ type }) => type("quit\r"), code: 7 },
  { how: "an error that nobody catches", end: ({ type }) => type("throw\r"), code: 1 },
  { how: "a rejection that nobody catches", end: ({ type }) => type("reject\r"), code: 1 },
  { how: "SIGTERM", end: ({ signal }) => signal("SIGTERM"), code: 143 },
  { how: "SIGINT", end: ({ signal }) => signal("SIGINT"), code: 130 },
  { how: "SIGHUP", end: ({ signal }) => signal("SIGHUP"), code: 129 },
];

for (const { how, end, code } of ends) {
  atTerminal(`the terminal is left as it was found after ${how}`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      // A shell that edits lines itself repairs the terminal, and hides what is wrong; this one does not.
      const script = `stty -a > ${folder}/before; "$@"; echo "code $?."; stty -a > ${folder}/after`;
      await using terminal = openTerminal(["sh", "-c", script, "sh", ...editor]);
      await terminal.until("> ");
      end(terminal);
      await terminal.until(`code ${code}.`);
      assert.equal(await terminal.ended(), 0);
      assert.equal(terminal.marksPastes(), false);
      const [before, after] = ["before", "after"].map((name) =>
        Deno.readTextFileSync(`${folder}/${name}`)
      );
      assert.equal(after, before);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
