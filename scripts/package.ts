/**
 * Makes the Debian package.
 *
 * @module
 */

import { basename, dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import project from "../deno.json" with { type: "json" };
import { lineWriter } from "../src/line_writer.ts";
import { run } from "./build_run.ts";
import type { MachineName } from "./pack.ts";
import { architectures, control } from "./package_control.ts";
import { packageFiles } from "./package_files.ts";

const usage = `usage: scripts/package [--output FOLDER] [--target x86_64|aarch64]
                       [--executable FILE] [--compression xz|gzip|none]`;

/** Who answers for the package: whoever Debian's tools take for its maker, or nobody yet. */
const maintainer = `${Deno.env.get("DEBFULLNAME") ?? "The maglev maintainers"} ` +
  `<${Deno.env.get("DEBEMAIL") ?? "maintainers@maglev.example"}>`;
const root = new URL("..", import.meta.url).pathname;

/** What to make. */
interface Order {
  readonly output: string;
  readonly target: MachineName;
  /** One that was built before. Default: to build it. */
  readonly executable?: string | undefined;
  readonly compression: string;
}

/** Makes the package in one step, so that one that is cut short leaves none, and returns its path. */
async function makePackage({ output, target, executable, compression }: Order): Promise<string> {
  const { version } = project;
  const architecture = architectures[target];
  // The mode of each folder is a part of the package.
  Deno.umask(0o022);
  await Deno.mkdir(output, { recursive: true });
  // What is made is no change of the sources, of which the stamp in the executable would speak.
  if (basename(output) === "dist") await Deno.writeTextFile(`${output}/.gitignore`, "*\n");
  const folder = await Deno.makeTempDir({ dir: output, prefix: ".package-" });
  try {
    const tree = `${folder}/tree`;
    await placeExecutable(`${tree}/usr/bin/maglev`, { target, executable });
    const date = await dateOfSources();
    for (const [path, content] of packageFiles({ version, maintainer, date })) {
      await write(`${tree}/${path}`, content);
    }
    await writeControl(tree, { version, architecture });
    // Times that are later than the commit are set to it, and these all are.
    const env = { SOURCE_DATE_EPOCH: `${date.getTime() / 1000}` };
    const options = ["--root-owner-group", `-Z${compression}`, "--build"];
    await run(["dpkg-deb", ...options, tree, `${folder}/deb`], { env });
    const path = `${output}/maglev_${version}_${architecture}.deb`;
    await Deno.rename(`${folder}/deb`, path);
    return path;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function placeExecutable(
  path: string,
  { target, executable }: Pick<Order, "target" | "executable">,
): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  if (executable === undefined) {
    await run([`${root}scripts/build`, "--target", target, "--output", path]);
  } else {
    await Deno.copyFile(executable, path);
  }
  await Deno.chmod(path, 0o755);
}

async function writeControl(
  tree: string,
  { version, architecture }: { version: string; architecture: string },
): Promise<void> {
  const paths = await filesIn(tree);
  const sizes = await Promise.all(paths.map(async (path) => (await Deno.stat(path)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const names = paths.map((path) => path.slice(tree.length + 1));
  const conffiles = names.filter((name) => name.startsWith("etc/")).map((name) => `/${name}\n`);
  const others = names.filter((name) => !name.startsWith("etc/"));
  const sums = await run(["md5sum", ...others], { cwd: tree });
  const told = `${tree}/DEBIAN`;
  await write(`${told}/control`, control({ version, maintainer, architecture, bytes }));
  await write(`${told}/conffiles`, conffiles.join(""));
  await write(`${told}/md5sums`, `${sums}\n`);
  for (const script of ["postinst", "prerm", "postrm"]) {
    await write(`${told}/${script}`, await Deno.readTextFile(`${root}scripts/debian/${script}`));
    await Deno.chmod(`${told}/${script}`, 0o755);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const found = await Promise.all(
    entries.map(({ name, isDirectory }) =>
      isDirectory ? filesIn(`${folder}/${name}`) : [`${folder}/${name}`]
    ),
  );
  return found.flat().sort();
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(
    path,
    typeof content === "string" ? new TextEncoder().encode(content) : content,
  );
}

/**
 * When the commit was made, unless SOURCE_DATE_EPOCH says otherwise. An archive of the sources, which has
 * no git, gives its files that time.
 */
async function dateOfSources(): Promise<Date> {
  const given = Deno.env.get("SOURCE_DATE_EPOCH");
  const seconds = given ?? await run(["git", "log", "-1", "--format=%ct"], { cwd: root })
    .catch(async () => `${Math.floor(Number((await Deno.stat(`${root}deno.json`)).mtime) / 1000)}`);
  if (!/^\d+$/.test(seconds)) throw new Error(`SOURCE_DATE_EPOCH=${seconds} is no time`);
  return new Date(Number(seconds) * 1000);
}

function readOrder(args: string[]): Order {
  const { values } = parseArgs({
    args,
    options: {
      output: { type: "string", default: "dist" },
      target: { type: "string", default: Deno.build.arch },
      executable: { type: "string" },
      compression: { type: "string", default: "xz" },
    },
  });
  const { output, target, executable, compression } = values;
  if (target !== "x86_64" && target !== "aarch64") {
    throw new TypeError(`--target takes ${Object.keys(architectures).join(" or ")}, not ${target}`);
  }
  return { output: resolve(output), target, executable, compression };
}

const complain = lineWriter(Deno.stderr);
try {
  const path = await makePackage(readOrder(Deno.args));
  const { size } = await Deno.stat(path);
  lineWriter(Deno.stdout)(`${path}: ${Math.round(size / 1e6)} MB`);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  complain(`scripts/package: ${error.message}`);
  if (error instanceof TypeError) complain(usage);
  Deno.exitCode = 1;
}
