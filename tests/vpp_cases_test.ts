import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { connectApi } from "../src/vpp/api/mod.ts";
import { openLb } from "../src/vpp/lb/mod.ts";
import { classicCases } from "../src/vpp/sim/classic_cases.ts";
import { type LbCase, runCase } from "../src/vpp/sim/lb_case.ts";
import { weightedCases } from "../src/vpp/sim/weighted_cases.ts";
import { vppKinds } from "./vpp_under_test.ts";

/** Cases that let minutes pass are left to the simulated VPP on a clock of its own, unless asked for. */
const withSlowCases = Deno.env.get("MAGLEV_TEST_SLOW") !== undefined;
const isQuick = ({ steps }: LbCase) => steps.every((step) => step.kind !== "wait");
const lists = { weighted: weightedCases, classic: classicCases };

for (const { name, run } of vppKinds) {
  Deno.test(`${name}, over its socket, passes the cases of the simulated one`, async (test) => {
    const vpp = await run();
    // VPP counts whole seconds since its start, and 0 of them means never.
    await systemClock.sleep(1_100);
    const api = await connectApi({ path: vpp.apiPath });
    const caseVpp = {
      call: api.call.bind(api),
      dump: api.dump.bind(api),
      wait: (seconds: number) => systemClock.sleep(1_000 * seconds),
    };
    const { lb } = openLb(api);
    assert.ok(lb !== null);
    const cases = lists[lb.profile].filter((each) => withSlowCases || isQuick(each));
    for (const each of cases) await test.step(each.name, () => runCase(caseVpp, each));
    await api.close();
    await vpp.end();
  });
}
