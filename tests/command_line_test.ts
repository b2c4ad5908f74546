import assert from "node:assert/strict";
import { largeConfig } from "./large_config.ts";
import { program, runProgram, versionPattern } from "./program.ts";

const sample = new URL("../docs/maglev.yaml", import.meta.url).pathname;
const testdata = new URL("../src/config/testdata/", import.meta.url).pathname;

Deno.test("each command line answers on stdout, or says on stderr in one line what is wrong", async () => {
  const cases: [string, number, RegExp, RegExp][] = [
    ["--version", 0, new RegExp(`^${versionPattern}\n$`), /^$/],
    ["version", 0, new RegExp(`^${versionPattern}\n$`), /^$/],
    ["ver", 0, new RegExp(`^${versionPattern}\n$`), /^$/],
    ["help", 0, /maglev config schema +Print the JSON Schema/, /^$/],
    ["--help", 0, /maglev help \[<command>\.\.\.\]/, /^$/],
    ["-h", 0, /maglev daemon/, /^$/],
    ["help daemon", 0, /--config FILE .*MAGLEV_CONFIG, default\n +\/etc\/vpp-maglev/, /^$/],
    ["daemon --help", 0, /^maglev daemon\n/, /^$/],
    ["help config", 0, /^ {2}maglev config check (.*\n)+ {2}maglev config schema /, /^$/],
    ["help config schema", 0, /^maglev config schema\n/, /^$/],
    ["sh ba web1 --help", 0, /^maglev show backends \[<backend>\]\n/, /^$/],
    ["sh", 2, /^$/, /^maglev: "sh" could be shell or show\n$/],
    ["completions bash", 0, /\ncomplete -F _maglev maglev\n$/, /^$/],
    ["completions", 2, /^$/, /^maglev: completions: another word is needed: bash, fish, zsh\n$/],
    ["config schema", 0, /"\$schema": "https:\/\/json-schema.org\/draft\/2020-12\/schema"/, /^$/],
    [`daemon --check --config ${sample}`, 0, /^config ok: 1 health check, 3 backends, /, /^$/],
    ["", 2, /^$/, /^maglev: which command\?.*\n$/],
    ["deamon", 2, /^$/, /^maglev: unknown command "deamon" \(did you mean daemon\?\)\n$/],
    ["daemon --chek", 2, /^$/, /^maglev: unknown flag "--chek" \(did you mean --check\?\)\n$/],
    ["config", 2, /^$/, /^maglev: config: another word is needed: check, reload, schema\n$/],
    ["config shema", 2, /^$/, /^maglev: config: unknown word "shema" \(did you mean schema\?\)\n$/],
    ["version now", 2, /^$/, /^maglev: version: nothing more belongs here, and "now" follows\n$/],
    ["version --check", 2, /^$/, /^maglev: --check is no flag of version\n$/],
    ["daemon --config", 2, /^$/, /^maglev: --config needs a FILE\n$/],
    ["help nonsense", 2, /^$/, /^maglev: unknown command "nonsense"\n$/],
    [
      "daemon --config /none",
      1,
      /^\{.*"msg":"starting".*\}\n$/,
      /^\/none: cannot be read: there is no such file\n$/,
    ],
    ["daemon --log-level loud", 2, /^$/, /^maglev: --log-level takes debug, .*, not "loud"\n$/],
    ["daemon --log-format xml", 2, /^$/, /^maglev: --log-format takes json or text, not "xml"\n$/],
  ];
  for (const [line, code, out, err] of cases) {
    const outcome = await runProgram(line.split(" ").filter((word) => word !== ""));
    assert.equal(outcome.code, code, `maglev ${line}: ${outcome.err}`);
    assert.match(outcome.out, out, `maglev ${line}`);
    assert.match(outcome.err, err, `maglev ${line}`);
  }
});

