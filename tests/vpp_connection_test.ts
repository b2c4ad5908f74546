import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { ApiError, connectApi } from "../src/vpp/api/mod.ts";
import { attachStats } from "../src/vpp/stats/attach.ts";
import { openLb } from "../src/vpp/lb/mod.ts";
import { controlPing, showVersion } from "../src/vpp/wire/mod.ts";
import { vppKinds } from "./vpp_under_test.ts";

for (const { name, run, isReal } of vppKinds) {
  Deno.test(`${name}: 20,000 pings in flight are all answered`, async () => {
    const vpp = await run();
    const api = await connectApi({ path: vpp.apiPath });
    const pings = await Promise.all(
      Array.from({ length: 20_000 }, () => api.call(controlPing, {})),
    );
    assert.equal(new Set(pings.map(({ vpePid }) => vpePid)).size, 1);
    await api.close();
    await vpp.end();
  });

  Deno.test(`${name}: killed in the middle of 1,000 calls, each ends with a named error in a second`, async () => {
    const vpp = await run();
    const api = await connectApi({ path: vpp.apiPath });
    vpp.pause();
    const outcomes = Promise.allSettled(
      Array.from({ length: 1_000 }, () => api.call(controlPing, {})),
    );
    await systemClock.sleep(50);
    const start = performance.now();
    await vpp.kill();
    for (const outcome of await outcomes) {
      assert.ok(outcome.status === "rejected");
      assert.ok(outcome.reason instanceof ApiError);
      assert.equal(outcome.reason.code, "closed");
    }
    assert.ok(performance.now() - start < 1_000);
    await assert.rejects(connectApi({ path: vpp.apiPath }), { code: "unreachable" });

    await vpp.start();
    const again = await connectApi({ path: vpp.apiPath });
    assert.equal((await again.call(controlPing, {})).retval, 0);
    await again.close();
    await vpp.end();
  });

  Deno.test(`${name}: stopped for longer than a call waits, it is not responding, then goes on`, async () => {
    const vpp = await run();
    const api = await connectApi({ path: vpp.apiPath });
    vpp.pause();
    const timeoutMs = 300;
    await assert.rejects(api.call(controlPing, {}, { timeoutMs }), {
      code: "not-responding",
      message: /VPP is not responding: no answer to control_ping in 0.3 s/,
    });
    await assert.rejects(api.call(showVersion, {}, { timeoutMs }), { code: "not-responding" });
    vpp.resume();
    assert.equal((await api.call(controlPing, {})).retval, 0);
    assert.match((await api.call(showVersion, {})).version, isReal ? /^\d\d\.\d\d/ : /simulation$/);
    await api.close();
    await vpp.end();
  });

  Deno.test(`${name}: the stats segment survives the VPP that made it, and another is attached`, async () => {
    const vpp = await run();
    const stats = await attachStats({ path: vpp.statsPath });
    const wanted = { "/sys/boottime": "scalar", "/sys/heartbeat": "scalar" } as const;
    const before = await stats.read(wanted);
    assert.ok(Math.abs((before["/sys/boottime"] ?? 0) - Date.now() / 1_000) < 60);
    await vpp.kill();
    assert.equal((await stats.read(wanted))["/sys/boottime"], before["/sys/boottime"]);
    await systemClock.sleep(1_100);
    await vpp.start();
    const again = await attachStats({ path: vpp.statsPath });
    const after = await again.read(wanted);
    assert.ok((after["/sys/boottime"] ?? 0) > (before["/sys/boottime"] ?? Infinity));
    stats.close();
    again.close();
    await vpp.end();
  });

  Deno.test(`${name}: two clients at once do not disturb each other`, async () => {
    const vpp = await run();
    const [one, two] = await Promise.all([
      connectApi({ path: vpp.apiPath, name: "one" }),
      connectApi({ path: vpp.apiPath, name: "two" }),
    ]);
    const calls = [one, two].flatMap((api) =>
      Array.from({ length: 500 }, () => api.call(controlPing, {}))
    );
    const retvals = (await Promise.all(calls)).map(({ retval }) => retval);
    assert.deepEqual(retvals, Array(1_000).fill(0));
    await one.close();
    assert.deepEqual(await openLb(two).lb?.readVips({ withText: true }), [], "the other goes on");
    await two.close();
    await vpp.end();
  });
}
