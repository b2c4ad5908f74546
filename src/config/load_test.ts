import assert from "node:assert/strict";
import { formatFindings } from "./finding.ts";
import { loadConfig } from "./load.ts";
import { largeConfig } from "../../tests/large_config.ts";

const sample = Deno.readTextFileSync(new URL("../../docs/maglev.yaml", import.meta.url));

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What is said of a file, which is one line. */
async function findingOf(file: string): Promise<string> {
  const result = await loadConfig(file);
  assert.ok(!result.ok);
  assert.equal(result.stage, "structure");
  const [line, ...more] = formatFindings(result.findings, { file: "maglev.yaml" });
  assert.deepEqual(more, []);
  return line ?? "";
}

Deno.test("what is no readable text file is one clear line", async () => {
  await inFolder(async (folder) => {
    const file = `${folder}/maglev.yaml`;
    assert.equal(await findingOf(file), "maglev.yaml: cannot be read: there is no such file");
    assert.equal(await findingOf(folder), "maglev.yaml: cannot be read: it is a directory");
    assert.match(await findingOf(`${folder}\0`), /^maglev\.yaml: cannot be read: /);
    const pipe = `${folder}/pipe`;
    assert.ok((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success);
    const isPipe = "maglev.yaml: cannot be read: it is a pipe, and no file";
    assert.equal(await findingOf(pipe), isPipe, "nobody is waited for");
    Deno.writeFileSync(file, new Uint8Array(16 * 1024 * 1024).fill(10));
    assert.match(await findingOf(file), /^maglev\.yaml:1:1: the file is empty/, "16 MiB is read");
    Deno.writeFileSync(file, new Uint8Array(17 * 1024 * 1024).fill(10));
    const tooLarge = "maglev.yaml: larger than 16 MiB, which is the limit";
    assert.equal(await findingOf(file), tooLarge);
    assert.equal(await findingOf("/dev/zero"), tooLarge);
    assert.match(await findingOf("/dev/null"), /^maglev\.yaml:1:1: the file is empty/);
  });
});

Deno.test("line ends of any kind and a byte order mark change nothing", async () => {
  await inFolder(async (folder) => {
    const configs = [];
    for (const text of [sample, sample.replaceAll("\n", "\r\n"), `\ufeff${sample}`]) {
      Deno.writeTextFileSync(`${folder}/maglev.yaml`, text);
      const result = await loadConfig(`${folder}/maglev.yaml`);
      assert.ok(result.ok);
      configs.push(result.config);
    }
    assert.deepEqual(configs[1], configs[0]);
    assert.deepEqual(configs[2], configs[0]);
  });
});

Deno.test("a file that is replaced all the time is read whole, old or new", async () => {
  await inFolder(async (folder) => {
    const file = `${folder}/maglev.yaml`;
    const small = largeConfig({ backends: 10, frontends: 1, backendsPerFrontend: 2 });
    const large = largeConfig({ backends: 5_000, frontends: 500, backendsPerFrontend: 10 });
    let isStopped = false;
    const replacing = (async () => {
      for (let round = 0; !isStopped; round++) {
        await Deno.writeTextFile(`${file}.new`, round % 2 === 0 ? small : large);
        await Deno.rename(`${file}.new`, file);
      }
    })();
    await Deno.writeTextFile(file, small);
    for (let reading = 0; reading < 20; reading++) {
      const result = await loadConfig(file);
      assert.ok(result.ok, JSON.stringify(result));
      assert.ok([10, 5_000].includes(result.config.backends.size));
    }
    isStopped = true;
    await replacing;
  });
});
