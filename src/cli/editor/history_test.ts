import assert from "node:assert/strict";
import { historyPath, openHistory } from "./history.ts";

async function inFolder(check: (folder: string) => void | Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the file's place follows from the environment", () => {
  const cases: readonly (readonly [Record<string, string>, string | undefined])[] = [
    [{ XDG_STATE_HOME: "/s", HOME: "/h" }, "/s/maglev/history"],
    [{ HOME: "/h" }, "/h/.local/state/maglev/history"],
    [{ XDG_STATE_HOME: "", HOME: "/h" }, "/h/.local/state/maglev/history"],
    [{ XDG_STATE_HOME: "relative", HOME: "/h" }, "/h/.local/state/maglev/history"],
    [{}, undefined],
  ];
  for (const [env, path] of cases) assert.equal(historyPath((name) => env[name]), path);
});

Deno.test("lines are kept but for empty ones, secret ones and repetitions", () => {
  const history = openHistory();
  for (const line of ["a", "a", "", " b", "\tc", "b", "a"]) history.add(line);
  assert.deepEqual(history.lines, ["a", "b", "a"]);
});

Deno.test("a later shell has the lines, and nobody else may read them", () =>
  inFolder((folder) => {
    const path = `${folder}/state/maglev/history`;
    const first = openHistory(path);
    first.add("show backends");
    first.add("show été");
    assert.deepEqual(openHistory(path).lines, ["show backends", "show été"]);
    assert.equal((Deno.statSync(path).mode ?? 0) & 0o777, 0o600);
  }));

Deno.test("shells that run at once keep each other's lines", () =>
  inFolder((folder) => {
    const path = `${folder}/history`;
    const [one, other] = [openHistory(path), openHistory(path)];
    one.add("a");
    other.add("b");
    one.add("c");
    assert.deepEqual(one.lines, ["a", "c"]);
    assert.deepEqual(openHistory(path).lines, ["a", "b", "c"]);
  }));

Deno.test("a thousand lines are kept, in memory and at the next start in the file", () =>
  inFolder((folder) => {
    const path = `${folder}/history`;
    const history = openHistory(path);
    for (let line = 0; line < 2100; line++) history.add(`line ${line}`);
    assert.equal(history.lines.length, 1000);
    const next = openHistory(path);
    assert.equal(next.lines.length, 1000);
    assert.equal(next.lines.at(-1), "line 2099");
    assert.equal(Deno.readTextFileSync(path).split("\n").length, 1001);
  }));

Deno.test("of a file that is far too long the end is taken", () =>
  inFolder((folder) => {
    const path = `${folder}/history`;
    Deno.writeTextFileSync(path, `${"x".repeat(3 << 20)}\nold\nnew\n`);
    assert.deepEqual(openHistory(path).lines, ["old", "new"]);
    assert.equal(Deno.readTextFileSync(path), "old\nnew\n");
  }));

Deno.test("what would act on the terminal is not taken from the file", () =>
  inFolder((folder) => {
    const path = `${folder}/history`;
    Deno.writeTextFileSync(path, "good\n\u001b[2Jbad\nbad\u0007\n\n also\nbest");
    assert.deepEqual(openHistory(path).lines, ["good", "best"]);
  }));

Deno.test("a file that cannot be read or written is no error", () =>
  inFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    Deno.mkdirSync(`${folder}/folder`);
    const paths = [`${folder}/file/history`, `${folder}/folder`, "/dev/full", "/proc/none/x"];
    const made = await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output()
      .catch(() => undefined);
    if (made?.success) paths.push(`${folder}/pipe`);
    for (const path of paths) {
      const history = openHistory(path);
      history.add("a");
      assert.deepEqual(history.lines, ["a"], path);
    }
  }));
