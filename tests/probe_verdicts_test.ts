import assert from "node:assert/strict";
import type { ProbeCode } from "../src/health/mod.ts";
import {
  choosesTls10,
  closesInHandshake,
  refusesAboveTls10,
  resetsInHandshake,
  speaksPlainHttp,
  stopsInHandshake,
} from "./handshake_behaviours.ts";
import { type ServerOptions, startServer, type TestPort } from "./probed_server.ts";
import { addressOf, type CheckParts, openTestProber, probeOf, resultOf } from "./probing.ts";
import {
  answers,
  answersInChunks,
  answersInHttp10,
  answersWithHugeHead,
  answersWithoutEnd,
  closesAfterRequest,
  closesAtOnce,
  cutsShort,
  redirects,
  resetsAfterRequest,
  resetsAtOnce,
  says,
  sendsBinary,
  speaksSsh,
  staysSilent,
  trickles,
} from "./server_behaviours.ts";
import { startFullBacklog, startRefusing } from "./unreachable_ports.ts";

/** A server, how it is probed, and what comes of it. */
interface Case {
  readonly name: string;
  readonly server: () => Promise<TestPort>;
  readonly check: CheckParts;
  readonly code: ProbeCode;
  /** As right, where two things happen at a time. */
  readonly orCode?: ProbeCode;
  readonly detail: RegExp;
}

const plain = (behaviour: Parameters<typeof startServer>[0], options: ServerOptions = {}) => () =>
  startServer(behaviour, options);
const secure = (
  certificate: ServerOptions["certificate"],
  behaviour: Parameters<typeof startServer>[0] = answers(),
) => plain(behaviour, { certificate });

const http = { type: "http" } as const;
const https = { type: "https" } as const;
const tcp = { type: "tcp" } as const;
const ssl = { type: "ssl" } as const;

