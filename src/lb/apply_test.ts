import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { logger, type LogRecord } from "../log.ts";
import { ApiError } from "../vpp/api/mod.ts";
import { connected } from "../vpp/api/peer_fixture.ts";
import { address, vipKey } from "../vpp/lb/lb_fixture.ts";
import { type LbClient, LbError, openLb, vipKeyText } from "../vpp/lb/mod.ts";
import { applyPlan, type ApplyResult } from "./apply.ts";
import type { Action } from "./action.ts";
import { flushKey } from "./flush_key.ts";
import { desiredVip, observedVip, planned } from "./plan_fixture.ts";
import { carryOut, simulatedLb } from "./simulated_lb_fixture.ts";

/** What was sent: `add 198.51.100.1/32 tcp 80`, `weigh 198.51.100.1/32 tcp 80 10.0.0.1 0`. */
type Answer = (sent: string) => Promise<void> | void;

/** A load balancer that answers as it is told. */
function scriptedLb(answer: Answer = () => {}): { readonly lb: LbClient; readonly sent: string[] } {
  const sent: string[] = [];
  const send = async (...words: readonly (string | number)[]) => {
    const text = words.join(" ");
    sent.push(text);
    await answer(text);
  };
  const unused = () => Promise.reject(new Error("this is not for plans"));
  const lb: LbClient = {
    profile: "weighted",
    readSettings: unused,
    writeSettings: unused,
    readVips: unused,
    flushVip: unused,
    addVip: (vip) => send("add", vipKeyText(vip)),
    deleteVip: (key) => send("delete", vipKeyText(key)),
    addAs: (key, { text }, weight) => send("add", vipKeyText(key), text, weight),
    deleteAs: (key, { text }, { flush }) =>
      send("delete", vipKeyText(key), text, ...(flush ? ["flush"] : [])),
    setWeight: (key, { text }, weight, { flush }) =>
      send("weigh", vipKeyText(key), text, weight, ...(flush ? ["flush"] : [])),
  };
  return { lb, sent };
}

/** Refuses what matches. */
function refusing(pattern: RegExp, retval = -6): Answer {
  return (sent) => {
    if (pattern.test(sent)) throw new LbError(sent, retval);
  };
}

interface Applied {
  readonly result: Promise<ApplyResult>;
  readonly records: readonly LogRecord[];
}

/** Applies a plan, and keeps what is logged. */
function apply(lb: LbClient, actions: readonly Action[], clock = virtualClock()): Applied {
  const records: LogRecord[] = [];
  const log = logger({ clock, sink: () => {}, level: "error" });
  log.subscribe("debug", (record) => records.push(record));
  return { result: applyPlan(lb, actions, { log, clock, level: "info" }), records };
}

/** What is known of a record: its level, its name, its attributes. */
const plain = ({ level, msg, attributes }: LogRecord) => [level, msg, attributes];

const vip = "198.51.100.1/32 tcp 80";
const www = "www 198.51.100.1 tcp 80";
const shop = "shop 198.51.100.2 tcp 80";

Deno.test("each action is done, counted, and logged under its own name", async () => {
  const desired = [
    desiredVip(www, "10.0.0.1 50, 10.0.0.3 10, 10.0.0.4 0 flush"),
    desiredVip(shop, "10.0.0.1 50"),
  ];
  const observed = [
    observedVip("198.51.100.1 tcp 80", "10.0.0.1 40, 10.0.0.2 0, 10.0.0.4 10"),
    observedVip("198.51.100.3"),
  ];
  const { lb, sent } = scriptedLb();
  const { result, records } = apply(lb, planned(desired, observed));
  assert.deepEqual((await result).counts, {
    vipAdded: 1,
    vipRemoved: 1,
    asAdded: 2,
    asRemoved: 1,
    asWeightUpdated: 2,
    failed: 0,
  });
  assert.deepEqual(sent.toSorted(), [
    "add 198.51.100.1/32 tcp 80 10.0.0.3 10",
    "add 198.51.100.2/32 tcp 80",
    "add 198.51.100.2/32 tcp 80 10.0.0.1 50",
    "delete 198.51.100.1/32 tcp 80 10.0.0.2 flush",
    "delete 198.51.100.3/32 any 0",
    "weigh 198.51.100.1/32 tcp 80 10.0.0.1 50",
    "weigh 198.51.100.1/32 tcp 80 10.0.0.4 0 flush",
  ]);
  const frontend = "www";
  const byName = (a: LogRecord, b: LogRecord) => a.msg < b.msg ? -1 : a.msg > b.msg ? 1 : 0;
  assert.deepEqual(records.toSorted(byName).map(plain), [
    ["info", "vpp-lbsync-as-add", {
      ...{ frontend, vip, backend: "web3", address: "10.0.0.3", weight: 10 },
      why: "web3 is up",
    }],
    ["info", "vpp-lbsync-as-add", {
      ...{ frontend: "shop", vip: "198.51.100.2/32 tcp 80" },
      ...{ backend: "web1", address: "10.0.0.1", weight: 50, why: "web1 is up" },
    }],
    ["info", "vpp-lbsync-as-del", {
      ...{ frontend, vip, address: "10.0.0.2", flush: true },
      why: "no backend of www has this address",
    }],
    ["info", "vpp-lbsync-as-weight", {
      ...{ frontend, vip, backend: "web1", address: "10.0.0.1", from: 40, to: 50, flush: false },
      why: "web1 is up",
    }],
    ["info", "vpp-lbsync-as-weight", {
      ...{ frontend, vip, backend: "web4", address: "10.0.0.4", from: 10, to: 0, flush: true },
      why: "web4 is down",
    }],
    ["info", "vpp-lbsync-vip-add", {
      ...{ frontend: "shop", vip: "198.51.100.2/32 tcp 80", encap: "gre4" },
      ...{ "src-ip-sticky": false, "flow-table-length": 1024, why: "not in VPP" },
    }],
    ["info", "vpp-lbsync-vip-del", { vip: "198.51.100.3/32 any 0", why: "no frontend has it" }],
  ]);
});

