import assert from "node:assert/strict";
import { type MemoryVpp, memoryVpp } from "../../tests/simulation/memory_vpp.ts";
import { readState } from "../../tests/simulation/vpp_state.ts";
import { writeOf } from "../../tests/simulation/vpp_write.ts";
import { checkText, type Config, type Frontend } from "../config/mod.ts";
import { type VirtualClock, virtualClock } from "../clock.ts";
import { effectiveWeights } from "../health/mod.ts";
import { logger } from "../log.ts";
import { countMessages } from "../vpp/api/mod.ts";
import { callerOf } from "../vpp/lb/lb_fixture.ts";
import { openLb } from "../vpp/lb/mod.ts";
import type { FrontendInput } from "./desired.ts";
import {
  type Controller,
  startController,
  type Watched,
  type WatchedChange,
} from "./controller.ts";

/** A configuration with one VIP, whose backend is up. */
function configWith(syncInterval: string, frontend = ""): Config {
  const lb = `ipv4-src-address: 192.0.2.1, ipv6-src-address: "2001:db8::1", ` +
    `startup-min-delay: 0s, startup-max-delay: 0s, sync-interval: ${syncInterval}`;
  const www =
    `{ address: 198.51.100.1, pools: [{ name: main, backends: { web: {} } }]${frontend} }`;
  const result = checkText(
    `maglev: { healthchecks: {}, backends: { web: { address: 10.0.0.1 } }, ` +
      `frontends: { www: ${www} }, vpp: { lb: { ${lb} } } }`,
  );
  assert.ok(result.ok, JSON.stringify(result));
  return result.config;
}

function inputOf(frontend: Frontend): FrontendInput {
  return { frontend, weights: effectiveWeights(frontend, () => "up") };
}

/** A controller over a VPP in memory. */
interface Bench {
  readonly clock: VirtualClock;
  readonly vpp: MemoryVpp;
  readonly controller: Controller;
  /** How often VPP was asked for its VIPs since the last time. */
  looks(): number;
  reload(config: Config): void;
}

async function withBench(config: Config, test: (bench: Bench) => Promise<void>): Promise<void> {
  const clock = virtualClock();
  let looks = 0;
  const vpp = memoryVpp({
    clock,
    random: () => 0,
    profile: "weighted",
    isWrite: (arrival) => writeOf(arrival) !== null,
    watch: {
      onArrival: () => {},
      onMessage: ({ message }, carryOut) => {
        if (message.name === "lb_vip_dump") looks++;
        return carryOut();
      },
      onFailure: (error) => assert.ifError(error),
    },
  });
  let present = config;
  let tell: (change: WatchedChange) => void = () => {};
  const watched: Watched = {
    get config() {
      return present;
    },
    frontends: () => Array.from(present.frontends.values(), inputOf),
    frontend: (name) =>
      [...present.frontends.values()].map(inputOf)
        .find(({ frontend }) => frontend.name === name),
    onChange: (listener) => {
      tell = listener;
      return () => {};
    },
  };
  const controller = startController({
    ...{ watched, clock, apiPath: "api.sock", statsPath: "stats.sock", access: vpp.access },
    log: logger({ clock, sink: () => {} }),
    apiCounters: countMessages(),
  });
  await test({
    clock,
    vpp,
    controller,
    looks: () => {
      const before = looks;
      looks = 0;
      return before;
    },
    reload: (next) => {
      present = next;
      tell({ frontends: [...next.frontends.keys()], reload: {} });
    },
  });
  await controller.close();
  assert.deepEqual([vpp.held, clock.pending], [0, 0]);
  vpp.close();
}

Deno.test("a new sync-interval holds from the reload on, not from the next tick on", async () => {
  await withBench(configWith("1h"), async ({ clock, looks, reload }) => {
    await clock.advance(60_000);
    looks();
    reload(configWith("5s"));
    await clock.advance(0);
    assert.equal(looks(), 1);
    await clock.advance(20_000);
    assert.equal(looks(), 4);
    reload(configWith("1h"));
    await clock.advance(60_000);
    assert.equal(looks(), 1);
  });
});

Deno.test("a reload that leaves sync-interval alone does not put off the next tick", async () => {
  await withBench(configWith("5s"), async ({ clock, looks, reload }) => {
    await clock.advance(19_000);
    looks();
    reload(configWith("5s"));
    await clock.advance(500);
    assert.equal(looks(), 1);
    await clock.advance(500);
    assert.equal(looks(), 1);
  });
});

Deno.test("a VPP that comes back with new socket files is tried at once", async () => {
  await withBench(configWith("1h"), async ({ clock, vpp, controller }) => {
    await clock.advance(20_000);
    vpp.crash();
    await clock.advance(30_000);
    const profile = () => controller.vpp?.info.profile;
    assert.equal(profile(), undefined);
    vpp.start("classic");
    await clock.advance(250);
    assert.equal(profile(), "classic");
  });
});

Deno.test("a VIP that should stick, and that VPP refused to delete, is made anew at the next tick", async () => {
  await withBench(configWith("5s"), async ({ clock, vpp, looks, reload }) => {
    const sticks = () => {
      assert.ok(vpp.vpp !== null);
      const vip = readState(vpp.vpp, "weighted").vips.get("198.51.100.1/32 any 0");
      return vip?.isSticky;
    };
    await clock.advance(20_000);
    // Its AS, and the VIP itself.
    vpp.faults.refusals = 2;
    reload(configWith("5s", ", src-ip-sticky: true"));
    await clock.advance(0);
    assert.equal(sticks(), false);
    await clock.advance(5_000);
    assert.equal(sticks(), true);
    await clock.advance(10_000);
    looks();
    await clock.advance(10_000);
    assert.equal(looks(), 2);
  });
});

Deno.test("a VIP that is gone has no counters, also where VPP did not say that it is", async () => {
  await withBench(configWith("5s"), async ({ clock, vpp, controller, reload }) => {
    const counted = () => [...controller.counters?.vips.keys() ?? []];
    await clock.advance(20_000);
    assert.deepEqual(counted(), ["198.51.100.1/32 any 0"]);
    vpp.faults.lostReplies = 2;
    reload({ ...configWith("5s"), frontends: new Map() });
    await clock.advance(20_000);
    assert.deepEqual(counted(), []);
  });
});

Deno.test("a VIP that somebody else deletes just as the file drops it has no counters either", async () => {
  await withBench(configWith("5s"), async ({ clock, vpp, controller, reload }) => {
    const counted = () => [...controller.counters?.vips.keys() ?? []];
    await clock.advance(20_000);
    assert.deepEqual(counted(), ["198.51.100.1/32 any 0"]);
    assert.ok(vpp.vpp !== null);
    const { lb } = openLb(callerOf(vpp.vpp));
    for (const vip of await lb?.readVips({ withText: false }) ?? []) {
      for (const { address } of vip.ases) await lb?.deleteAs(vip, address, { flush: false });
      await lb?.deleteVip(vip);
    }
    reload({ ...configWith("5s"), frontends: new Map() });
    await clock.advance(20_000);
    assert.deepEqual(counted(), []);
  });
});
