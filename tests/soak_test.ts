import assert from "node:assert/strict";
import { type Behaviour, behaviourAt } from "./soak/behaviour.ts";
import { soakConfiguration, type SoakVersion } from "./soak/configuration.ts";
import { quantileMs } from "./soak/figures.ts";
import { slopePerHour } from "./soak/report.ts";
import { eventOrder } from "./soak/streams.ts";
import { checkText } from "../src/config/mod.ts";
import type { Event } from "../src/rpc/maglev_pb.ts";
import { executable } from "./executable.ts";

const isGiven = Deno.env.get("MAGLEV_TEST_EXECUTABLE") !== undefined;
const script = new URL("../scripts/soak", import.meta.url).pathname;

/** Runs a soak whose folders are in one that is looked into afterwards. */
async function runSoak(args: readonly string[], { endsAt }: { endsAt?: RegExp } = {}) {
  const folder = await Deno.makeTempDir({ prefix: "maglev-soak-test-" });
  try {
    const child = new Deno.Command(script, {
      args: ["--executable", await executable(), "--backends", "100", "--frontends", "10", ...args],
      env: { TMPDIR: folder },
      ...{ stdin: "null", stdout: "piped", stderr: "piped" },
    }).spawn();
    const out = new Response(child.stdout).text();
    let err = "";
    let isEnded = endsAt === undefined;
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
      err += part;
      if (isEnded || !endsAt?.test(err)) continue;
      isEnded = true;
      child.kill("SIGINT");
    }
    const { code } = await child.status;
    return { code, out: await out, err, left: [...Deno.readDirSync(folder)] };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the files of a soak are right, but for the wrong one", () => {
  for (const backends of [20, 100, 2_000]) {
    const site = { backends, frontends: backends / 10, ports: { http: 8, tcp: 9 }, probeMs: 5_000 };
    const isRight = (version: SoakVersion) => checkText(soakConfiguration(site, version)).ok;
    assert.deepEqual(["first", "second", "wrong"].map((name) => isRight(name as SoakVersion)), [
      ...[true, true, false],
    ]);
  }
});

Deno.test("most servers of a soak answer at any time, and each fails in each way in its time", () => {
  const seen = (backends: number, turns: number) => {
    const counts: Partial<Record<Behaviour, number>> = {};
    for (let backend = 0; backend < backends; backend++) {
      for (let turn = 0; turn < turns; turn++) {
        const moment = { seed: 1, backend, elapsedMs: 1_000 * turn, behaviourMs: 1_000 };
        const behaviour = behaviourAt(moment);
        assert.equal(behaviour, behaviourAt(moment));
        counts[behaviour] = (counts[behaviour] ?? 0) + 1;
      }
    }
    return counts;
  };
  for (const counts of [seen(1_000, 1), seen(1, 1_000)]) {
    assert.ok((counts.answers ?? 0) > 700 && (counts.answers ?? 0) < 900, JSON.stringify(counts));
    assert.equal(Object.keys(counts).length, 4);
  }
});

Deno.test("who reads events in a soak notices what is out of order or missing", () => {
  const transition = { to: "up", atUnixNs: 0n, cause: "", detail: "" };
  const told = { backendName: "b1", frontendNames: [] };
  const state = { backend: { ...told, transition: { ...transition, from: "up" } } };
  const change = { backend: { ...told, transition: { ...transition, from: "down" } } };
  const lost = (count: bigint) => ({ lost: { count } });
  const at = (sequence: bigint, what: Omit<Event, "sequence" | "atUnixNs">): Event => (
    { ...what, sequence, atUnixNs: 0n }
  );
  const cases: readonly (readonly [readonly Event[], RegExp | null])[] = [
    [[at(5n, state), at(5n, state), at(6n, change), at(7n, change)], null],
    [[at(5n, state), at(9n, lost(4n)), at(10n, change), at(11n, lost(1n))], null],
    [[at(5n, change)], /does not begin with a state/],
    [[at(5n, state), at(5n, change)], /event 5 is no state/],
    [[at(5n, state), at(6n, change), at(6n, change)], /event 6 comes after 6/],
    [[at(5n, state), at(7n, change)], /1 events before 7 are missing/],
    [[at(5n, state), at(9n, lost(3n))], /1 events before 9 are missing/],
  ];
  for (const [events, expected] of cases) {
    const request = { logLevel: "info", weight: true, reload: true };
    const problems = events.map(eventOrder(request)).filter((problem) => problem !== null);
    if (expected === null) assert.deepEqual(problems, []);
    else assert.match(problems.join(), expected);
    // Who does not want everything cannot know what is missing.
    const partial = events.map(eventOrder({ ...request, log: false }));
    if (expected?.source.includes("missing")) assert.ok(partial.every((each) => each === null));
  }
});

Deno.test("a soak's slopes are those of the second half, and its quantiles bounds", () => {
  const moments = Array.from({ length: 100 }, (_, second) => ({
    ...{ elapsedSeconds: second, heapMib: 0, descriptors: 7 },
    rssMib: second < 50 ? 1_000 - second : second / 36,
  }));
  const slopes = (["rssMib", "heapMib", "descriptors"] as const).map((key) =>
    Math.round(slopePerHour(moments, key))
  );
  assert.deepEqual(slopes, [100, 0, 0]);
  const counts = [90, 9, 0, 1];
  assert.deepEqual([0.5, 0.99, 1].map((part) => quantileMs(counts, part)), [1, 2.5, 10]);
});

Deno.test({
  name: "the executable holds under load (needs MAGLEV_TEST_EXECUTABLE)",
  ignore: !isGiven,
  fn: async () => {
    const { code, out, err, left } = await runSoak(["--seconds", "15", "--json"]);
    assert.equal(code, 0, err);
    const { ok, checks, problems } = JSON.parse(out);
    assert.deepEqual({ ok, problems, left }, { ok: true, problems: [], left: [] }, err);
    assert.ok(checks.length > 10, err);
    assert.match(err, /\nOK after \d+ s\n$/);
  },
});

Deno.test({
  name: "Ctrl-C ends a soak in the middle, and leaves nothing (needs MAGLEV_TEST_EXECUTABLE)",
  ignore: !isGiven,
  fn: async () => {
    const { code, out, err, left } = await runSoak(["--seconds", "60", "--json"], {
      endsAt: /^ +\d:\d\d /m,
    });
    assert.deepEqual({ code, out, left }, { code: 130, out: "", left: [] }, err);
    assert.match(err, /\ninterrupted\n$/);
  },
});