Deno.test("a VIP that is made anew is logged so, with the reason", async () => {
  const desired = [desiredVip(www, "", { srcIpSticky: true })];
  const actions = planned(desired, [observedVip("198.51.100.1 tcp 80")]);
  const { result, records } = apply(scriptedLb().lb, actions);
  const { counts } = await result;
  assert.deepEqual([counts.vipRemoved, counts.vipAdded], [1, 1]);
  const why = "src-ip-sticky: false → true";
  assert.deepEqual(records.map(({ msg, attributes }) => [msg, attributes["why"]]), [
    ["vpp-lbsync-vip-recreate", why],
    ["vpp-lbsync-vip-add", why],
  ]);
});

Deno.test("after a refusal the VIP is left alone, and the others go on", async () => {
  const desired = [desiredVip(www, "10.0.0.1, 10.0.0.2"), desiredVip(shop, "10.0.0.1")];
  const actions = planned(desired, []);
  const { lb, sent } = scriptedLb(refusing(/^add 198.51.100.1\/32 tcp 80$/, -81));
  const { result, records } = apply(lb, actions);
  const { counts, failures } = await result;
  assert.deepEqual(sent, [
    "add 198.51.100.1/32 tcp 80",
    "add 198.51.100.2/32 tcp 80",
    "add 198.51.100.2/32 tcp 80 10.0.0.1 100",
  ]);
  assert.deepEqual([counts.vipAdded, counts.asAdded, counts.failed], [1, 1, 1]);
  assert.deepEqual(failures.map(({ action, error }) => [action, error.code]), [
    [actions[0], "VALUE_EXIST"],
  ]);
  assert.deepEqual(records.filter(({ level }) => level === "error").map(plain), [
    ["error", "vpp-lbsync-error", {
      frontend: "www",
      vip,
      action: "vip-add www 198.51.100.1/32 tcp 80 gre4 1024: not in VPP",
      code: "VALUE_EXIST",
      retval: -81,
    }],
  ]);
});

Deno.test("an AS does not leave when the one that should replace it was refused", async () => {
  const desired = [desiredVip(www, "10.0.0.1 100, 10.0.0.2 0 flush")];
  const before = "10.0.0.1 0, 10.0.0.2 100, 10.0.0.3 100";
  const actions = planned(desired, [observedVip("198.51.100.1 tcp 80", before)]);
  const { lb, sent } = scriptedLb(refusing(/10.0.0.1 100/));
  const { counts, failures } = await apply(lb, actions).result;
  assert.deepEqual(sent, ["weigh 198.51.100.1/32 tcp 80 10.0.0.1 100"]);
  assert.deepEqual([counts.failed, counts.asWeightUpdated, failures.length], [1, 0, 1]);
});

Deno.test("many refusals of one VIP are one failure and one line, and all are counted", async () => {
  const desired = [desiredVip(www, "10.0.0.1 1, 10.0.0.2 1, 10.0.0.3 1")];
  const observed = [observedVip("198.51.100.1 tcp 80", "10.0.0.1 5, 10.0.0.2 5, 10.0.0.3 5")];
  const { lb, sent } = scriptedLb(refusing(/./));
  const { result, records } = apply(lb, planned(desired, observed));
  const { counts, failures } = await result;
  assert.deepEqual([sent.length, counts.failed], [3, 3]);
  assert.deepEqual(failures.map(({ error }) => error.message), [
    "VPP refuses weigh 198.51.100.1/32 tcp 80 10.0.0.1 1: NO_SUCH_ENTRY (-6)",
  ]);
  assert.deepEqual(records.map(({ msg }) => msg), ["vpp-lbsync-error"]);
});

