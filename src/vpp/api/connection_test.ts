import assert from "node:assert/strict";
import { virtualClock } from "../../clock.ts";
import { logger } from "../../log.ts";
import {
  cliInband,
  controlPing,
  encode,
  lbAsSetWeight,
  lbConf,
  lbConfGet,
  lbVipDump,
  memclntKeepalive,
  messages,
  showVersion,
  sockclntCreate,
  sockclntCreateIds,
  sockclntDelete,
} from "../wire/mod.ts";
import { countMessages, logMessages, observers } from "./observer.ts";
import { type Answering, connected, connectTo, Peer } from "./peer_fixture.ts";

const weight = {
  pfx: { address: { family: 4, text: "198.51.100.1" }, length: 32 },
  protocol: "tcp",
  port: 80,
  asAddress: { family: 4, text: "10.0.0.1" },
  weight: 7,
  isFlush: false,
} as const;
const anyVip = {
  pfx: { address: { family: 4, text: "0.0.0.0" }, length: 0 },
  pfxMatcher: { le: 0, ge: 0 },
  protocol: 0,
  port: 0,
} as const;
const details = {
  vip: { pfx: weight.pfx, protocol: "tcp", port: 80 },
  encap: "gre4",
  dscp: 0,
  srvType: "clusterip",
  targetPort: 0,
  flowTableLength: 1024,
} as const;

/** Answers pings, command lines with themselves, weights with their weight, and VIPs with three. */
const answering: Answering = ({ message, fields, context }, peer) => {
  switch (message.name) {
    case "control_ping":
      return peer.reply(controlPing.reply, { retval: 0, clientIndex: 1, vpePid: 42 }, context);
    case "cli_inband": {
      const { cmd } = fields as { cmd: string };
      return peer.reply(cliInband.reply, { retval: 0, reply: cmd }, context);
    }
    case "lb_as_set_weight": {
      const retval = (fields as { weight: number }).weight === 7 ? 0 : -6;
      return peer.reply(lbAsSetWeight.reply, { retval }, context);
    }
    case "lb_vip_dump":
      for (let vip = 0; vip < 3; vip++) peer.reply(lbVipDump.details, details, context);
      return;
    case "sockclnt_delete":
      peer.reply(sockclntDelete.reply, { response: 1 }, context);
      return peer.hangUp();
  }
};

const silent: Answering = () => {};

Deno.test("1,000 calls at once are answered each with its own, with at most 64 in flight", async () => {
  // The peer answers when it has nothing more to read, so that as many are in flight as may be.
  const later: (() => void)[] = [];
  const { api, peer, clock } = await connected((arrival, peer) => {
    later.push(() => answering(arrival, peer));
    if (later.length === 1) {
      setTimeout(() => later.splice(0).forEach((answer) => answer()));
    }
  });
  const calls = Array.from({ length: 1_000 }, (_, n) => api.call(cliInband, { cmd: `n${n}` }));
  const replies = await Promise.all(calls);
  assert.deepEqual(replies.map(({ reply }) => reply), replies.map((_, n) => `n${n}`));
  assert.equal(peer.mostUnanswered, 64);
  assert.equal(clock.pending, 0, "no timer is left");
});

Deno.test("a dump is complete when the ping behind it is answered", async () => {
  const { api, peer } = await connected(answering);
  const [vips, pinged, more] = await Promise.all([
    api.dump(lbVipDump, anyVip),
    api.call(controlPing, {}),
    api.dump(lbVipDump, anyVip),
  ]);
  assert.deepEqual(vips, [details, details, details]);
  assert.equal(pinged.vpePid, 42);
  assert.equal(more.length, 3);
  assert.deepEqual(peer.arrivals.map(({ message }) => message.name), [
    "sockclnt_create",
    "lb_vip_dump",
    "control_ping",
    "control_ping",
    "lb_vip_dump",
    "control_ping",
  ]);
});

