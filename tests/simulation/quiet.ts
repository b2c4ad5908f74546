/**
 * What is looked at when all has become quiet: no fault, no act, servers that stay as they are.
 *
 * @module
 */

import type { Checker } from "../../src/checker/mod.ts";
import type { OperatorAct } from "../../src/health/mod.ts";
import { checkCoalesced } from "./invariants/bounds.ts";
import { checkEqualTables } from "./invariants/equal_tables.ts";
import { checkFailover } from "./invariants/exact_failover.ts";
import { checkRestart } from "./invariants/restart_keeps_weights.ts";
import { checkCounted, checkVppIsDesired } from "./invariants/vpp_is_desired.ts";
import { checkQuietTicks } from "./invariants/writes_change.ts";
import { modelOf } from "./model.ts";
import { must } from "./violation.ts";
import type { VppState } from "./vpp_state.ts";
import type { World } from "./world.ts";

/** After so long every server that stays as it is has come to its state. */
const settleMs = 13_000;

/** A VPP that is there, and a warm-up, have an end by then. */
const patienceMs = 60_000;

/** Lets everything become quiet, and makes sure that VPP is what it should be. */
export async function becomeQuiet(world: World): Promise<void> {
  const { vpp, servers, random, log } = world;
  log.add("QUIET");
  const nothing = { lostReplies: 0, lostRequests: 0, refusals: 0, workMs: 0, delayMs: 0 };
  Object.assign(vpp.faults, nothing, { isStopped: false, table: "right" });
  if (vpp.vpp === null) {
    vpp.start(vpp.profile);
    world.seen.flushes.forget(modelOf(world.daemon.checker));
  }
  for (const { address } of Object.values(world.site.backends)) {
    const isSteady = ["up", "down", "silent"].includes(servers.behaviourOf(address));
    if (!isSteady) servers.set(address, random.chance() ? "up" : "down");
  }
  const isReady = () => {
    const { controller } = world.daemon;
    return (controller.vpp?.lb ?? null) !== null && controller.warmUp.phase === "over";
  };
  for (let leftMs = patienceMs; !isReady(); leftMs -= 1_000) {
    must(leftMs > 0, 2, () => `no connection: ${world.daemon.controller.absence?.reason}`);
    // Its session has the table that VPP had when it began.
    const { vpp: connected } = world.daemon.controller;
    if (connected !== null && connected.lb === null) vpp.dropClients();
    await world.step(1_000);
  }
  await world.step(settleMs);
  await world.step(tickMs(world.daemon.checker) + 3_000);
  const { checker, controller } = world.daemon;
  world.seen.flushes.check(checkNow(world));
  // A VIP that others make or delete is noticed by its counters only if the daemon changes VIPs, too.
  if (!world.isMeddledWith) {
    checkCounted([...controller.counters?.vips.keys() ?? []], [...modelOf(checker).keys()]);
  }
  world.isMeddledWith = false;
}

/** VPP is what it should be, and so is a VPP that is filled anew. */
function checkNow(world: World): VppState {
  const { vpp: { profile }, daemon: { checker } } = world;
  const state = world.state();
  must(state !== null, 2, () => "VPP is down");
  checkVppIsDesired(state, { vips: modelOf(checker), config: checker.config, profile });
  return state;
}

/** Ticks in quiet write nothing. */
export async function passTicks(world: World): Promise<void> {
  const ticks = world.random.int(1, 2);
  world.seen.writes.length = 0;
  world.seen.messages.clear();
  await world.step(ticks * tickMs(world.daemon.checker));
  checkQuietTicks({ counts: world.seen.messages, writes: world.seen.writes }, ticks);
}

/** Tables do not depend on how they came about. */
export async function compareTables(world: World): Promise<void> {
  const { vpp: { profile }, daemon: { checker } } = world;
  const addressOf = (name: string) => {
    const backend = checker.config.backends.get(name);
    if (backend === undefined) throw new Error(`there is no ${name}`);
    return backend.address;
  };
  const frontends = [...checker.frontends()];
  await checkEqualTables({ frontends, addressOf, profile, state: checkNow(world) });
}

/** One thing changes, and nothing is written but what follows from it. */
export async function failOver(world: World): Promise<void> {
  const { daemon: { checker }, random, servers, vpp: { profile }, seen: { writes }, log } = world;
  const before = modelOf(checker);
  const between: (typeof before)[] = [];
  const stopWatching = checker.onChange(() => void between.push(modelOf(checker)));
  writes.length = 0;
  const { name, address } = random.pick([...checker.config.backends.values()]);
  const act = random.pick<OperatorAct | "flip">([
    "flip",
    "flip",
    "flip",
    "disable",
    "enable",
    "pause",
  ]);
  log.add(`FAILOVER ${act} ${name}`);
  if (act === "flip") {
    servers.set(address.text, servers.behaviourOf(address.text) === "up" ? "down" : "up");
  } else {
    world.daemon.causes.act(name, act, "an operator");
    checker.act(name, act, "an operator");
  }
  for (let leftMs = settleMs; leftMs > 0; leftMs -= 1_000) {
    await world.step(1_000);
    // A VPP that answers at once is never behind.
    checkNow(world);
  }
  stopWatching();
  checkFailover({ before, between, after: modelOf(checker), writes, profile });
}

/** The daemon is another, and VPP stays as it is. */
export async function restartInQuiet(world: World): Promise<void> {
  const { log, seen: { writes } } = world;
  const before = checkNow(world);
  // Without a warm-up the first sync comes before the first probe, as the file wants it.
  const { startupMaxDelayNs } = world.config().loadBalancer;
  writes.length = 0;
  log.add("RESTART");
  await world.restart();
  let isInTime = true;
  world.daemon.checker.onChange(() => {
    const isKnown = [...modelOf(world.daemon.checker).values()].every((vip) => vip.isKnown);
    if (!isKnown && world.daemon.warmUp.isOver) isInTime = false;
  });
  await world.step(Math.min(startupMaxDelayNs / 1e6, 30_000));
  const isKnown = [...modelOf(world.daemon.checker).values()].every((vip) => vip.isKnown);
  await becomeQuiet(world);
  if (startupMaxDelayNs === 0 || !isKnown || !isInTime) return;
  checkRestart({ before, after: checkNow(world), writes });
}

/** Many want a sync at once. */
export async function askAtOnce(world: World): Promise<void> {
  const { seen: { messages }, daemon: { controller }, random } = world;
  messages.clear();
  const asked = random.int(20, 50);
  const outcomes = Array.from({ length: asked }, () => controller.sync({ kind: "all" }));
  await world.step(0);
  await Promise.all(outcomes);
  const [dumps, texts] = [messages.get("lb_vip_dump") ?? 0, messages.get("cli_inband") ?? 0];
  checkCoalesced(asked, Math.max(dumps, texts));
}

function tickMs({ config }: Pick<Checker, "config">): number {
  return config.loadBalancer.syncIntervalNs / 1e6;
}
