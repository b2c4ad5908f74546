/**
 * What may happen to a daemon, drawn at random.
 *
 * @module
 */

import type { OperatorAct } from "../../src/health/mod.ts";
import { callerOf } from "../../src/vpp/lb/lb_fixture.ts";
import { type LbClient, openLb, type Profile, type Vip, vipKeyText } from "../../src/vpp/lb/mod.ts";
import { configOf, drawWeight, editSite } from "./draw_site.ts";
import { modelOf } from "./model.ts";
import { behaviours } from "./servers.ts";
import type { Traits } from "./traits.ts";
import type { World } from "./world.ts";

/** Something that happens; what it was, in words. */
interface Act {
  /** How often, compared with the others. */
  readonly share: number;
  /** Only in runs in which this may happen. Default: in all. */
  readonly trait?: keyof Traits;
  readonly perform: (world: World) => Promise<string> | string;
}

const operatorActs: readonly OperatorAct[] = ["pause", "resume", "enable", "disable"];

const acts: readonly Act[] = [
  { share: 12, perform: changeServer },
  { share: 4, trait: "operators", perform: operate },
  { share: 3, trait: "operators", perform: setWeight },
  { share: 1, trait: "operators", perform: syncOne },
  { share: 1, trait: "operators", perform: syncAll },
  { share: 1, trait: "operators", perform: planAll },
  { share: 1, trait: "operators", perform: readLive },
  { share: 4, trait: "reloads", perform: reload },
  { share: 3, perform: ({ daemon }) => daemon.subscribe() },
  { share: 1, perform: ({ daemon }) => daemon.leave() },
  { share: 2, trait: "crashes", perform: crashVpp },
  { share: 2, trait: "crashes", perform: startVpp },
  {
    share: 2,
    trait: "crashes",
    perform: ({ vpp }) => {
      vpp.dropClients();
      return "VPP drops its clients";
    },
  },
  { share: 3, trait: "slowness", perform: slowDown },
  { share: 2, trait: "stops", perform: stopVpp },
  { share: 2, trait: "losses", perform: loseMessages },
  { share: 2, trait: "refusals", perform: refuseWrites },
  { share: 3, trait: "meddling", perform: meddle },
  { share: 2, trait: "tables", perform: changeTable },
  {
    share: 1,
    trait: "wallClock",
    perform: ({ clock, random }) => {
      const ms = random.int(-90_000, 90_000);
      clock.stepWallClock(ms);
      return `the wall clock steps by ${ms} ms`;
    },
  },
  {
    share: 1,
    trait: "stalls",
    perform: ({ clock, random }) => {
      const ms = random.int(1, 2_500);
      clock.stall(ms);
      return `the machine stands still for ${ms} ms`;
    },
  },
  {
    share: 1,
    trait: "restarts",
    perform: async (world) => {
      await world.restart();
      return "the daemon restarts";
    },
  },
];

/** Draws what happens next, and has it happen. */
export async function act(world: World): Promise<void> {
  const possible = acts.filter(({ trait }) => trait === undefined || world.traits[trait]);
  const total = possible.reduce((sum, { share }) => sum + share, 0);
  let drawn = world.random.int(1, total);
  for (const { share, perform } of possible) {
    drawn -= share;
    if (drawn > 0) continue;
    const what = await perform(world);
    world.log.add(`ACT ${what}`);
    return world.look();
  }
}

function changeServer({ random, servers, site }: World): string {
  const address = random.pick(Object.values(site.backends)).address;
  const behaviour = random.pick(behaviours);
  servers.set(address, behaviour);
  return `${address} is ${behaviour}`;
}

function operate({ random, daemon, site }: World): string {
  const backend = random.pick(Object.keys(site.backends));
  const chosen = random.pick(operatorActs);
  daemon.causes.act(backend, chosen, "an operator");
  const refused = daemon.checker.act(backend, chosen, "an operator");
  return `${chosen} ${backend}${refused === undefined ? "" : `: ${refused.message}`}`;
}

function setWeight({ random, daemon }: World): string {
  const places = [...daemon.checker.config.frontends.values()].flatMap(({ name, pools }) =>
    pools.flatMap((pool) =>
      pool.backends.map((each) => ({ frontend: name, pool: pool.name, backend: each.name }))
    )
  );
  if (places.length === 0) return "there is nothing to weigh";
  const place = random.pick(places);
  const weight = drawWeight(random);
  daemon.checker.setWeight(place, weight, "an operator");
  return `${Object.values(place).join("/")} is to weigh ${weight}`;
}

function syncOne({ random, daemon }: World): string {
  const frontend = random.pick([...daemon.checker.config.frontends.keys(), "nobody"]);
  daemon.follow(daemon.controller.sync({ kind: "vip", frontend }));
  return `sync ${frontend}`;
}