Deno.test("a message that VPP lacks, and one with other fields, are two findings", async () => {
  const table = new Map(messages.map(({ key }, index) => [key, 100 + 7 * index]));
  table.delete(lbConfGet.key);
  table.delete(lbConf.key);
  table.set("lb_conf_00000001", 99);
  const { api, peer } = await connected(answering, { table });
  await assert.rejects(api.call(lbConfGet, {}), {
    name: "ApiError",
    code: "unknown-message",
    message: /^VPP has no message lb_conf_get: its plugin is not loaded/,
  });
  const conf = {
    ip4SrcAddress: { family: 4, text: "192.0.2.1" },
    ip6SrcAddress: { family: 6, text: "2001:db8::1" },
    stickyBucketsPerCore: 1024,
    flowTimeout: 40,
  } as const;
  await assert.rejects(api.call(lbConf, conf), {
    code: "other-layout",
    message: /lb_conf has other fields .* it is lb_conf_00000001, not lb_conf_56cd3261/,
  });
  assert.deepEqual(api.check([lbConf, lbConfGet]).map(({ kind }) => kind), [
    "other-layout",
    "missing",
  ]);
  assert.equal(peer.arrivals.length, 1, "nothing but the handshake was sent");
});

Deno.test("a call that VPP passes over fails as soon as a later one is answered", async () => {
  const { api } = await connected((arrival, peer) => {
    if (arrival.message !== showVersion) answering(arrival, peer);
  });
  const ignored = api.call(showVersion, {});
  const ping = api.call(controlPing, {});
  await assert.rejects(ignored, { code: "unanswered", message: /ignored show_version/ });
  assert.equal((await ping).retval, 0);
});

Deno.test("a VPP that stops is not responding, and its late answers do no harm", async () => {
  const held: (() => void)[] = [];
  let isStopped = true;
  const { api, clock, peer } = await connected((arrival, peer) => {
    if (isStopped) held.push(() => answering(arrival, peer));
    else answering(arrival, peer);
  });
  const calls = Array.from({ length: 100 }, (_, n) => api.call(cliInband, { cmd: `${n}` }));
  const outcomes = Promise.allSettled(calls);
  await clock.advance(5_001);
  for (const outcome of await outcomes) {
    assert.ok(outcome.status === "rejected");
    assert.equal(outcome.reason.code, "not-responding");
  }
  assert.equal(peer.arrivals.length, 65, "what could not be sent any more was not sent");
  isStopped = false;
  const next = api.call(cliInband, { cmd: "are you there?" });
  for (const answer of held) answer();
  assert.equal((await next).reply, "are you there?");
  assert.equal(clock.pending, 0);
});

Deno.test("calls behind a slow but living VPP wait as long as it takes", async () => {
  const { api, clock } = await connected((arrival, peer) => {
    clock.setTimer(peer.arrivals.length * 1_000, () => answering(arrival, peer));
  });
  const calls = Array.from({ length: 30 }, (_, n) => api.call(cliInband, { cmd: `${n}` }));
  await clock.advance(40_000);
  assert.equal((await Promise.all(calls)).length, 30);
});

Deno.test("when VPP hangs up, every call ends with a named error", async () => {
  const { api, peer, clock } = await connected(silent);
  const calls = Array.from({ length: 1_000 }, () => api.call(controlPing, {}));
  const dump = api.dump(lbVipDump, anyVip);
  const outcomes = Promise.allSettled([...calls, dump]);
  await clock.advance(1);
  peer.hangUp();
  for (const outcome of await outcomes) {
    assert.ok(outcome.status === "rejected" && outcome.reason.code === "closed");
  }
  assert.match((await api.ended).message, /VPP closed the connection/);
  await assert.rejects(api.call(controlPing, {}), { name: "ApiError", code: "closed" });
  assert.equal(clock.pending, 0);
});

