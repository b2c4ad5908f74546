import assert from "node:assert/strict";
import { systemClock, virtualClock } from "../src/clock.ts";
import { type CountersSnapshot, startCounters } from "../src/lb/counters.ts";
import { logger } from "../src/log.ts";
import { type ApiConnection, connectApi, countMessages } from "../src/vpp/api/mod.ts";
import { address, newVip, vipKey } from "../src/vpp/lb/lb_fixture.ts";
import { type LbClient, openLb, vipKeyText } from "../src/vpp/lb/mod.ts";
import { type Offer, startSimulator } from "../src/vpp/sim/server.ts";
import { attachStats } from "../src/vpp/stats/attach.ts";
import { createPacketGenerator } from "./packet_generator.ts";
import { until, vppKinds } from "./vpp_under_test.ts";

/** A daemon's connection to a VPP and its counters, whose time a test moves. */
interface Session {
  readonly api: ApiConnection;
  readonly lb: LbClient;
  /** Lets 5 s pass, and gives the snapshot that comes of it. */
  next(): Promise<CountersSnapshot>;
  /** How many messages VPP was sent. */
  sent(): number;
  lookUpAgain(): void;
  /** As when VPP was lost: nothing is said to it any more. */
  end(): Promise<void>;
}

async function openSession(paths: { apiPath: string; statsPath: string }): Promise<Session> {
  const observer = countMessages();
  const api = await connectApi({ path: paths.apiPath, observer });
  const stats = await attachStats({ path: paths.statsPath });
  const { lb } = openLb(api);
  assert.ok(lb !== null);
  const clock = virtualClock();
  const log = logger({ clock, sink: (line) => assert.fail(line) });
  const counters = startCounters({ api, lb, stats, clock, log });
  await until(() => counters.snapshot !== null, "there is no first snapshot");
  return {
    api,
    lb,
    next: async () => {
      const { snapshot } = counters;
      await clock.advance(5_000);
      await until(() => counters.snapshot !== snapshot, "there is no other snapshot");
      return counters.snapshot ?? assert.fail();
    },
    sent: () => observer.counts().reduce((sum, { count }) => sum + count, 0),
    lookUpAgain: counters.lookUpAgain,
    end: async () => {
      counters.stop();
      assert.equal(counters.snapshot, null);
      stats.close();
      await api.close();
    },
  };
}

async function addVip(
  { lb, lookUpAgain }: Session,
  text: string,
  ases: readonly string[],
  encap: "gre4" | "gre6" = "gre4",
): Promise<void> {
  await lb.addVip(newVip(text, { encap }));
  for (const as of ases) await lb.addAs(vipKey(text), address(as), 100);
  lookUpAgain();
}

/** What a snapshot says of a VIP, by the names that a test can list. */
function countsOf(snapshot: CountersSnapshot, text: string) {
  const vip = snapshot.vips.get(vipKeyText(vipKey(text)));
  assert.ok(vip !== undefined && vip.route !== null, text);
  const { next, first, untracked, noServer, route: { packets, bytes } } = vip;
  return { next, first, untracked, noServer, packets, bytes };
}

const none = { next: 0, first: 0, untracked: 0, noServer: 0, packets: 0, bytes: 0 };

/** Holds a snapshot against what VPP prints at the same moment. */
async function checkText(snapshot: CountersSnapshot, { lb }: Session): Promise<void> {
  const vips = await lb.readVips({ withText: true });
  assert.deepEqual(
    [...snapshot.vips.values()].map(({ prefix, protocol, port, ...counts }) => {
      const { next: existing, first, untracked, noServer } = counts;
      return [prefix, protocol, port, { existing, first, untracked, noServer }];
    }),
    vips.map(({ prefix, protocol, port, text }) => [prefix, protocol, port, text?.counters]),
  );
}

/** Every packet came in for an address, met with something, and went to an AS if there was one. */
function checkSums({ vips, ases, unmatched }: CountersSnapshot): void {
  let served = 0;
  let dropped = 0;
  const arrived = new Map<string, number>();
  for (const { next, first, untracked, noServer, prefix, route } of vips.values()) {
    served += next + first + untracked;
    dropped += noServer;
    arrived.set(prefix.address.text, route?.packets ?? 0);
  }
  const sum = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + count, 0);
  assert.equal(sum(arrived.values()), served + dropped + unmatched);
  assert.equal(sum(ases.values().map(({ packets }) => packets)), served);
}

const web = "198.51.100.1 tcp 80";
const dns = "198.51.100.1 udp 53";
const idle = "198.51.100.2 udp 53";

for (const { name, run } of vppKinds) {
  Deno.test(`${name}: without traffic all counters are 0, and VPP is asked for nothing`, async () => {
    const vpp = await run();
    const session = await openSession(vpp);
    assert.equal((await session.next()).vips.size, 0);
    await addVip(session, web, ["10.0.0.1", "10.0.0.2"]);
    await addVip(session, dns, ["10.0.0.2", "10.0.0.3"]);
    const snapshot = await session.next();
    assert.deepEqual([web, dns].map((text) => countsOf(snapshot, text)), [none, none]);
    assert.deepEqual(
      [...snapshot.ases],
      ["10.0.0.1", "10.0.0.2", "10.0.0.3"].map((text) => [text, { packets: 0, bytes: 0 }]),
    );
    assert.equal(snapshot.unmatched, 0);
    await checkText(snapshot, session);

    const sent = session.sent();
    for (let turn = 0; turn < 5; turn++) await session.next();
    assert.equal(session.sent(), sent);

    await session.lb.deleteVip(vipKey(web));
    session.lookUpAgain();
    assert.deepEqual([...(await session.next()).vips.keys()], [vipKeyText(vipKey(dns))]);
    await session.end();
    await vpp.end();
  });

  Deno.test(`${name}: a VIP that somebody else adds is noticed without asking`, async () => {
    const vpp = await run();
    const session = await openSession(vpp);
    await addVip(session, web, ["10.0.0.1"]);
    assert.equal((await session.next()).vips.size, 1);
    await session.lb.addVip(newVip(idle));
    assert.equal((await session.next()).vips.size, 2);
    const sent = session.sent();
    await session.next();
    assert.equal(session.sent(), sent);
    await session.end();
    await vpp.end();
  });
}

