import assert from "node:assert/strict";
import { aarch64 } from "../scripts/pack_aarch64.ts";
import { ElfError, findSlots, readElf } from "../scripts/pack_elf.ts";
import { packModules } from "../scripts/pack_modules.ts";
import { x8664 } from "../scripts/pack_x86_64.ts";
import { executable, runBuild } from "./executable.ts";

const isGiven = Deno.env.get("MAGLEV_TEST_EXECUTABLE") !== undefined;

Deno.test({
  name: "two builds of the same sources are the same",
  ignore: isGiven,
  fn: async () => {
    const first = await executable();
    const folder = await Deno.makeTempDir({ prefix: "maglev-build-" });
    try {
      const output = `${folder}/second/maglev`;
      const { code, err } = await runBuild(["--packing", "packed", "--output", output]);
      assert.deepEqual([code, err], [0, ""]);
      const digests = await Promise.all([first, output].map(digestOf));
      assert.equal(digests[0], digests[1]);
      assert.deepEqual([...Deno.readDirSync(`${folder}/second`)].map(({ name }) => name), [
        "maglev",
      ]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function digestOf(path: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
  return new Uint8Array(digest).toHex();
}

Deno.test("a build that cannot be says why, and leaves nothing", async () => {
  const folder = await Deno.makeTempDir({ prefix: "maglev-build-" });
  try {
    const output = ["--output", `${folder}/maglev`];
    const cases: [string[], RegExp][] = [
      [
        ["--target", "sparc"],
        /^scripts\/build: --target takes x86_64 or aarch64, not sparc\nusage: /,
      ],
      [["--packing", "zip"], /^scripts\/build: --packing takes compiled or packed, not zip\n/],
      [["--outputs", "x"], /^scripts\/build: Unknown option '--outputs'/],
      [
        [...output, "--packing", "packed", "--runtime", new URL(import.meta.url).pathname],
        /^scripts\/build: the runtime cannot be packed: it is no ELF file\n$/,
      ],
    ];
    for (const [args, complaint] of cases) {
      const { code, out, err } = await runBuild(args);
      assert.deepEqual([code, out], [1, ""]);
      assert.match(err, complaint);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** As much of an executable as packing looks at first. */
function elfWith(change: (view: DataView) => void): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64 + 3 * 56);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x7f454c46);
  view.setUint16(4, 0x0201);
  view.setUint16(16, 3, true);
  view.setUint16(18, 62, true);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 3, true);
  [1, 2, 4].forEach((type, index) => view.setUint32(64 + 56 * index, type, true));
  change(view);
  return bytes;
}

Deno.test("a runtime that is not as expected is not packed", () => {
  const cases: [string, (view: DataView) => void][] = [
    ["it is no ELF file", (view) => view.setUint8(0, 0)],
    ["it is not of 64 bits and little-endian", (view) => view.setUint8(4, 1)],
    ["it is not position-independent", (view) => view.setUint16(16, 2, true)],
    ["its program headers are of an unknown size", (view) => view.setUint16(54, 32, true)],
    ["its program headers are cut off", (view) => view.setUint16(56, 4, true)],
    ["its last program header is no PT_NOTE", (view) => view.setUint32(64 + 112, 1, true)],
    ["it is not linked dynamically", (view) => view.setUint32(64 + 56, 6, true)],
    ["nothing of it is loaded", (view) => view.setUint32(64, 6, true)],
    ["a number is too large at 24", (view) => view.setBigUint64(24, 1n << 63n, true)],
  ];
  for (const [problem, change] of cases) {
    assert.throws(() => readElf(elfWith(change)), {
      name: "ElfError",
      message: `the runtime cannot be packed: ${problem}`,
    });
  }
  const elf = readElf(elfWith(() => {}));
  assert.throws(() => findSlots(elf, x8664, ["setenv"]), ElfError);
});

Deno.test("addresses that are too far away for an instruction are refused", () => {
  assert.throws(() => x8664.finish(0, 2 ** 31 + 8), RangeError);
  assert.throws(() => aarch64.finish(0, 2 ** 27 + 4), RangeError);
  assert.throws(() => aarch64.blockSignals(0, 2 ** 20), RangeError);
  assert.doesNotThrow(() => x8664.finish(2 ** 31, 8));
  assert.doesNotThrow(() => aarch64.finish(2 ** 27 - 8, 0));
});

/** What the packed modules evaluate to, and the names of those that were evaluated. */
async function evaluate(modules: Record<string, string>): Promise<unknown> {
  const { bytes, loaderLength } = packModules(new Map(Object.entries(modules)));
  const text = new TextDecoder().decode(bytes.subarray(0, loaderLength));
  // deno-lint-ignore no-eval -- this is how the executable does it
  const loader = (0, eval)(text);
  return (await loader(bytes, loaderLength)).result;
}

Deno.test("modules are evaluated once, when they are needed, and export live names", async () => {
  const modules = {
    "main.js": `import{a as b,$c}from"./a.js";import"./b.js";var later=await import("./d.js");` +
      `var result=[b,$c,later.default,globalThis.order.join(),import.meta.main];export{result};\n` +
      `/*! a licence; export{nothing}; */\n`,
    "a.js":
      `(globalThis.order=[]).push("a");var x=1;import y from"node:path";import*as z from"node:path";` +
      `import{sep as s}from"node:path";var $c=[y.sep,z.sep,s].join("");export{x as a,$c};`,
    "b.js": `import"./a.js";globalThis.order.push("b");`,
    "d.js": `import{a}from"./a.js";globalThis.order.push("d");var q=a+1;export{q as default};`,
    "e.js": `globalThis.order.push("e");`,
  };
  assert.deepEqual(await evaluate(modules), [1, "///", 2, "a,b,d", true]);
});

Deno.test("a module that the bundler would not write is refused", () => {
  const cases = [
    `export var a=1;`,
    `export default 1;`,
    `import a from"https://example.test/a.js";`,
    `var a=import.meta.url;`,
    `export*from"./b.js";`,
  ];
  for (const text of cases) {
    assert.throws(() => packModules(new Map([["a.js", text]])), {
      message: "the module a.js is not as it is expected to be",
    });
  }
});
