import assert from "node:assert/strict";
import { replaceReport } from "../scripts/benchmarks/page.ts";
import { goalRows } from "../scripts/benchmarks/rows.ts";

const root = new URL("..", import.meta.url);

async function runBench(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(`${root.pathname}scripts/bench`, {
    args: [...args],
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

Deno.test("scripts/bench measures a row, and says what it came to and on which machine", async () => {
  const { code, out, err } = await runBench("--only", "/metrics", "--short", "--json");
  assert.equal(code, 0, err);
  const { machine, warnings, rows } = JSON.parse(out);
  for (const key of ["cpu", "cores", "memoryGB", "kernel", "deno", "vpp", "load", "date"]) {
    assert.ok(key in machine, key);
  }
  assert.ok(Array.isArray(warnings));
  assert.equal(rows.length, 1);
  const [{ name, goal, how, verdict, figures, absences }] = rows;
  const scraped = goalRows.find((row) => row.name === name);
  assert.deepEqual({ goal, how }, { goal: scraped?.goal, how: scraped?.how });
  assert.match(verdict, /^(met|missed)$/);
  assert.deepEqual(absences, []);
  const [first] = figures;
  for (const key of ["value", "least", "most"]) assert.ok(first[key] > 0, JSON.stringify(first));
  const { unit, of, n, atMost, met } = first;
  assert.deepEqual({ unit, of, n, atMost }, { unit: "ms", of: "once", n: 1, atMost: 20 });
  assert.equal(typeof met, "boolean");
});

for (
  const [args, complaint] of [
    [["--only", "no-such-row"], /no row is called so: one-shot/],
    [["--write"], /--write needs --markdown/],
    [["--markdown", "--write", "--short"], /--write needs --markdown, and a whole report/],
    [["--json", "--markdown"], /exclude each other/],
    [["--fast"], /--fast.*\nusage:/],
  ] as const
) {
  Deno.test(`scripts/bench ${args.join(" ")} is refused`, async () => {
    const { code, out, err } = await runBench(...args);
    assert.deepEqual({ code, out }, { code: 2, out: "" });
    assert.match(err, complaint);
  });
}

Deno.test("docs/performance.md has all goals, in order", async () => {
  const page = await Deno.readTextFile(new URL("docs/performance.md", root));
  const [, report = ""] = page.split("## The report");
  const [, table = ""] = report.split(/^\| what .*\n\|[ |-]+\n/m);
  const told = table.split("\n\n")[0]?.split("\n")
    .map((line) => line.split("|").slice(1, 3).map((cell) => cell.trim()));
  assert.deepEqual(told, goalRows.map(({ name, goal }) => [name, goal]));
});

Deno.test("a report takes the place of the one before, and nothing else", async () => {
  const text = await Deno.readTextFile(new URL("docs/performance.md", root));
  const file = await Deno.makeTempFile({ suffix: ".md" });
  const page = new URL(`file://${file}`);
  try {
    await Deno.writeTextFile(file, text);
    await replaceReport(page, "A report.");
    await replaceReport(page, "Another report.");
    const replaced = await Deno.readTextFile(file);
    assert.ok(replaced.includes("\n\nAnother report.\n\n") && !replaced.includes("A report."));
    const parts = (of: string) => of.split(/^(?=## )/m);
    const others = (of: string) => parts(of).filter((part) => !part.startsWith("## The report"));
    assert.deepEqual(others(replaced), others(text));
    await Deno.writeTextFile(file, "no marks");
    await assert.rejects(replaceReport(page, "third"), /no "<!-- From here/);
  } finally {
    await Deno.remove(file);
  }
});