Deno.test("what is no message of VPP's ends the connection with a named error", async () => {
  const frame = (length: number, ...body: number[]) => {
    const bytes = new Uint8Array(16 + body.length);
    new DataView(bytes.buffer).setUint32(8, length);
    bytes.set(body, 16);
    return bytes;
  };
  const cases: [string, Uint8Array][] = [
    ["a frame that claims 4 GiB", frame(0xffffffff)],
    ["a message without an id", frame(1, 0)],
    ["a message without a context", frame(4, 0, 100, 0, 0)],
    ["text", new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n")],
    ["another reply than the one due", frame(10, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0)],
    ["a reply that is cut short", frame(8, 0, 142, 0, 0, 0, 1, 0, 0)],
  ];
  for (const [what, bytes] of cases) {
    const { api } = await connected((_, peer) => peer.send(bytes));
    await assert.rejects(api.call(controlPing, {}), { code: "protocol" }, what);
    assert.equal((await api.ended).code, "protocol", what);
  }
});

Deno.test("half a frame and then nothing is not responding", async () => {
  const { api, clock } = await connected((_, peer) => peer.send(new Uint8Array(7)));
  const call = assert.rejects(api.call(controlPing, {}), { code: "not-responding" });
  await clock.advance(5_001);
  await call;
});

Deno.test("a call that is given up settles at once, and the next is answered", async () => {
  const { api } = await connected((arrival, peer) => {
    if (arrival.message !== showVersion) setTimeout(() => answering(arrival, peer));
  });
  const controller = new AbortController();
  const { signal } = controller;
  const inFlight = api.call(controlPing, {}, { signal });
  const waiting = Array.from({ length: 100 }, () => api.call(controlPing, {}, { signal }));
  const outcomes = Promise.allSettled([inFlight, ...waiting]);
  controller.abort();
  for (const outcome of await outcomes) {
    assert.ok(outcome.status === "rejected" && outcome.reason.code === "aborted");
  }
  await assert.rejects(api.call(controlPing, {}, { signal }), { code: "aborted" });
  assert.equal((await api.call(cliInband, { cmd: "next" })).reply, "next");
});

Deno.test("values that a message cannot hold fail that call alone", async () => {
  const { api } = await connected(answering);
  await assert.rejects(api.call(lbAsSetWeight, { ...weight, weight: 256 }), {
    name: "WireError",
    code: "bad-value",
  });
  assert.equal((await api.call(lbAsSetWeight, weight)).retval, 0);
});

Deno.test("VPP's question whether the client lives is answered", async () => {
  const { api, peer } = await connected((arrival, peer) => {
    if (arrival.message === controlPing) {
      const id = 100 + 7 * messages.indexOf(memclntKeepalive);
      peer.send(encode(memclntKeepalive, {}, { id, clientIndex: 9, context: 77 }));
    }
    answering(arrival, peer);
  });
  await api.call(controlPing, {});
  await api.call(cliInband, { cmd: "x" });
  const reply = peer.arrivals.find(({ message }) => message === memclntKeepalive.reply);
  assert.deepEqual([reply?.context, reply?.fields], [77, { retval: 0 }]);
});

Deno.test("closing tells VPP, and does not wait for ever", async () => {
  const { api, peer } = await connected(answering);
  await api.close();
  assert.deepEqual(peer.arrivals.at(-1)?.message, sockclntDelete);
  assert.equal((await api.ended).code, "closed");
  await api.close();

  const stuck = await connected(silent);
  const closing = stuck.api.close();
  await stuck.clock.advance(1_001);
  await closing;
  assert.equal(stuck.clock.pending, 0);
});

Deno.test("closing does not wait for each of many calls that VPP takes its time for", async () => {
  const { api, clock, peer } = await connected(silent);
  const calls = Promise.allSettled(Array.from({ length: 60 }, () => api.call(controlPing, {})));
  await clock.advance(0);
  const answer = () => {
    const arrival = peer.arrivals[++answered];
    if (arrival !== undefined) answering(arrival, peer);
    timer = clock.setTimer(500, answer);
  };
  // The first was its greeting.
  let answered = 0;
  let timer = clock.setTimer(500, answer);
  const closing = api.close();
  await clock.advance(2_001);
  await closing;
  timer.cancel();
  const settled = (await calls).filter(({ status }) => status === "fulfilled");
  assert.ok(settled.length > 0 && settled.length < 6, `${settled.length}`);
  assert.equal(clock.pending, 0);
});

Deno.test("a handshake that fails says how", async () => {
  const clock = virtualClock();
  const refusing = new Peer(silent);
  const { write } = refusing.transport;
  refusing.transport.write = (bytes) => {
    refusing.reply(sockclntCreate.reply, { response: -2, index: 0, messageTable: [] }, 1);
    return Promise.resolve(bytes.length);
  };
  await assert.rejects(connectTo(refusing, { clock }), { code: "refused" });
  assert.ok(write);

  const other = new Peer(silent);
  other.transport.write = (bytes) => {
    other.send(encode(controlPing.reply, { retval: 0, clientIndex: 0, vpePid: 1 }, {
      id: 25,
      clientIndex: 0,
      context: 1,
    }));
    return Promise.resolve(bytes.length);
  };
  await assert.rejects(connectTo(other, { clock }), { code: "protocol", message: /is no VPP/ });

  const mute = new Peer(silent);
  mute.transport.write = (bytes) => Promise.resolve(bytes.length);
  const connecting = assert.rejects(connectTo(mute, { clock }), { code: "not-responding" });
  await clock.advance(5_001);
  await connecting;

  const gone = new Peer(silent);
  gone.hangUp();
  await assert.rejects(connectTo(gone, { clock }), { code: "closed" });
  await assert.rejects(
    connectTo(gone, { clock, signal: AbortSignal.abort() }),
    { code: "aborted" },
  );
  assert.equal(clock.pending, 0);
});

Deno.test("what comes together with the handshake is the connection's, be it the end", async () => {
  const reply = { response: 0, index: 7, messageTable: [] };
  const header = { id: sockclntCreateIds.reply, clientIndex: 0, context: 1 };
  const greeting = encode(sockclntCreate.reply, reply, header);
  const event = encode(memclntKeepalive, {}, { id: 500, clientIndex: 0, context: 9 });
  const cases: [followedBy: Uint8Array, code: string][] = [
    [new Uint8Array(), "closed"],
    [event, "closed"],
    [new Uint8Array(16).fill(0xff), "protocol"],
  ];
  for (const [next, code] of cases) {
    const peer = new Peer(silent, null);
    const connecting = connectTo(peer, { clock: virtualClock() });
    peer.send(Uint8Array.of(...greeting, ...next));
    peer.hangUp();
    const api = await connecting;
    assert.equal((await api.ended).code, code);
  }
});

Deno.test("every message is logged at debug, and counted", async () => {
  const lines: string[] = [];
  const log = logger({
    clock: virtualClock(),
    level: "debug",
    format: "text",
    sink: (line) => lines.push(line.replace(/^\S+ \S+ /, "")),
  });
  const counters = countMessages();
  const { api } = await connected(answering, { observer: observers(logMessages(log), counters) });
  await api.call(lbAsSetWeight, { ...weight, weight: 8 });
  await api.dump(lbVipDump, anyVip);
  assert.match(
    lines[0] ?? "",
    /^vpp-api-send message=lb_as_set_weight pfx=198.51.100.1\/32 .*weight=8/,
  );
  assert.match(lines[1] ?? "", /^vpp-api-recv message=lb_as_set_weight_reply retval=-6$/);
  assert.match(lines[2] ?? "", /^vpp-api-send-multi message=lb_vip_dump /);
  assert.match(lines[3] ?? "", /^vpp-api-send message=control_ping$/);
  assert.match(lines[4] ?? "", /^vpp-api-recv-multi message=lb_vip_details vip=/);
  assert.deepEqual(
    counters.counts().map(({ msg, direction, result, count }) =>
      `${msg} ${direction} ${result} ${count}`
    ),
    [
      "lb_as_set_weight send success 1",
      "lb_as_set_weight_reply recv failure 1",
      "lb_vip_dump send success 1",
      "control_ping send success 1",
      "lb_vip_details recv success 3",
      "control_ping_reply recv success 1",
    ],
  );
});

Deno.test("what is not sent and what is not answered are counted apart", async () => {
  const counters = countMessages();
  const { api, clock } = await connected(silent, { observer: counters });
  const lost = assert.rejects(api.call(controlPing, {}), { code: "not-responding" });
  await clock.advance(5_001);
  await lost;
  await assert.rejects(api.call(controlPing, {}, { signal: AbortSignal.abort() }));
  assert.deepEqual(
    counters.counts().map(({ msg, direction, result, count }) =>
      `${msg} ${direction} ${result} ${count}`
    ),
    [
      "control_ping send success 1",
      "control_ping recv failure 1",
      "control_ping send failure 1",
    ],
  );
});

Deno.test("a call that can wait for less than those before it does", async () => {
  const { api, clock } = await connected(silent);
  const patient = Array.from({ length: 200 }, () => api.call(controlPing, {}));
  const outcomes = Promise.allSettled(patient);
  const hasty = Promise.allSettled([api.call(controlPing, {}, { timeoutMs: 300 })]);
  await clock.advance(301);
  const [outcome] = await hasty;
  assert.ok(outcome?.status === "rejected" && outcome.reason.code === "not-responding");
  const closing = api.close();
  await clock.advance(1_001);
  await closing;
  for (const each of await outcomes) {
    assert.ok(each.status === "rejected" && each.reason.code === "closed");
  }
  assert.equal(clock.pending, 0);
});
