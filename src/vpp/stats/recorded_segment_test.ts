import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { systemClock } from "../../clock.ts";
import { readAll } from "./segment_fixture.ts";
import { openStats } from "./stats_reader.ts";

const recordings = new URL("../../../tests/fixtures/vpp/", import.meta.url);
const packed = Deno.readFileSync(new URL("stats-segment.bin.gz", recordings));
const bytes = Uint8Array.from(gunzipSync(packed));
const reference = Deno.readTextFileSync(new URL("stats-segment.ref.txt", recordings));

/** What VPP updates every 10 s, which it did between the reference and the segment. */
const movedOn = ["/sys/heartbeat", "/sys/last_update", "/sys/loops_per_worker"];

type Read = Awaited<ReturnType<typeof readAll>>;

/** All that was read under a name, as VPP's own tool prints it. */
function printed(name: string, value: Read[string]): string[] {
  if (value === undefined) return [];
  if (typeof value === "number") return [`${value.toFixed(2)} ${name}`];
  if ("sum" in value) {
    return value.lengths.flatMap((length, thread) =>
      Array.from({ length }, (_, index) => {
        const counter = value.at(index, thread);
        const counted = typeof counter === "number"
          ? `${counter} packets`
          : `${counter.packets} packets, ${counter.bytes} bytes`;
        return `[${index} @ ${thread}]: ${counted} ${name}`;
      })
    );
  }
  return value.flatMap((text, index) => text === undefined ? [] : [`[${index}]: ${text} ${name}`]);
}

Deno.test("every value is read as VPP's own tool read it", async () => {
  const all = await readAll(openStats({ bytes, unmap: () => {} }, systemClock));
  const lines = reference.trimEnd().split("\n");
  const names = Object.keys(all).filter((name) =>
    lines.some((line) => line.endsWith(` ${name}`)) && !movedOn.includes(name)
  );
  const kept = lines.filter((line) => !movedOn.some((name) => line.endsWith(` ${name}`)));
  assert.deepEqual(names.flatMap((name) => printed(name, all[name])).sort(), kept.sort());
  assert.ok(kept.length > 150);
});

Deno.test("what VPP updates every 10 s is one update ahead of the reference", async () => {
  const all = await readAll(openStats({ bytes, unmap: () => {} }, systemClock));
  assert.match(reference, /^14\.00 \/sys\/heartbeat$/m);
  assert.equal(all["/sys/heartbeat"], 15);
  assert.match(reference, /^130\.00 \/sys\/last_update$/m);
  assert.equal(all["/sys/last_update"], 140);
  assert.equal(printed("loops", all["/sys/loops_per_worker"]).length, 2);
});

Deno.test("the directory lists all that VPP counts, symlinks as what they lead to", async () => {
  const stats = openStats({ bytes, unmap: () => {} }, systemClock);
  const directory = await stats.directory();
  assert.equal(directory.length, 3149);
  assert.deepEqual(directory.slice(0, 3), [
    { name: "/sys/heartbeat", kind: "scalar" },
    { name: "/sys/last_stats_clear", kind: "scalar" },
    { name: "/sys/boottime", kind: "scalar" },
  ]);
  const kindOf = (name: string) => directory.find((entry) => entry.name === name)?.kind;
  assert.equal(kindOf("/if/names"), "names");
  assert.equal(kindOf("/err/null-node/blackholed packets"), "simple");
  assert.equal(kindOf("/interfaces/pg0/rx"), "combined");
});

Deno.test("a symlink reads as the column that it stands for", async () => {
  const stats = openStats({ bytes, unmap: () => {} }, systemClock);
  const values = await stats.read({
    "/if/names": "names",
    "/if/rx": "combined",
    "/interfaces/pg0/rx": "combined",
    "/interfaces/pg0/drops": "simple",
    "/if/drops": "simple",
    "/err/null-node/blackholed packets": "simple",
  });
  const pg0 = values["/if/names"].indexOf("pg0");
  assert.deepEqual(values["/interfaces/pg0/rx"].sum(0), values["/if/rx"].sum(pg0));
  assert.deepEqual(values["/interfaces/pg0/rx"].sum(0), { packets: 7300, bytes: 730000 });
  assert.equal(values["/interfaces/pg0/drops"].sum(0), values["/if/drops"].sum(pg0));
  assert.equal(values["/err/null-node/blackholed packets"].sum(0), 300);
});
