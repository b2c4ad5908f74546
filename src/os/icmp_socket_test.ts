import assert from "node:assert/strict";
import { systemClock } from "../clock.ts";
import { openIcmpSocket } from "./icmp_socket.ts";
import {
  addresses,
  families,
  newIdentifier,
  payload,
  receiveAll,
  sourcesOf,
  testEachSort,
} from "./icmp_testing.ts";
import { withNetworkNamespace } from "./network_namespace.ts";
import { soon, testInNamespace } from "./testing.ts";

testEachSort("each request is answered, whatever it carries", async ({ open, loopback }) => {
  const socket = open();
  const payloads = [0, 1, 55, 56, 64].map((size) => crypto.getRandomValues(new Uint8Array(size)));
  assert.deepEqual(socket.receive(), []);
  for (const [sequence, payload] of payloads.entries()) {
    assert.equal(socket.send({ destination: loopback, sequence, payload }), undefined);
  }
  const replies = await receiveAll(socket, payloads.length);
  for (const [sequence, payload] of payloads.entries()) {
    assert.deepEqual({ ...replies[sequence], waitedMs: 0 }, {
      source: loopback,
      sequence,
      payload,
      waitedMs: 0,
    });
  }
  assert.deepEqual(socket.receive(), []);
  socket.close();
});

testEachSort("a reply tells how long it has waited to be read", async ({ open, loopback }) => {
  const socket = open();
  const measure = async (sequence: number): Promise<number> => {
    socket.send({ destination: loopback, sequence, payload });
    await systemClock.sleep(20);
    const [reply] = await receiveAll(socket, 1);
    return reply?.waitedMs ?? 0;
  };
  // Linux begins to take the time of packets a little after a socket has asked for that.
  let waitedMs = await measure(0);
  for (let retry = 1; waitedMs < 10 && retry < 20; retry++) waitedMs = await measure(retry);
  assert(waitedMs >= 10 && waitedMs < 10_000, `${waitedMs} ms`);
  socket.close();
});

testEachSort("a packet is sent from the address that is wanted", async (sort) => {
  const { open, loopback, own, foreign, kind, family } = sort;
  if (kind === "ping" && family === 6) return;
  const socket = open();
  const request = { destination: loopback, sequence: 1, payload };
  const sources = await sourcesOf(sort, 2, () => {
    assert.equal(socket.send({ ...request, source: own }), undefined);
    const refused = socket.send({ ...request, source: foreign });
    assert.equal(refused?.code, family === 4 ? "ENETUNREACH" : "EINVAL", kind);
    assert.equal(socket.send(request), undefined);
  });
  assert.deepEqual(sources, [own, loopback], kind);
  socket.close();
});

testEachSort("a ping socket of IPv6 refuses what it would send from a wrong address", (sort) => {
  const { open, loopback, own, kind, family } = sort;
  if (kind === "raw" || family === 4) return;
  const socket = open();
  const error = socket.send({ destination: loopback, source: own, sequence: 1, payload });
  assert.deepEqual([error?.code, error?.message], [
    "ENOTSUP",
    "sendmsg from a chosen address: operation not supported on socket",
  ]);
  assert.deepEqual(socket.receive(), []);
  socket.close();
});

testEachSort("a destination without a route is an error of sending", ({ open, foreign }) => {
  const socket = open();
  const error = socket.send({ destination: foreign, sequence: 1, payload });
  assert.equal(error?.code, "ENETUNREACH");
  assert.equal(error?.message, "sendmsg: network is unreachable");
  socket.close();
});

testEachSort("a socket gets the replies to its own identifier", async ({ open, loopback }) => {
  const [one, other] = [open(), open()];
  one.send({ destination: loopback, sequence: 1, payload });
  other.send({ destination: loopback, sequence: 2, payload });
  assert.deepEqual((await receiveAll(one, 1)).map(({ sequence }) => sequence), [1]);
  assert.deepEqual((await receiveAll(other, 1)).map(({ sequence }) => sequence), [2]);
  for (const socket of [one, other]) assert.deepEqual(socket.receive(), []);
  for (const socket of [one, other]) socket.close();
});

