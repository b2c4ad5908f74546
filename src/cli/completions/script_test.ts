import assert from "node:assert/strict";
import { commands } from "../grammar.ts";
import { type CompletedShell, completedShells, completionScript } from "./script.ts";

/** What each shell is run with, after its script; lines to complete are its arguments. */
const drivers: Record<CompletedShell, string> = {
  bash: `
    for line; do
      COMP_LINE=$line COMP_POINT=\${#line}
      _maglev
      printf '> %s\\n' "\${COMPREPLY[*]}"
    done`,
  zsh: `
    compadd() { [[ $1 == -- ]] && shift; offered+=("$@") }
    _describe() { offered+=("\${(@)\${(@P)4}%%:*}") }
    _files() { offered+=(\${PREFIX}*(N)) }
    compset() { PREFIX=\${PREFIX#*=} }
    for given; do
      words=("\${(@s: :)given}") CURRENT=$#words PREFIX=$words[-1] offered=()
      _maglev
      print -r -- "> \${(@M)offered:#$PREFIX*}"
    done`,
  fish: `
    for line in $argv
        set -l found (complete -C $line | string replace -r '\\t.*' '')
        echo "> $found"
    end`,
};

/** A daemon's names, for one that is asked as a script asks; others get none. */
const fakeProgram = `#!/bin/sh
echo "$*" >>"$CALLS"
case $* in
  "show backends -o jsonl --timeout 1s"*)
    echo '{"name":"web1","address":"10.0.0.1"}'
    echo '{"name":"web2"}'
    echo '{"name":"$(touch pwned)"}'
    echo '{"name":"wä"}' ;;
  *) echo "maglev: cannot reach localhost:9090" >&2; exit 4 ;;
esac
`;

/** The lines that end in a blank, or in the beginning of a word, and what may follow. */
const cases: readonly [line: string, candidates: string][] = [
  ["maglev sh", "shell show"],
  ["maglev sh ", "backends frontends healthchecks version vpp"],
  ["maglev sh ba w", "web1 web2 wä"],
  ["maglev sh ba web1 ", ""],
  ["maglev sh fr ", ""],
  ["maglev sh x ", ""],
  ["maglev s v ", ""],
  ["maglev shell ", ""],
  ["maglev set b pause ", "disable enable pause resume"],
  ["maglev set b pause pause ", ""],
  ["maglev sync vpp lb state www ", "dry-run"],
  ["maglev sync vpp lb state dry-run d", ""],
  ["maglev watch events log backend ", "frontend level num"],
  ["maglev watch events log level ", "debug error info warn"],
  ["maglev --server localhost:1 show b", "backends"],
  ["maglev --server=localhost:1 show backends we", "web1 web2"],
  ["maglev -o ", "json jsonl text yaml"],
  ["maglev show version --time", "--timeout"],
  ["maglev config schema --", "--help --version"],
  ["maglev help show v", "version vpp"],
  ["maglev help set backend x p", "pause"],
];

const sorted = (words: string) => words.split(" ").filter((word) => word !== "").sort().join(" ");

async function isInstalled(shell: string): Promise<boolean> {
  try {
    return (await new Deno.Command(shell, { args: ["-c", "true"] }).output()).success;
  } catch {
    return false;
  }
}

for (const shell of completedShells) {
  Deno.test(`${shell} completes lines as the table says, with the daemon's names`, {
    ignore: !await isInstalled(shell),
  }, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${folder}/maglev`, fakeProgram, { mode: 0o755 });
      const ready = shell === "zsh" ? "compdef() { }\n" : "";
      const script = ready + completionScript(commands, shell) + drivers[shell];
      await Deno.writeTextFile(`${folder}/script`, script);
      const env = {
        CALLS: `${folder}/calls`,
        HOME: folder,
        LC_ALL: "C.UTF-8",
        PATH: `${folder}:${Deno.env.get("PATH")}`,
      };
      const lines = cases.map(([line]) => line);
      const { stdout, stderr } = await new Deno.Command(shell, {
        args: [...shell === "zsh" ? ["-f"] : [], `${folder}/script`, ...lines],
        cwd: folder,
        env,
        stdin: "null",
      }).output();
      assert.equal(new TextDecoder().decode(stderr), "");
      const answers = new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "")
        .map((line) => sorted(line.slice(1)));
      assert.deepEqual(answers.map((answer, i) => [lines[i], answer]), cases);
      const calls = (await Deno.readTextFile(`${folder}/calls`)).trim().split("\n");
      assert.deepEqual(calls, [
        "show backends -o jsonl --timeout 1s",
        "show frontends -o jsonl --timeout 1s",
        "show frontends -o jsonl --timeout 1s",
        "show backends -o jsonl --timeout 1s --server=localhost:1",
      ]);
      const files = [...Deno.readDirSync(folder)].map(({ name }) => name);
      assert.ok(!files.includes("pwned"), "a name is no command");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("no script has a place left that nothing was filled into", () => {
  for (const shell of completedShells) {
    assert.doesNotMatch(completionScript(commands, shell), /@[a-z]+_|@states|@helps|@choices/);
  }
});
