import assert from "node:assert/strict";
import { stamp } from "../scripts/build_stamp.ts";
import { versionLine } from "../src/version.ts";
import { executable, runAlone } from "./executable.ts";
import { program, versionPattern } from "./program.ts";

const isGiven = Deno.env.get("MAGLEV_TEST_EXECUTABLE") !== undefined;
const version = isGiven ? versionPattern : RegExp.escape(versionLine(await stamp("packed")));
const stamped = new RegExp(`^${version}\n$`);
const isRoot = Deno.uid() === 0;
const canMount = isRoot && (await run("unshare", "--mount", "true")).success;

function run(command: string, ...args: string[]): Promise<Deno.CommandOutput> {
  return new Deno.Command(command, { args }).output();
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-alone-" });
  await Deno.chmod(folder, 0o755);
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What it takes to be called fit: it starts, loads a large part of the program, and reads a file. */
async function assertFit(path: string, options: Parameters<typeof runAlone>[2] = {}) {
  const { code, out, err } = await runAlone(path, ["--version"], options);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, stamped);
  const check = await runAlone(path, ["daemon", "--check", "--config", "/dev/null"], options);
  assert.deepEqual([check.code, check.out], [1, ""], check.err);
  assert.match(check.err, /^\/dev\/null:1:1: the file is empty/);
}

Deno.test("the executable says what it was built from", async () => {
  await assertFit(await executable());
});

Deno.test("the executable runs by a symlink, by another name, and twice at once", async () => {
  const path = await executable();
  await inFolder(async (folder) => {
    await Deno.symlink(path, `${folder}/link`);
    await Deno.copyFile(path, `${folder}/deno`);
    await Promise.all(
      [`${folder}/link`, `${folder}/deno`, path, path].map((each) => assertFit(each)),
    );
  });
});

Deno.test("what lies around the executable and in its environment changes nothing", async () => {
  const path = await executable();
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/deno.json`, `{ "imports": 1, "unstable": ["nothing"] `);
    await Deno.writeTextFile(`${folder}/package.json`, `{ "type": `);
    await Deno.writeTextFile(`${folder}/deno.lock`, `nothing`);
    const env = {
      DENO_V8_FLAGS: "--no-such-flag",
      DENO_DIR: `${folder}/cache`,
      DENO_COVERAGE_DIR: `${folder}/coverage`,
      DENO_LOG: "debug",
      RUST_LOG: "debug",
      NODE_OPTIONS: "--require ./nothing.js",
      NODE_CHANNEL_FD: "99",
      HOME: folder,
    };
    await assertFit(path, { cwd: folder, env });
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assert.deepEqual(left, ["deno.json", "deno.lock", "package.json"]);
  });
});

Deno.test("the executable runs in a folder that is gone", async () => {
  const path = await executable();
  const script = `cd "$(mktemp -d)" && rmdir "$PWD" && exec "$0" --version`;
  const { code, out, err } = await runAlone(path, [], { through: ["/bin/sh", "-c", script] });
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, stamped);
});

Deno.test("arguments that look like the runtime's are the program's", async () => {
  const path = await executable();
  const cases: [string[], number, RegExp][] = [
    [["-A"], 2, /^maglev: unknown flag "-A"/],
    [["--allow-run"], 2, /^maglev: unknown flag "--allow-run"/],
    [["--", "--version"], 2, /^maglev: /],
    [["run", "x.ts"], 2, /^maglev: unknown command "run"/],
    [["eval", "1"], 2, /^maglev: unknown command "eval"/],
    [[""], 2, /^maglev: /],
    [[], 2, /^maglev: which command\?/],
    [["show", "version", "--server", "127.0.0.1:1"], 0, /^maglev: cannot reach 127\.0\.0\.1:1: /],
  ];
  for (const [args, expected, complaint] of cases) {
    const { code, err } = await runAlone(path, args);
    assert.equal(code, expected, `${args.join(" ")}: ${err}`);
    assert.match(err, complaint);
  }
});

Deno.test("a reader that goes away ends the executable quietly", async () => {
  const path = await executable();
  const through = ["/bin/sh", "-c", `"$0" config schema | true; "$0" --version >&-`];
  const { code, err } = await runAlone(path, [], { through });
  assert.deepEqual([code, err], [0, ""]);
});

Deno.test({
  name: "the executable runs as a user who owns nothing (needs root)",
  ignore: !isRoot,
  fn: async () => {
    const through = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    await assertFit(await executable(), { through, env: { PATH: "/usr/bin:/bin" } });
  },
});

Deno.test({
  name: "the executable runs alone in a root that is read-only (needs root and mounts)",
  ignore: !canMount,
  fn: async () => {
    const path = await executable();
    await inFolder(async (folder) => {
      const listed = new TextDecoder().decode((await run("ldd", path)).stdout);
      const libraries = listed.match(/\/\S+(?= \(0x)/g) ?? [];
      assert.ok(libraries.some((library) => library.includes("libc.so")), listed);
      const script = `set -e
cd "$0"
mkdir proc dev etc
for file in "$@"; do mkdir -p ".\${file%/*}"; cp -L "$file" ".$file"; done
mv ".$1" maglev
mount --bind . . && cd "$0"
mount --bind /proc proc && mount --rbind /dev dev
mount -o remount,bind,ro .
! touch maglev 2>/dev/null
chroot . /maglev --version
chroot . /maglev config schema | grep -c schema`;
      const args = ["--mount", "sh", "-c", script, folder, path, ...libraries];
      const { code, stdout, stderr } = await run("unshare", ...args);
      const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      assert.deepEqual([code, err], [0, ""]);
      assert.match(out?.replace(/\d+\n$/, "") ?? "", stamped);
    });
  },
});

Deno.test("SIGUSR1, which opens the runtime's inspector, does nothing", async () => {
  const path = await executable();
  await inFolder(async (folder) => {
    const child = new Deno.Command(path, {
      args: ["sim", "--api", `${folder}/api.sock`, "--stats", `${folder}/stats.sock`],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const complaints = new Response(child.stderr).text();
    const reader = child.stdout.getReader();
    await reader.read();
    child.kill("SIGUSR1");
    const { out } = await runAlone(path, ["debug", "vpp", "--vpp-api-addr", `${folder}/api.sock`]);
    assert.notEqual(out, "");
    child.kill("SIGTERM");
    while (!(await reader.read()).done);
    assert.deepEqual([(await child.status).code, await complaints], [0, ""]);
  });
});

Deno.test("the tests run the program that they are told to", () => {
  assert.equal(program.length === 1, isGiven);
});