Deno.test("what of a VIP comes later in the plan is left out as well once it has failed", async () => {
  const desired = [
    desiredVip("a 198.51.100.1 tcp 80", "2001:db8::1"),
    desiredVip("b 198.51.100.1 tcp 443", "2001:db8::1"),
  ];
  const observed = [observedVip("198.51.100.1 tcp 80"), observedVip("198.51.100.1 tcp 443")];
  const { lb, sent } = scriptedLb(refusing(/^delete 198.51.100.1\/32 tcp 80/));
  const { failures } = await apply(lb, planned(desired, observed)).result;
  assert.ok(!sent.includes("add 198.51.100.1/32 tcp 80 2001:db8::1 100"));
  assert.ok(sent.includes("add 198.51.100.1/32 tcp 443 2001:db8::1 100"));
  assert.deepEqual(failures.map(({ action }) => action.frontend), ["a"]);
});

Deno.test("nothing waits for the answers that other VIPs get", async () => {
  const never = new Promise<void>(() => {});
  const frontends = Array.from({ length: 100 }, (_, index) => `w 198.51.100.${index} tcp 80`);
  const desired = frontends.map((text) => desiredVip(text, "10.0.0.1 1, 10.0.0.2 2"));
  const { lb, sent } = scriptedLb(() => never);
  apply(lb, planned(desired, []));
  await virtualClock().advance(1);
  assert.equal(sent.length, 64);
  assert.ok(sent.every((text, index) => text === `add 198.51.100.${index}/32 tcp 80`));
});

Deno.test("a connection that is lost ends it with its error, when what was sent has ended", async () => {
  const gone = new ApiError("closed", "the connection to VPP was closed");
  const last = Promise.withResolvers<void>();
  const desired = [desiredVip(www, "10.0.0.1"), desiredVip(shop, "10.0.0.1")];
  const { lb, sent } = scriptedLb((sent) => {
    if (sent === "add 198.51.100.1/32 tcp 80") throw gone;
    return last.promise;
  });
  const { result, records } = apply(lb, planned(desired, []));
  let isOver = false;
  const rejected = assert.rejects(result.finally(() => isOver = true), (error) => error === gone);
  await virtualClock().advance(1);
  assert.equal(isOver, false);
  last.resolve();
  await rejected;
  assert.deepEqual(sent, ["add 198.51.100.1/32 tcp 80", "add 198.51.100.2/32 tcp 80"]);
  assert.deepEqual(records.map(({ msg }) => msg), ["vpp-lbsync-vip-add"]);
});

Deno.test("the time that it took is told", async () => {
  const clock = virtualClock();
  const { lb } = scriptedLb(() => clock.sleep(7));
  const { result } = apply(lb, planned([desiredVip(www, "10.0.0.1")], []), clock);
  await clock.advance(20);
  assert.equal((await result).durationMs, 14);
});

Deno.test("an empty plan sends nothing", async () => {
  const { lb, sent } = scriptedLb();
  const { result, records } = apply(lb, []);
  const { counts, failures } = await result;
  assert.deepEqual(Object.values(counts), [0, 0, 0, 0, 0, 0]);
  assert.deepEqual([sent, failures, records], [[], [], []]);
});

Deno.test("as many messages are in flight as the connection lets through", async () => {
  const { api, peer, clock } = await connected(({ message, context }, peer) => {
    if (!("reply" in message)) return;
    clock.setTimer(1, () => peer.reply(message.reply as typeof message, { retval: 0 }, context));
  });
  const { lb } = openLb(api);
  assert(lb !== null);
  const frontends = Array.from({ length: 200 }, (_, index) => `w 198.51.100.${index} tcp 80`);
  const desired = frontends.map((text) => desiredVip(text, "10.0.0.1 1, 10.0.0.2 2"));
  const { result } = apply(lb, planned(desired, []), clock);
  await clock.advance(1_000);
  const { counts } = await result;
  assert.deepEqual([counts.vipAdded, counts.asAdded, counts.failed], [200, 400, 0]);
  assert.equal(peer.mostUnanswered, 64);
  api.abandon(new ApiError("closed", "the test is over"));
});

Deno.test("without weights, VPP takes the flush of an AS that lingers", async () => {
  const { lb } = simulatedLb("classic");
  const profile = lb.profile;
  const read = () => lb.readVips({ withText: true });
  await carryOut(lb, planned([desiredVip(www, "10.0.0.1")], [], { profile }));
  const desired = [desiredVip(www, "10.0.0.1 0")];
  await carryOut(lb, planned(desired, await read(), { profile }));
  const pendingFlushes = new Set([flushKey(vipKey("198.51.100.1 tcp 80"), address("10.0.0.1"))]);
  const actions = planned(desired, await read(), { profile, pendingFlushes });
  assert.equal(actions.length, 1);
  await carryOut(lb, actions);
});