Deno.test("daemon --check prints findings and ends with the code of their stage", async () => {
  const cases: [string, number][] = [
    ["structure/several-at-once", 1],
    ["structure/billion-laughs", 1],
    ["structure/binary-file", 1],
    ["meaning/several-at-once-vpp-last", 2],
    ["warning/backend-unused", 0],
  ];
  for (const [name, code] of cases) {
    const file = `${testdata}${name}/maglev.yaml`;
    const { code: actual, out, err } = await runProgram(["daemon", "--check", "--config", file]);
    const findings = Deno.readTextFileSync(`${testdata}${name}/findings.txt`);
    assert.equal(actual, code, name);
    assert.equal(err, findings.replaceAll(/^maglev\.yaml/gm, file), name);
    assert.equal(out === "", code !== 0, "config ok is printed where it is");
  }
});

Deno.test("the configuration file may be named by the environment, and a flag wins", async () => {
  const env = { MAGLEV_CONFIG: sample };
  assert.equal((await runProgram(["daemon", "--check"], { env })).code, 0);
  const { code, err } = await runProgram(["daemon", "--check", "--config", "/none"], { env });
  assert.deepEqual([code, err], [1, "/none: cannot be read: there is no such file\n"]);
});

// Root reads anything, unless the capability to do so is taken away.
const setpriv = "/usr/bin/setpriv";
const isRoot = Deno.uid() === 0;
const dropped = "-dac_override,-dac_read_search";
const through = isRoot ? [setpriv, `--bounding-set=${dropped}`, `--inh-caps=${dropped}`] : [];
const cannotBeDenied = isRoot && !await Deno.stat(setpriv).then(() => true, () => false);

Deno.test("a file without read permission is one clear line", {
  ignore: cannotBeDenied,
}, async () => {
  const file = await Deno.makeTempFile();
  await Deno.chmod(file, 0o000);
  const outcome = await runProgram(["daemon", "--check", "--config", file], { through });
  await Deno.remove(file);
  assert.deepEqual(outcome, {
    code: 1,
    out: "",
    err: `${file}: cannot be read: permission denied\n`,
  });
});

Deno.test("a reader that closes the pipe ends the program quietly", async () => {
  const [command = "", ...args] = [...program, "config", "schema"];
  const child = new Deno.Command(command, { args, stdout: "piped", stderr: "piped" }).spawn();
  await child.stdout.cancel();
  const errors = await new Response(child.stderr).text();
  assert.deepEqual([(await child.status).code, errors], [0, ""]);
});

Deno.test("10,000 backends and 2,000 frontends are checked", async () => {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(
    file,
    largeConfig({ backends: 10_000, frontends: 2_000, backendsPerFrontend: 10 }),
  );
  const { code, out, err } = await runProgram(["daemon", "--check", "--config", file]);
  await Deno.remove(file);
  assert.deepEqual([code, err], [0, ""]);
  assert.equal(out, "config ok: 20 health checks, 10000 backends, 2000 frontends, 0 warnings\n");
});

Deno.test("modules that a command does not need are not loaded", async () => {
  const info = async (file: string) => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", file],
      cwd: new URL("..", import.meta.url).pathname,
    }).output();
    const graph = JSON.parse(new TextDecoder().decode(stdout));
    type Dependency = { isDynamic?: boolean; code?: { specifier: string } };
    const edges = new Map<string, Dependency[]>(
      graph.modules.map((m: { specifier: string; dependencies?: Dependency[] }) => [
        m.specifier,
        m.dependencies ?? [],
      ]),
    );
    const loaded = new Set<string>();
    const visit = (specifier: string) => {
      if (loaded.has(specifier)) return;
      loaded.add(specifier);
      for (const { isDynamic, code } of edges.get(specifier) ?? []) {
        if (isDynamic !== true && code !== undefined) visit(code.specifier);
      }
    };
    visit(graph.roots[0]);
    return [...loaded].map((specifier) => specifier.replace(/^.*\/(?=(src|main\.ts))/, ""));
  };
  const atStart = await info("main.ts");
  assert.deepEqual(
    atStart.filter((file) =>
      !/^(main\.ts|src\/(cli|clock|timer_heap|suggest|line_writer|rpc\/status\.ts))/.test(file)
    ),
    [],
    "at start only the command line's own modules, and what errors are",
  );
  const version = await info("src/cli/commands/version.ts");
  assert.deepEqual(version.filter((file) => /config|daemon|lb\//.test(file)), []);
});