testEachSort("the kernel keeps what is for others from a raw socket", async (sort) => {
  const { open, loopback, kind, family, name } = sort;
  if (kind === "ping") return;
  const [busy, idle] = [open(), open()];
  for (let sequence = 0; sequence < 10; sequence++) {
    assert.equal(busy.send({ destination: loopback, sequence, payload }), undefined);
  }
  await receiveAll(busy, 10);
  const file = `/proc/thread-self/net/${family === 4 ? "raw" : "raw6"}`;
  const table = withNetworkNamespace(name, () => Deno.readTextFileSync(file));
  // Its columns: number, local and remote address, state, bytes that wait to be sent and received.
  const waiting = [...table.matchAll(/^ *\d+: \S+ \S+ \S+ \w+:(\w+)/gm)].map(([, bytes]) => bytes);
  assert.deepEqual(waiting, ["00000000", "00000000"]);
  for (const socket of [busy, idle]) socket.close();
});

testEachSort("replies come in order, 64 at most at a time", async ({ open, loopback }) => {
  const socket = open();
  const sequences = Array.from({ length: 100 }, (_, index) => index);
  for (const sequence of sequences) {
    assert.equal(socket.send({ destination: loopback, sequence, payload }), undefined);
  }
  const batches: number[][] = [];
  await soon(() => {
    batches.push(socket.receive().map(({ sequence }) => sequence));
    return batches.flat().length === 100 ? true : undefined;
  });
  assert.deepEqual(batches.flat(), sequences);
  assert(batches.every((batch) => batch.length <= 64));
  socket.close();
});

testEachSort("a closed socket sends and receives nothing", ({ open, loopback }) => {
  const socket = open();
  socket.close();
  socket.close();
  assert.equal(socket.send({ destination: loopback, sequence: 1, payload })?.code, "EBADF");
  assert.deepEqual(socket.receive(), []);
});

testEachSort("what makes no sense is not sent", ({ open, loopback, family, kind }) => {
  const socket = open();
  const request = { destination: loopback, sequence: 1, payload };
  const other = addresses[family === 4 ? 6 : 4].loopback;
  assert.throws(() => socket.send({ ...request, destination: other }), RangeError);
  if (kind === "raw") {
    assert.throws(() => socket.send({ ...request, source: other }), RangeError);
  }
  assert.throws(() => socket.send({ ...request, payload: new Uint8Array(65) }), RangeError);
  assert.deepEqual(socket.receive(), []);
  socket.close();
});

testEachSort("a ping socket shares its identifier with no other", ({ open, kind }) => {
  const identifier = newIdentifier();
  const socket = open({ identifier });
  for (const family of families) {
    if (kind === "raw") {
      open({ identifier, family }).close();
      continue;
    }
    const message = `bind for ICMP over IPv${family} (ping): address already in use`;
    assert.throws(() => open({ identifier, family }), { code: "EADDRINUSE", message });
  }
  socket.close();
});

testEachSort("an identifier has 16 bits, and is not 0", ({ open }) => {
  for (const identifier of [0, -1, 0x10000, NaN]) {
    assert.throws(() => open({ identifier }), { name: "RangeError" });
  }
  for (const identifier of [1, 0xffff]) open({ identifier, kind: "raw" }).close();
});

testInNamespace("a ping socket is refused to groups that the kernel does not list", (name) => {
  for (const family of families) {
    const open = () => openIcmpSocket({ family, kind: "ping", identifier: 7 });
    assert.throws(() => withNetworkNamespace(name, open), {
      code: "EACCES",
      message: `socket for ICMP over IPv${family} (ping): permission denied`,
    });
  }
});