function syncAll({ random, daemon }: World): string {
  const count = random.pick([1, 1, 3]);
  for (let left = count; left > 0; left--) daemon.follow(daemon.controller.sync({ kind: "all" }));
  return `sync everything, ${count} times`;
}

function planAll({ daemon }: World): string {
  daemon.follow(daemon.controller.plan({ kind: "all" }));
  return "plan everything";
}

function readLive({ daemon }: World): string {
  daemon.follow(daemon.controller.readLive());
  return "somebody looks at the flows";
}

function reload(world: World): string {
  const { site, what } = editSite(world.site, world.random);
  const config = configOf(site);
  if (config === null) return `a file is refused: ${what}`;
  world.site = site;
  world.daemon.causes.reload(config);
  world.daemon.checker.reload(config);
  return `reload: ${what}`;
}

function crashVpp({ vpp }: World): string {
  vpp.crash();
  return "VPP crashes";
}

function startVpp({ vpp, random, traits, seen, daemon }: World): string {
  if (vpp.vpp !== null) vpp.crash();
  const other: Profile = vpp.profile === "weighted" ? "classic" : "weighted";
  const profile = traits.upgrades && random.chance() ? other : vpp.profile;
  vpp.start(profile);
  seen.flushes.forget(modelOf(daemon.checker));
  return `VPP starts with nothing, as ${profile}`;
}

function slowDown({ vpp: { faults }, random }: World): string {
  faults.workMs = random.pick([0, 0, 0.3, 2, 20, 200, 3_000]);
  faults.delayMs = random.pick([0, 0, 1, 50, 1_500, 6_000]);
  return `VPP takes ${faults.workMs} ms a message, and answers ${faults.delayMs} ms later`;
}

function stopVpp({ vpp: { faults } }: World): string {
  faults.isStopped = !faults.isStopped;
  return faults.isStopped ? "VPP stands still" : "VPP goes on";
}

function loseMessages({ vpp: { faults }, random }: World): string {
  faults.lostReplies = random.int(0, 2);
  faults.lostRequests = random.int(0, 2);
  return `VPP loses ${faults.lostReplies} replies and ${faults.lostRequests} requests`;
}

function refuseWrites({ vpp: { faults }, random }: World): string {
  faults.refusals = random.int(0, 4);
  faults.refusalRetval = random.pick([-1, -6, -81]);
  return `VPP refuses ${faults.refusals} writes with ${faults.refusalRetval}`;
}

function changeTable(world: World): string {
  const { vpp, random, traits } = world;
  vpp.faults.table = random.pick(["right", "no-plugin", "other-layouts"] as const);
  if (traits.crashes && random.chance()) startRight(world);
  else vpp.dropClients();
  return `VPP's table is ${vpp.faults.table}`;
}

function startRight({ vpp, seen, daemon }: World): void {
  vpp.crash();
  vpp.start(vpp.profile);
  seen.flushes.forget(modelOf(daemon.checker));
}

/** Another client does something to VPP. */
async function meddle(world: World): Promise<string> {
  const { vpp: { vpp }, random } = world;
  const lb = vpp === null ? null : openLb(callerOf(vpp)).lb;
  if (lb === null) return "nobody can meddle";
  world.isMeddledWith = true;
  const vips = await lb.readVips({ withText: true });
  const vip = vips.length === 0 ? null : random.pick(vips);
  if (vip === null || random.chance(0.2)) return await addForeignVip(lb, world);
  try {
    return await meddleWith(lb, vip, world);
  } catch (error) {
    return `somebody meddles in vain: ${error}`;
  }
}

async function addForeignVip(lb: LbClient, { random }: World): Promise<string> {
  const text = `203.0.113.${random.int(1, 5)}`;
  const key = {
    prefix: { address: { family: 4, text }, length: 32 },
    protocol: "tcp",
    port: 8_080,
  } as const;
  const address = { family: 4, text: "10.9.9.9" } as const;
  await lb.addVip({ ...key, encap: "gre4", srcIpSticky: false, tableLength: 64 }).catch(() => {});
  await lb.addAs(key, address, 50).catch(() => {});
  return `somebody adds ${text}`;
}

async function meddleWith(lb: LbClient, vip: Vip, { random }: World): Promise<string> {
  const about = vipKeyText(vip);
  const as = vip.ases.length === 0 ? null : random.pick(vip.ases);
  if (as === null || random.chance(0.25)) {
    for (const { address } of vip.ases) await lb.deleteAs(vip, address, { flush: false });
    await lb.deleteVip(vip);
    return `somebody deletes ${about}`;
  }
  if (random.chance(0.4)) {
    await lb.deleteAs(vip, as.address, { flush: false });
    return `somebody deletes ${as.address.text} of ${about}`;
  }
  const weight = drawWeight(random);
  await lb.setWeight(vip, as.address, weight, { flush: false });
  return `somebody gives ${as.address.text} of ${about} the weight ${weight}`;
}