const cases: readonly Case[] = [
  // TCP alone.
  { name: "listens", server: plain(staysSilent), check: tcp, code: "L4OK", detail: /^connected$/ },
  {
    name: "listens on IPv6",
    server: plain(staysSilent, { address: "::1" }),
    check: tcp,
    code: "L4OK",
    detail: /^connected$/,
  },
  {
    name: "closes at once",
    server: plain(closesAtOnce),
    check: tcp,
    code: "L4OK",
    detail: /^connected$/,
  },
  {
    name: "refuses",
    server: () => startRefusing(),
    check: tcp,
    code: "L4CON",
    detail: /^connect: connection refused$/,
  },
  {
    name: "has a full backlog",
    server: () => startFullBacklog(),
    check: tcp,
    code: "L4TOUT",
    detail: /^connect: no answer within 400ms$/,
  },

  // HTTP.
  {
    name: "answers right",
    server: plain(answers()),
    check: http,
    code: "L7OK",
    detail: /^status 200$/,
  },
  {
    name: "answers right on IPv6",
    server: plain(answers(), { address: "::1" }),
    check: http,
    code: "L7OK",
    detail: /^status 200$/,
  },
  {
    name: "answers with another right status",
    server: plain(answers({ status: 204, body: "" })),
    check: { ...http, codes: [200, 299] },
    code: "L7OK",
    detail: /^status 204$/,
  },
  {
    name: "has the wrong status",
    server: plain(answers({ status: 503 })),
    check: { ...http, codes: [200, 204] },
    code: "L7STS",
    detail: /^status 503 Service Unavailable, wanted 200-204$/,
  },
  {
    name: "has the right body",
    server: plain(answers({ body: "all is well" })),
    check: { ...http, regexp: "is w.ll$" },
    code: "L7OK",
    detail: /^status 200/,
  },
  {
    name: "has the wrong body",
    server: plain(answers({ body: "in maintenance" })),
    check: { ...http, regexp: "^ok" },
    code: "L7STS",
    detail: /does not match.*\^ok.*in maintenance/,
  },
  {
    name: "has a body that never ends",
    server: plain(answersWithoutEnd),
    check: http,
    code: "L7OK",
    detail: /^status 200/,
  },
  {
    name: "has a wrong body that never ends",
    server: plain(answersWithoutEnd),
    check: { ...http, regexp: "y" },
    code: "L7STS",
    detail: /does not match/,
  },
  {
    name: "sends one byte a second",
    server: plain(trickles({ atOnce: "H", text: "TTP/1.1 200 OK" })),
    check: http,
    code: "L7TOUT",
    detail: /^answer not complete: .*within 400ms$/,
  },
  {
    name: "sends its body one byte a second",
    server: plain(
      trickles({ atOnce: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", text: "123456789" }),
    ),
    check: http,
    code: "L7TOUT",
    detail: /^answer not complete: .*body.*within 400ms$/,
  },
  {
    name: "never answers",
    server: plain(staysSilent),
    check: http,
    code: "L7TOUT",
    detail: /^no answer within 400ms$/,
  },
  {
    name: "answers too late",
    server: plain(answers({ delayMs: 3_000 })),
    check: http,
    code: "L7TOUT",
    detail: /^no answer within 400ms$/,
  },
  {
    name: "closes at once",
    server: plain(closesAtOnce),
    check: http,
    code: "L7RSP",
    detail: /^closed without an answer$/,
  },
  {
    name: "closes after the request",
    server: plain(closesAfterRequest),
    check: http,
    code: "L7RSP",
    detail: /^closed without an answer$/,
  },
  {
    name: "resets at once",
    server: plain(resetsAtOnce),
    check: http,
    code: "L7RSP",
    // It may have done so before we see that there was a connection.
    orCode: "L4CON",
    detail: /reset/,
  },
  {
    name: "resets after the request",
    server: plain(resetsAfterRequest),
    check: http,
    code: "L7RSP",
    detail: /reset/,
  },
  {
    name: "speaks SSH",
    server: plain(speaksSsh),
    check: http,
    code: "L7RSP",
    detail: /^not HTTP.*SSH-2\.0-OpenSSH/,
  },
  {
    name: "sends garbage",
    server: plain(sendsBinary),
    check: http,
    code: "L7RSP",
    detail: /^not HTTP/,
  },
  {
    name: "speaks HTTP/2 alone",
    server: plain(says("HTTP/2.0 200 OK\r\n\r\n")),
    check: http,
    code: "L7RSP",
    detail: /^not HTTP/,
  },
  {
    name: "has 1 MiB of headers",
    server: plain(answersWithHugeHead),
    check: http,
    code: "L7RSP",
    detail: /^head larger than 64 KiB$/,
  },
  {
    name: "redirects",
    server: plain(redirects("http://elsewhere.test/")),
    check: http,
    code: "L7STS",
    detail: /^status 302 Found, wanted 200$/,
  },
  {
    name: "redirects as wanted",
    server: plain(redirects("/login")),
    check: { ...http, codes: [302, 302] },
    code: "L7OK",
    detail: /^status 302/,
  },
  {
    name: "answers in chunks",
    server: plain(answersInChunks(["al", "l is", " well"])),
    check: { ...http, regexp: "^all is well$" },
    code: "L7OK",
    detail: /^status 200/,
  },
  {
    name: "answers in HTTP/1.0",
    server: plain(answersInHttp10),
    check: { ...http, regexp: "ok" },
    code: "L7OK",
    detail: /^status 200/,
  },
  {
    name: "cuts its answer short",
    server: plain(cutsShort),
    check: http,
    code: "L7RSP",
    detail: /^cut short: 3 of 1000 bytes/,
  },
  { name: "speaks TLS", server: secure("ok"), check: http, code: "L7RSP", detail: /TLS/ },
  {
    name: "refuses",
    server: () => startRefusing(),
    check: http,
    code: "L4CON",
    detail: /^connect: connection refused$/,
  },

  // TLS.
  {
    name: "has a good certificate",
    server: secure("ok", staysSilent),
    check: ssl,
    code: "L6OK",
    detail: /^TLSv1\.[23] handshake completed$/,
  },
  {
    name: "has a good certificate for its address",
    server: secure("ok", staysSilent),
    check: { ...ssl, serverName: null },
    code: "L6OK",
    detail: /handshake completed$/,
  },
  {
    name: "has a certificate that has expired",
    server: secure("expired"),
    check: ssl,
    code: "L6RSP",
    detail: /^TLS handshake: certificate expired on 20\d\d-\d\d-\d\d$/,
  },
  {
    name: "has a certificate that is not valid yet",
    server: secure("not-yet-valid"),
    check: ssl,
    code: "L6RSP",
    detail: /^TLS handshake: certificate is not valid before 2120-01-01$/,
  },
  {
    name: "has a certificate for another name",
    server: secure("other-name"),
    check: ssl,
    code: "L6RSP",
    detail: /^TLS handshake: certificate is for other\.test, not for ok\.test$/,
  },
  {
    name: "has a self-signed certificate",
    server: secure("self-signed"),
    check: ssl,
    code: "L6RSP",
    detail: /^TLS handshake: certificate is self-signed$/,
  },
  {
    name: "does not send the authority between",
    server: secure("without-intermediate"),
    check: ssl,
    code: "L6RSP",
    detail:
      /^TLS handshake: certificate is of an authority that is not trusted: Test intermediate$/,
  },
  {
    name: "has an expired certificate, which is not looked at",
    server: secure("expired"),
    check: { ...ssl, insecure: true },
    code: "L6OK",
    detail: /handshake completed$/,
  },
  {
    name: "has another name, which is not looked at",
    server: secure("other-name"),
    check: { ...ssl, insecure: true },
    code: "L6OK",
    detail: /handshake completed$/,
  },
  {
    name: "chooses TLS 1.0",
    server: plain(choosesTls10),
    check: ssl,
    code: "L6RSP",
    detail: /^TLS handshake: the server does not speak TLS 1\.2 or above$/,
  },
  {
    name: "refuses all above TLS 1.0",
    server: plain(refusesAboveTls10),
    check: ssl,
    code: "L6RSP",
    detail: /^TLS handshake: the server does not speak TLS 1\.2 or above$/,
  },
  {
    name: "stops in the handshake",
    server: plain(stopsInHandshake),
    check: ssl,
    code: "L6TOUT",
    detail: /^TLS handshake: not completed within 400ms$/,
  },
  {
    name: "does not begin a handshake",
    server: plain(staysSilent),
    check: ssl,
    code: "L6TOUT",
    detail: /^TLS handshake: not completed within 400ms$/,
  },
  {
    name: "closes in the handshake",
    server: plain(closesInHandshake),
    check: ssl,
    code: "L6RSP",
    detail: /^TLS handshake: the server closed the connection$/,
  },
  {
    name: "resets in the handshake",
    server: plain(resetsInHandshake),
    check: ssl,
    code: "L6RSP",
    detail: /^TLS handshake: the server closed the connection$/,
  },
  {
    name: "speaks HTTP in the clear",
    server: plain(speaksPlainHttp),
    check: ssl,
    code: "L6RSP",
    detail: /^TLS handshake: the server does not speak TLS$/,
  },

  // HTTPS.
  {
    name: "answers right",
    server: secure("ok"),
    check: https,
    code: "L7OK",
    detail: /^status 200$/,
  },
  {
    name: "answers wrong",
    server: secure("ok", answers({ status: 404 })),
    check: https,
    code: "L7STS",
    detail: /^status 404 Not Found, wanted 200$/,
  },
  {
    name: "has a body that never ends",
    server: secure("ok", answersWithoutEnd),
    check: https,
    code: "L7OK",
    detail: /^status 200/,
  },
  {
    name: "never answers",
    server: secure("ok", staysSilent),
    check: https,
    code: "L7TOUT",
    detail: /^no answer within 400ms$/,
  },
  {
    name: "closes after the request",
    server: secure("ok", closesAfterRequest),
    check: https,
    code: "L7RSP",
    detail: /^closed without an answer$/,
  },
  {
    name: "resets after the request",
    server: secure("ok", resetsAfterRequest),
    check: https,
    code: "L7RSP",
    detail: /(reset|closed without an answer)/,
  },
  {
    name: "cuts its answer short",
    server: secure("ok", cutsShort),
    check: https,
    code: "L7RSP",
    detail: /^cut short: 3 of 1000 bytes/,
  },
  {
    name: "has a bad certificate",
    server: secure("expired"),
    check: https,
    code: "L6RSP",
    detail: /certificate expired on 20\d\d-\d\d-\d\d$/,
  },
];

for (const { name, server, check, code, orCode, detail } of cases) {
  Deno.test(`${check.type}, a server that ${name}: ${code}`, async () => {
    await using port = await server();
    const prober = openTestProber();
    try {
      const probe = probeOf({ ...check, port: port.port });
      const spec = { address: addressOf(port.address), probe, timeoutMs: 400, netns: null };
      const result = await resultOf(prober, spec);
      const expected = result.code === orCode ? orCode : code;
      assert.deepEqual([result.code, result.ok], [expected, code.endsWith("OK")], result.detail);
      assert.match(result.detail, detail);
      assert.ok(result.durationMs < 600, `${result.durationMs} ms`);
    } finally {
      await prober.close();
    }
  });
}
