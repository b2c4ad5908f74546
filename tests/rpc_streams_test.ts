import assert from "node:assert/strict";
import { type ApiDaemon, assertFlat, withApiDaemon } from "./clients/api_daemon.ts";
import { startGrpcJs } from "./clients/client_program.ts";
import { sleep } from "./clients/raw_connection.ts";

const events = 10_000;
const reading = 150;
const silent = 50;

/** Waits until so many watch. */
async function subscribers({ metric }: ApiDaemon, count: number): Promise<void> {
  let last: number | undefined;
  for (let turn = 0; turn < 200; turn++) {
    last = await metric("maglev_event_subscribers");
    if (last === count) return;
    await sleep(50);
  }
  assert.equal(last, count);
}

Deno.test("200 event streams, of which 50 do not read, hold up no call and lose nothing untold", async () => {
  await withApiDaemon(async (daemon) => {
    const [target] = daemon.targets;
    await startGrpcJs("crowd_client.ts", target, "set", "100").ended();
    const before = daemon.vitals();
    const counts = [events, reading, silent].map(String);
    const crowd = startGrpcJs("crowd_client.ts", target, "watch", ...counts);
    await subscribers(daemon, reading + silent);
    const [calls] = await startGrpcJs("crowd_client.ts", target, "set", String(events)).ended();
    const whileFull = daemon.vitals();
    assert.equal(calls?.wrong, 0, JSON.stringify(calls));
    assert.ok(Number(calls?.medianMs) <= 20, JSON.stringify(calls));

    const observed = await crowd.ended();
    const of = (who: string) => observed.find((each) => each.who === who);
    for (const who of ["reading", "silent, in the end"]) {
      const { least, most, inOrder } = of(who) ?? {};
      assert.deepEqual({ who, least, most, inOrder }, {
        ...{ who, least: events, most: events, inOrder: true },
      });
    }
    assert.equal(of("silent")?.received, 0);
    assert.ok(
      Number(of("silent, in the end")?.lost) > 0,
      "nothing was lost by those who did not read",
    );
    assert.deepEqual(observed.filter(({ ended }) => ended !== undefined), []);
    await subscribers(daemon, 0);
    assert.ok(whileFull.rssMib - before.rssMib < 250, `${before.rssMib}, ${whileFull.rssMib} MiB`);
    assertFlat(before, daemon.vitals(), 250);
  });
});

Deno.test("5,000 streams that were opened and cancelled leave no subscriber", async () => {
  await withApiDaemon(async (daemon) => {
    const [target] = daemon.targets;
    const cancelled = () => startGrpcJs("crowd_client.ts", target, "cancel", "2500").ended();
    assert.deepEqual(await cancelled(), [{ cancelled: { CANCELLED: 2_500 } }]);
    await subscribers(daemon, 0);
    const before = daemon.vitals();
    assert.deepEqual(await cancelled(), [{ cancelled: { CANCELLED: 2_500 } }]);
    await subscribers(daemon, 0);
    assertFlat(before, daemon.vitals(), 32);
  });
});
