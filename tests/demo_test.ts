import assert from "node:assert/strict";
import type { World } from "../src/cli/command.ts";
import { processWorld } from "../src/cli/process_world.ts";
import { runCommandLine } from "../src/cli/run.ts";
import { program } from "./program.ts";
import { hasTerminals, openTerminal } from "./terminal.ts";

/** A row of a table that was printed. */
interface Row {
  readonly pool: string;
  readonly state: string;
  readonly weight: number;
  readonly share: number;
  readonly flows: number;
  readonly packets: number;
}

type Table = Readonly<Record<string, Row>>;

const rowPattern = /^ +(\w+) +(primary|standby) +(\w+) +(\d+) +([\d.]+) % +(\d+) +(\d+)$/;

/** The tables in the order of the steps. */
function tablesIn(lines: readonly string[]): Table[] {
  const text = lines.join("\n");
  return text.split(/^\d\. /m).slice(1).map((step) =>
    Object.fromEntries(
      step.split("\n").flatMap((line) => {
        const [, name = "", pool = "", state = "", ...numbers] = line.match(rowPattern) ?? [];
        if (name === "") return [];
        const [weight = 0, share = 0, flows = 0, packets = 0] = numbers.map(Number);
        return [[name, { pool, state, weight, share, flows, packets }]];
      }),
    )
  );
}

const sumOf = (table: Table, field: "share" | "weight" | "packets") =>
  Object.values(table).reduce((sum, row) => sum + row[field], 0);

/** Runs the demo in this process, behind a pipe that takes so many lines. */
async function runDemo(line: string, { most = Infinity } = {}) {
  const lines: string[] = [];
  const errors: string[] = [];
  const world: World = {
    ...processWorld({
      random: Math.random,
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      giveUpLibc: () => {},
    }),
    print: (text) => lines.push(...text.split("\n")) < most,
    complain: (text) => void errors.push(text),
    env: () => undefined,
    isOutputTerminal: false,
    untilInterrupted: () => new Promise(() => {}),
  };
  const code = await runCommandLine(line.split(" "), world);
  return { code, lines, errors };
}

Deno.test("the demo's story happens in its order, and its numbers agree", async () => {
  const { code, lines, errors } = await runDemo("demo --fast");
  assert.deepEqual([code, errors], [0, []], lines.join("\n"));
  assert.ok(lines.every((line) => line.length <= 80), "it fits a terminal");
  const tables = tablesIn(lines);
  const states = tables.map((table) => Object.values(table).map(({ state }) => state).join(" "));
  assert.deepEqual(states, [
    "up up up up",
    "up up up up",
    "up down up up",
    "down down down up",
    "up up up up",
    "paused up up up",
  ]);
  const weights = tables.map((table) => Object.values(table).map(({ weight }) => weight));
  assert.deepEqual(weights, [
    [100, 50, 50, 0],
    [100, 50, 50, 0],
    [100, 0, 50, 0],
    [0, 0, 0, 100],
    [100, 50, 50, 0],
    [0, 50, 50, 0],
  ]);
  for (const [index, table] of tables.entries()) {
    assert.deepEqual(Object.keys(table), ["app1", "app2", "app3", "spare"]);
    assert.ok(Math.abs(sumOf(table, "share") - 100) < 0.15, "shares are parts of a whole");
    const weightSum = sumOf(table, "weight");
    for (const [name, { weight, share, packets }] of Object.entries(table)) {
      assert.ok(Math.abs(share - 100 * weight / weightSum) < 1, `${index + 1} ${name}: ${share} %`);
      if (weight > 0) assert.equal(packets > 0, index > 0, `${index + 1} ${name}: ${packets}`);
    }
    assert.equal(sumOf(table, "packets") > 0, index > 0);
  }
  assert.ok(lines.includes("   $ maglev set backend app1 pause"));
  assert.ok(lines.includes("   app1 is paused (was up); its flows drain"));
});

Deno.test("two demos do not disturb each other", async () => {
  const both = await Promise.all([runDemo("demo --fast"), runDemo("demo --fast")]);
  for (const { code, errors } of both) assert.deepEqual([code, errors], [0, []]);
});

Deno.test("the demo ends when nobody reads what it prints", async () => {
  const { code, errors, lines } = await runDemo("demo", { most: 5 });
  assert.deepEqual([code, errors], [0, []]);
  assert.ok(!lines.some((line) => line.startsWith("2. ")));
});

Deno.test("Ctrl-C ends the demo in the middle, and leaves nothing", async () => {
  const folder = await Deno.makeTempDir();
  const [command = "", ...args] = program;
  try {
    const demo = new Deno.Command(command, {
      args: [...args, "demo"],
      env: { TMPDIR: folder },
      ...{ stdin: "null", stdout: "piped", stderr: "piped" },
    }).spawn();
    const errors = new Response(demo.stderr).text();
    let text = "";
    for await (const part of demo.stdout.pipeThrough(new TextDecoderStream())) {
      if (!text.includes("1. ") && (text + part).includes("1. ")) {
        assert.equal([...Deno.readDirSync(folder)].length, 1);
        demo.kill("SIGINT");
      }
      text += part;
    }
    assert.deepEqual([(await demo.status).code, await errors], [0, ""]);
    assert.match(text, /The demo has ended\.\n$/);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("on a terminal each step has one table, drawn in place", {
  ignore: !hasTerminals,
}, async () => {
  await using terminal = openTerminal([...program, "demo", "--fast"], { rows: 70 });
  assert.equal(await terminal.ended(), 0);
  const screen = terminal.screen().split("\n");
  assert.equal(screen.filter((line) => line.includes("packets/s")).length, 6, screen.join("\n"));
  assert.equal(tablesIn(screen).length, 6);
});
