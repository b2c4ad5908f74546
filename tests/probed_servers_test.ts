import assert from "node:assert/strict";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { authorityPath, type CertificateName, intermediatePath } from "./certificates.ts";
import * as handshakes from "./handshake_behaviours.ts";
import { ask, request } from "./plain_client.ts";
import { type Behaviour, loopbacks, startServer } from "./probed_server.ts";
import * as behaviours from "./server_behaviours.ts";
import { startFullBacklog, startRefusing } from "./unreachable_ports.ts";

const { answers, says, trickles } = behaviours;
const authority = Deno.readTextFileSync(authorityPath);

/** How long nothing happens before it is clear that nothing will. */
const SILENCE_MS = 40;

const head = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n";
const ok = `${head}ok\n`;
const empty = "Content-Length: 0\r\nConnection: close\r\n";

const everyByte = String.fromCharCode(...Array(256).keys());

/** What a client gets from a server that behaves so, and the end of it. */
const cases: readonly (readonly [string, Behaviour, string | RegExp, RegExp])[] = [
  ["the right answer", answers(), ok, /^FIN$/],
  ["an answer, and a connection that stays", answers({ afterwards: "stay open" }), ok, /^left$/],
  ["a late answer", answers({ delayMs: 20 }), ok, /^FIN$/],
  ["an answer that is too late", answers({ delayMs: 60_000 }), "", /^left$/],
  [
    "a wrong status",
    answers({ status: 503, body: "" }),
    `HTTP/1.1 503 Service Unavailable\r\n${empty}\r\n`,
    /^FIN$/,
  ],
  ["a wrong body", answers({ body: "no\n" }), `${head}no\n`, /^FIN$/],
  [
    "another reason and header",
    answers({ reason: "Fine", headers: { "X-Mood": "good" }, body: "" }),
    `HTTP/1.1 200 Fine\r\n${empty}X-Mood: good\r\n\r\n`,
    /^FIN$/,
  ],
  [
    "a redirect",
    behaviours.redirects("/elsewhere"),
    `HTTP/1.1 302 Found\r\n${empty}Location: /elsewhere\r\n\r\n`,
    /^FIN$/,
  ],
  [
    "chunks",
    behaviours.answersInChunks(["ok", "é, and more"]),
    /^HTTP\/1\.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nc\r\n.*more\r\n0\r\n\r\n$/s,
    /^FIN$/,
  ],
  ["an answer of HTTP/1.0", behaviours.answersInHttp10, "HTTP/1.0 200 OK\r\n\r\nok\n", /^FIN$/],
  ["half an answer", behaviours.cutsShort, ok.replace(": 3", ": 1000"), /^FIN$/],
  ["1 MiB of headers", behaviours.answersWithHugeHead, /^HTTP.{1000000,}\r\n\r\nok\n$/s, /^FIN$/],
  ["a slow answer", trickles({ everyMs: 1, text: "slow" }), "slow", /^FIN$/],
  ["a slow body", trickles({ everyMs: 1, atOnce: head, text: "ok\n" }), ok, /^FIN$/],
  [
    "a body without end",
    behaviours.answersWithoutEnd,
    /^HTTP\/1\.1 200 OK\r\n\r\nx{3999000}/,
    /^left$/,
  ],
  ["nothing", behaviours.staysSilent, "", /^left$/],
  ["a FIN", behaviours.closesAtOnce, "", /^FIN$/],
  ["a FIN after the request", behaviours.closesAfterRequest, "", /^FIN$/],
  ["an RST", behaviours.resetsAtOnce, "", /^(ConnectionReset|BrokenPipe):/],
  ["an RST after the request", behaviours.resetsAfterRequest, "", /^ConnectionReset:/],
  ["SSH", behaviours.speaksSsh, /^SSH-2\.0-.*\r\n$/, /^FIN$/],
  ["binary", behaviours.sendsBinary, everyByte, /^FIN$/],
  ["just what was said", says("nonsense", { upon: "request" }), "nonsense", /^FIN$/],
];

for (const [what, behaviour, text, end] of cases) {
  Deno.test(`a client gets ${what}, over IPv4 and, in TLS, over IPv6`, async () => {
    const enough = end.source === "^left$" && typeof text === "string" ? text.length : Infinity;
    for (const certificate of [undefined, "ok"] as const) {
      const address = loopbacks.at(certificate === undefined ? 0 : -1) ?? "";
      await using server = await startServer(behaviour, { address, certificate });
      const caCerts = certificate && [authority];
      const [actualText, actualEnd] = await ask(server, { caCerts, enough });
      assert.match(actualEnd, end);
      if (typeof text === "string") assert.equal(actualText, text);
      else assert.match(actualText, text);
      assert.equal(server.connections, 1);
      assert.deepEqual(server.peers, [address]);
      assert.equal(server.handshakes.length, certificate === undefined ? 0 : 1);
      if (behaviour.upon === "request") assert.deepEqual(server.requests, [request]);
    }
  });
}

