/**
 * Measures what the daemon holds after a day, and after as many streams as a day may have.
 *
 * @module
 */

import { systemClock } from "../../src/clock.ts";
import { rpcClient } from "../../src/rpc/client.ts";
import { methods, serviceName } from "../../src/rpc/maglev_pb.ts";
import { dial, parseServerAddress } from "../../src/transport/mod.ts";
import { type ApiDaemon, withApiDaemon } from "../../tests/clients/api_daemon.ts";
import { figure } from "./figure.ts";
import type { Extent, Figure, Row } from "./row.ts";

/** The row about a day. */
export const afterDay: Row = {
  name: "memory after a day's worth of probes and streams",
  goal: "flat",
  how:
    "tests/daemon_day_test.ts: the daemon's heap after garbage collection in the evening, less " +
    "that in the morning; and the resident memory of a daemon on whose API streams of events are " +
    "opened and left, after each quarter of them",
  measure: async (extent) => [
    ...extent === "full" ? await measureDay() : [],
    ...await measureStreams(extent),
  ],
};

/** What is held at a moment when nothing is under way. */
interface Holdings {
  readonly heapMB: number;
  readonly descriptors: number;
  readonly timers: number;
}

/** What the day's test reports. */
interface Day {
  readonly morning: Holdings;
  readonly evening: Holdings;
  readonly happened: Readonly<Record<"probes" | "transitions" | "syncs" | "scrapes", number>>;
  readonly events: number;
}

async function measureDay(): Promise<readonly Figure[]> {
  const day = new URL("../../tests/fixtures/daemon_day.ts", import.meta.url).pathname;
  const report = await Deno.makeTempFile({ prefix: "maglev-bench-" });
  try {
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", "--no-check", "--quiet", day],
      env: { NO_COLOR: "1", MAGLEV_TEST_REPORT: report },
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stdout));
    const { morning, evening, happened, events }: Day = JSON.parse(
      await Deno.readTextFile(report),
    );
    const grown = (of: keyof Holdings) => evening[of] - morning[of];
    return [
      // What the runtime learns of the code goes on growing, ever more slowly.
      figure({ what: "a day: heap grown", unit: "MB", atMost: 1.5 }, grown("heapMB")),
      figure({ what: "a day: descriptors more", unit: "", atMost: 3 }, grown("descriptors")),
      figure({ what: "a day: timers more", unit: "", atMost: 3 }, grown("timers")),
      figure({ what: "a day: heap in the evening", unit: "MB" }, evening.heapMB),
      ...Object.entries({ ...happened, "events read": events }).map(([what, count]) =>
        figure({ what: `a day: ${what}`, unit: "" }, count)
      ),
    ];
  } finally {
    await Deno.remove(report);
  }
}

const everything = { logLevel: "", weight: true, reload: true };

async function measureStreams(extent: Extent): Promise<readonly Figure[]> {
  const streams = extent === "full" ? 10_000 : 400;
  const resident: number[] = [];
  await withApiDaemon(async (daemon) => {
    for (let quarter = 0; quarter < 4; quarter++) {
      await openAndLeave(daemon, streams / 4);
      resident.push(daemon.vitals().rssMib * 1.048576);
    }
  });
  const [, second = NaN, , last = NaN] = resident;
  return [
    figure(
      { what: "streams: memory grown in the second half", unit: "MB", atMost: 8 },
      last - second,
    ),
    figure({ what: "streams: memory", unit: "MB" }, resident),
    figure({ what: "streams", unit: "" }, streams),
  ];
}

/** Opens streams of events, 25 at a time on a connection, and leaves each after its first event. */
async function openAndLeave(
  { targets: [target], metric }: ApiDaemon,
  count: number,
): Promise<void> {
  const parsed = parseServerAddress(target);
  if ("problem" in parsed) throw new Error(parsed.problem);
  const { signal } = new AbortController();
  const clock = systemClock;
  for (let left = count; left > 0; left -= 25) {
    const transport = await dial(parsed.value, { signal, clock });
    const client = rpcClient({ transport, service: serviceName, authority: target, clock });
    await Promise.all(Array.from({ length: Math.min(25, left) }, async () => {
      for await (const _event of client.stream(methods.WatchEvents, everything)) break;
    }));
    client.close();
  }
  let subscribers: number | undefined;
  for (let turn = 0; turn < 200 && subscribers !== 0; turn++) {
    subscribers = await metric("maglev_event_subscribers");
  }
  if (subscribers !== 0) throw new Error(`${subscribers} subscribers are left`);
}
