import assert from "node:assert/strict";

interface Declared {
  readonly name: string;
  readonly levels: readonly string[];
}

const root = new URL("../", import.meta.url);
const page = Deno.readTextFileSync(new URL("docs/log-events.md", root));
const declared: readonly Declared[] = page.split("\n").filter((line) => line.startsWith("| `"))
  .map((line) => {
    const [name = "", levels = ""] = line.slice(1).split("|").map((cell) => cell.trim());
    return { name: name.replaceAll("`", ""), levels: levels.split(", ") };
  });

/** The name in a call, as a pattern where it is put together, with the level that it is logged at. */
interface Logged {
  readonly file: string;
  readonly name: RegExp;
  /** Null where the call decides. */
  readonly level: string | null;
}

/** Calls whose name is put together elsewhere in the file, and the texts that are names there. */
const puttingTogether = {
  "src/lb/log_action.ts": /["`](vpp-lbsync-[^"`]+)["`]/g,
  "src/vpp/api/observer.ts": /["`](vpp-api-[^"`]+)["`]/g,
} as const;

const call = /\b(?:log|root)\.(?:(debug|info|warn|error)\(|log\([^,]+,)\s*(?:"([^"]+)"|[^"\s])/g;

function* loggedIn(file: string, text: string): Generator<Logged> {
  const parts = puttingTogether[file as keyof typeof puttingTogether];
  for (const [whole, level, name] of text.matchAll(call)) {
    if (name !== undefined) yield { file, name: patternOf(name), level: level ?? null };
    else assert.ok(parts !== undefined, `${file}: ${whole} names no event`);
  }
  for (const [, name = ""] of parts === undefined ? [] : text.matchAll(parts)) {
    yield { file, name: patternOf(name), level: null };
  }
}

function patternOf(name: string): RegExp {
  return new RegExp(`^${name.replace(/\$\{[^]*/, "[a-z-]+")}$`);
}

function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(`${folder}/`, root))) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* sources(path);
    else if (/\.ts$/.test(name) && !/(_test|_bench|testing|_fixture)\.ts$/.test(name)) yield path;
  }
}

const logged = [...sources("src")].flatMap((file) => [
  ...loggedIn(file, Deno.readTextFileSync(new URL(file, root))),
]);

Deno.test("every log event has a name that docs/log-events.md has, and a level that it gives", () => {
  assert.ok(logged.length > 30);
  const unknown = logged.filter(({ name, level }) =>
    !declared.some((each) =>
      name.test(each.name) && (level === null || each.levels.includes(level))
    )
  );
  assert.deepEqual(unknown, []);
});

Deno.test("every name in docs/log-events.md is logged somewhere, and is there once", () => {
  const names = declared.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  const unused = names.filter((each) => !logged.some(({ name }) => name.test(each)));
  assert.deepEqual(unused, []);
});

Deno.test("names and levels have one form", () => {
  for (const { name, levels } of declared) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/);
    for (const level of levels) assert.match(level, /^(debug|info|warn|error)$/, name);
  }
});

Deno.test("calls are found in the forms that they have", () => {
  const cases: readonly (readonly [string, string | null, string])[] = [
    ['log.info("starting", { ...build })', "info", "starting"],
    ["log.warn(\n  'x')".replaceAll("'", '"'), "warn", "x"],
    ['log.log(isLate ? "debug" : "warn", "vpp-late", {', null, "vpp-late"],
  ];
  for (const [text, level, name] of cases) {
    const [found] = loggedIn("a.ts", text);
    assert.equal(found?.level, level);
    assert.match(name, found?.name ?? /^$/, text);
  }
  assert.throws(() => [...loggedIn("a.ts", "log.info(name)")], /names no event/);
});
