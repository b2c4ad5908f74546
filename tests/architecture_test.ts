import assert from "node:assert/strict";

/** The storeys of the house: a room may use its own, those below, and what everybody may use. */
const storeys: readonly (readonly string[])[] = [
  ["os", "transport"],
  ["http2", "vpp", "probe"],
  ["rpc", "metrics", "lb", "checker"],
  ["control"],
  ["daemon"],
  ["cli"],
];

/** Rooms and files that everybody may use. They use nothing but each other. */
const forEverybody = [
  ...[
    "config",
    "health",
    "log",
    "line_writer",
    "clock",
    "timer_heap",
    "histogram",
    "printable",
    "suggest",
    "version",
    "tables",
  ],
];

/** VPP's tables stand in the room `lb`; the simulator and the configuration's warnings need them too. */
const tables = /^lb\/(table|table_\w+|shares|moved_buckets|measured_tables)(_test|_bench)?\.ts$/;

const root = new URL("../", import.meta.url);
const sources = [...walk("src")];

function* walk(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(new URL(`${folder}/`, root))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* walk(path);
    else if (path.endsWith(".ts")) yield path;
  }
}

function textOf(file: string): string {
  return Deno.readTextFileSync(new URL(file, root));
}

/** The room of a file: `src/config/load.ts` is in `config`, `src/log_line.ts` in `log`. */
function roomOf(file: string): string {
  const path = file.replace(/^src\//, "");
  if (tables.test(path)) return "tables";
  const [room = ""] = path.split("/");
  return room.replace(/^log_\w+/, "log").replace(/(_test)?\.ts$/, "");
}

/** The files of ours that a file imports, at once or when it needs them. */
function importsOf(file: string): string[] {
  const found = textOf(file).matchAll(/(?:from\s+|import\(\s*|^import\s+)"(\.[^"]+)"/gm);
  return [...found].map(([, path = ""]) => new URL(path, new URL(file, root)).href)
    .map((href) => href.slice(root.href.length));
}

const isTest = (file: string) => /(_test|_bench|testing|_fixture)\.ts$/.test(file);

Deno.test("imports go one way", () => {
  const storeyOf = (room: string) => storeys.findIndex((rooms) => rooms.includes(room));
  const wrong: string[] = [];
  for (const file of sources) {
    const room = roomOf(file);
    for (const imported of importsOf(file)) {
      if (!imported.startsWith("src/")) {
        const isAllowed = isTest(file) || imported === "deno.json";
        if (!isAllowed && !imported.startsWith("tests/")) wrong.push(`${file} → ${imported}`);
        continue;
      }
      const other = roomOf(imported);
      const isCommon = forEverybody.includes(other);
      const goesDown = storeyOf(other) >= 0 && storeyOf(other) < storeyOf(room);
      if (other !== room && !isCommon && !goesDown) wrong.push(`${file} → ${imported}`);
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("every room is one of the house's", () => {
  const known = new Set([...storeys.flat(), ...forEverybody]);
  assert.deepEqual(sources.map(roomOf).filter((room) => !known.has(room)), []);
});

Deno.test("rooms do not import each other in a circle", () => {
  const uses = new Map<string, Set<string>>();
  for (const file of sources.filter((file) => !isTest(file))) {
    const room = roomOf(file);
    const others = importsOf(file).map(roomOf).filter((other) => other !== room);
    uses.set(room, new Set([...uses.get(room) ?? [], ...others]));
  }
  const visit = (room: string, way: readonly string[]): void => {
    assert.ok(!way.includes(room), [...way, room].join(" → "));
    for (const other of uses.get(room) ?? []) visit(other, [...way, room]);
  };
  for (const room of uses.keys()) visit(room, []);
});

Deno.test("time, randomness and timers come in by the front door", () => {
  const effects =
    /\b(Date\.now|performance\.now|new Date\(\)|Math\.random|setTimeout|setInterval|crypto\.getRandom\w+)\b/;
  const offenders = sources.filter((file) => file !== "src/clock.ts" && !isTest(file))
    .filter((file) => effects.test(textOf(file).replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "")));
  assert.deepEqual(offenders, []);
});

Deno.test("foreign functions are called in src/os alone", () => {
  const offenders = sources.filter((file) => /\bDeno\.dlopen\b/.test(textOf(file)))
    .filter((file) => roomOf(file) !== "os");
  assert.deepEqual(offenders, []);
});

Deno.test("no file that people write is longer than 500 lines", () => {
  const all = [...sources, ...walk("tests"), ...walk("scripts")]
    .filter((file) => !file.endsWith("_pb.ts"));
  assert.deepEqual(all.filter((file) => textOf(file).split("\n").length > 500), []);
});

Deno.test("nothing stands at the top but what belongs there", () => {
  const allowed = new Set([
    ...["docs", "proto", "scripts", "src", "tests", "dist"],
    ...["main.ts", "mod.ts", "deno.json", "deno.lock"],
    ...["README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"],
  ]);
  const visible = [...Deno.readDirSync(root)].map(({ name }) => name)
    .filter((name) => !name.startsWith("."));
  assert.deepEqual(visible.filter((name) => !allowed.has(name)), []);
});