Deno.test("a server knows a request by its blank line", async () => {
  await using server = await startServer(answers());
  using connection = await Deno.connect({ hostname: server.address, port: server.port });
  const [start, rest] = [request.slice(0, -1), request.slice(-1)];
  await connection.write(new TextEncoder().encode(start));
  await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
  assert.deepEqual(server.requests, []);
  await connection.write(new TextEncoder().encode(rest));
  await connection.read(new Uint8Array(1));
  assert.deepEqual(server.requests, [request]);
});

Deno.test("a TLS server notes the name that a client asks for, and chooses HTTP/1.1", async () => {
  await using server = await startServer(answers(), { certificate: "ok" });
  await ask(server, { caCerts: [authority] });
  assert.deepEqual(server.handshakes, [{ serverName: "ok.test", protocol: "http/1.1" }]);
});

Deno.test("each certificate has the fault that its name says, and no other", async () => {
  const outcomes: Record<CertificateName, RegExp> = {
    "ok": /^FIN$/,
    "self-signed": /CaUsedAsEndEntity/,
    "expired": /certificate expired/,
    "not-yet-valid": /certificate not valid yet/,
    "other-name": /only valid for DnsName\("other\.test"\)/,
    "without-intermediate": /UnknownIssuer/,
  };
  for (const certificate of Object.keys(outcomes) as CertificateName[]) {
    await using server = await startServer(answers(), { certificate });
    const [, end] = await ask(server, { caCerts: [authority] });
    assert.match(end, outcomes[certificate], certificate);
    assert.equal(server.handshakes.length, certificate === "ok" ? 1 : 0, certificate);
  }
});

Deno.test("nothing is missing but the intermediate authority, where it is not sent", async () => {
  await using server = await startServer(answers(), { certificate: "without-intermediate" });
  const caCerts = [authority, Deno.readTextFileSync(intermediatePath)];
  assert.deepEqual(await ask(server, { caCerts }), [ok, "FIN"]);
});

Deno.test("a server that does something else instead completes no handshake", async () => {
  const outcomes: [Behaviour, RegExp][] = [
    [handshakes.closesInHandshake, /^UnexpectedEof:/],
    [handshakes.resetsInHandshake, /^ConnectionReset:/],
    [handshakes.speaksPlainHttp, /received corrupt message/],
    [handshakes.refusesAboveTls10, /received fatal alert: ProtocolVersion/],
    [handshakes.choosesTls10, /ServerDoesNotSupportTls12Or13/],
    [behaviours.speaksSsh, /received corrupt message/],
    [behaviours.sendsBinary, /received corrupt message/],
  ];
  for (const [behaviour, outcome] of outcomes) {
    await using server = await startServer(behaviour);
    const [, end] = await ask(server, { caCerts: [authority] });
    assert.match(end, outcome);
    assert.equal(server.connections, 1);
  }
});

Deno.test("a server begins a handshake properly, and goes on no more", async () => {
  await using server = await startServer(handshakes.stopsInHandshake);
  const [text, end] = await ask(server, { enough: 1 });
  assert.ok(text.startsWith("\x16\x03\x03\0\x31\x02"));
  assert.equal(end, "left");
  const { address: host, port } = server;
  assert.equal(await outcomeOf(connectTls({ host, port }), "secureConnect"), "silence");
});

Deno.test("a TLS server refuses a client that speaks plain HTTP, and survives it", async () => {
  await using server = await startServer(answers(), { certificate: "ok" });
  const [text, end] = await ask(server);
  assert.ok(text.startsWith("\x15\x03\x03\0\x02\x02"));
  assert.equal(end, "FIN");
  assert.deepEqual(await ask(server, { caCerts: [authority] }), [ok, "FIN"]);
});

Deno.test("a server closes whatever is connected", async () => {
  for (const certificate of [undefined, "ok"] as const) {
    const server = await startServer(trickles(), { certificate });
    const { address, port } = server;
    using idle = await Deno.connect({ hostname: address, port });
    const asking = ask(server, { caCerts: certificate && [authority] });
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await server.close();
    await server.close();
    assert.notEqual((await asking)[1], "left");
    assert.equal(await idle.read(new Uint8Array(1)).catch(() => null), null);
    await assert.rejects(Deno.connect({ hostname: address, port }), Deno.errors.ConnectionRefused);
  }
});

Deno.test("a client that connects to a full backlog waits, and one to a closed port is refused", async () => {
  for (const address of loopbacks) {
    await using full = await startFullBacklog(address);
    await using refusing = await startRefusing(address);
    for (const [{ port }, outcome] of [[full, "silence"], [refusing, "ECONNREFUSED"]] as const) {
      assert.equal(await outcomeOf(connectTcp({ host: address, port }), "connect"), outcome);
    }
  }
});

/** What becomes of a connection soon: the event, silence, or the code of an error. */
function outcomeOf(socket: Socket, event: string): Promise<string> {
  return new Promise<string>((resolve) => {
    const timer = setTimeout(resolve, SILENCE_MS, "silence");
    socket.once(event, () => resolve(event));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once("close", () => clearTimeout(timer));
  }).finally(() => socket.destroy());
}