Deno.test("simulated VPP: under simulated traffic a snapshot says what VPP's text says", async () => {
  const folder = await Deno.makeTempDir({ prefix: "maglev-sim-" });
  const paths = { apiPath: `${folder}/api.sock`, statsPath: `${folder}/stats.sock` };
  const clock = virtualClock();
  const traffic: Offer = {
    newFlowsPerSecond: 50,
    packetsPerFlowPerSecond: 5,
    flowSeconds: 10,
    packetBytes: 400,
    clients: 1_000,
  };
  const simulator = await startSimulator({
    ...{ ...paths, profile: "weighted", clock, random: Math.random, traffic },
  });
  const opening = openSession(paths);
  let isOpen = false;
  opening.finally(() => isOpen = true);
  // Between these its clock stands still, and its traffic with it.
  for (; !isOpen; await systemClock.sleep(1)) await clock.advance(10);
  const session = await opening;
  await addVip(session, web, ["10.0.0.1", "10.0.0.2"]);
  await addVip(session, dns, ["10.0.0.2"]);
  for (let turn = 0; turn < 4; turn++) {
    await clock.advance(10_000);
    const snapshot = await session.next();
    assert.ok(countsOf(snapshot, web).next > 0);
    await checkText(snapshot, session);
    checkSums(snapshot);
  }
  await session.end();
  simulator.close();
  await Deno.remove(folder, { recursive: true });
});

const inIpv6 = "2001:db8::1 udp 53";
const servers = ["192.0.2.11", "192.0.2.12", "2001:db8:0:2::11"] as const;

/** Sends packets through a VPP that has just started, and gives what was counted. */
async function countPackets(session: Session): Promise<CountersSnapshot> {
  const generator = await createPacketGenerator(session.api, servers);
  await addVip(session, dns, [servers[0], servers[1]]);
  await addVip(session, idle, []);
  await addVip(session, inIpv6, [servers[2]], "gre6");
  const before = await session.next();
  assert.deepEqual([dns, idle, inIpv6].map((text) => countsOf(before, text)), [none, none, none]);
  assert.equal(before.unmatched, 0);

  await generator.send({ to: "198.51.100.1", port: 53, packets: 3_000, flows: 2_000 });
  await generator.send({ to: "198.51.100.1", port: 54, packets: 70, flows: 10 });
  await generator.send({ to: "198.51.100.2", port: 53, packets: 1, flows: 1 });
  await generator.send({ to: "2001:db8::1", port: 53, packets: 500, flows: 100 });
  return await session.next();
}

for (const { name, run } of vppKinds.filter(({ isReal }) => isReal)) {
  Deno.test(`${name}: packets are counted as VPP's text says, and from 0 after a restart`, async () => {
    const vpp = await run();
    for (let life = 0; life < 2; life++) {
      const session = await openSession(vpp);
      const snapshot = await countPackets(session);
      await checkText(snapshot, session);
      checkSums(snapshot);
      const { packets, bytes } = countsOf(snapshot, dns);
      assert.deepEqual([packets, bytes], [3_070, 307_000]);
      assert.equal(snapshot.unmatched, 70);
      assert.deepEqual(countsOf(snapshot, idle), { ...none, noServer: 1, packets: 1, bytes: 100 });
      for (const server of [servers[0], servers[1]]) {
        const { packets, bytes } = snapshot.ases.get(server) ?? assert.fail(server);
        assert.ok(packets > 1_000);
        assert.equal(bytes, (100 + 24) * packets);
      }
      const sentByIpv6 = { packets: 500, bytes: 500 * (120 + 44) };
      assert.deepEqual(snapshot.ases.get(servers[2]), sentByIpv6);

      await vpp.kill();
      const { timeMs: _, ...afterDeath } = await session.next();
      const { timeMs: __, ...beforeDeath } = snapshot;
      assert.deepEqual(afterDeath, beforeDeath, "the segment stays as it was");
      await session.end();
      await vpp.start();
    }
    await vpp.end();
  });

  Deno.test(`${name}: a VIP that was added again begins at 0, whoever did it`, async () => {
    const vpp = await run();
    const session = await openSession(vpp);
    assert.equal(countsOf(await countPackets(session), dns).packets, 3_070);
    for (const tell of [session.lookUpAgain, () => {}]) {
      await session.lb.deleteVip(vipKey(dns));
      await session.lb.addVip(newVip(dns));
      tell();
      const snapshot = await session.next();
      assert.deepEqual(countsOf(snapshot, dns), none);
      await checkText(snapshot, session);
    }
    await session.end();
    await vpp.end();
  });
}
