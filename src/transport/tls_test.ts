import assert from "node:assert/strict";
import { connect as connectTls, createServer } from "node:tls";
import { systemClock, virtualClock } from "../clock.ts";
import { authorityPath, certificateFiles, type CertificateName } from "../../tests/certificates.ts";
import type { TlsClientSettings } from "./client_tls.ts";
import { DialError, type DialErrorCode } from "./dial_error.ts";
import { prepareServerTls } from "./prepare_server_tls.ts";
import { type TlsServerSettings, TlsSettingsError } from "./server_tls.ts";
import { at, bytesOf, dialNow, readText, testdata, withListener } from "./transport_testing.ts";

const { signal } = new AbortController();
const authorities = Deno.readTextFileSync(authorityPath);
const key = testdata("client-key.pem");
const trusted = { certificate: testdata("client.pem"), key };
const clientAuthorities = testdata("client-ca.pem");

function settingsFor(name: CertificateName): TlsServerSettings {
  const { certPath, keyPath } = certificateFiles(name);
  return { certificate: Deno.readTextFileSync(certPath), key: Deno.readTextFileSync(keyPath) };
}

function prepared(name: CertificateName, more: Partial<TlsServerSettings> = {}) {
  return prepareServerTls({ ...settingsFor(name), ...more }, systemClock);
}

/** Dials, and reads once: only then does a client of TLS 1.3 know whether it was let in. */
async function assertRefused(
  address: Parameters<typeof dialNow>[0],
  tls: TlsClientSettings,
  [code, message]: readonly [DialErrorCode, RegExp],
): Promise<void> {
  const attempt = async () => {
    const transport = await dialNow(address, { tls, signal });
    try {
      await transport.read();
    } finally {
      transport.close();
    }
  };
  await assert.rejects(attempt, (error) => {
    assert.ok(error instanceof DialError, String(error));
    assert.match(error.message, message);
    assert.equal(error.code, code);
    return true;
  });
}

Deno.test("bytes go both ways over TLS, and an end is seen", async () => {
  const tls = await prepared("ok");
  assert.deepEqual(tls.warnings, []);
  await withListener("127.0.0.1:0", async (scene) => {
    const client = await dialNow(scene.address, { tls: { authorities }, signal });
    const { transport, caller } = await scene.accepted();
    assert.match(caller, /^127\.0\.0\.1:\d+$/);
    await client.write(bytesOf("hello"));
    assert.equal(await readText(transport, 5), "hello");
    await transport.write(bytesOf("world"));
    assert.equal(await readText(client, 5), "world");
    transport.close();
    transport.close();
    assert.equal(await client.read(), null);
    client.close();
  }, { tls });
});

Deno.test("what waits when a TLS transport is closed is rejected", async () => {
  const tls = await prepared("ok");
  await withListener("127.0.0.1:0", async (scene) => {
    const client = await dialNow(scene.address, { tls: { authorities }, signal });
    const { transport } = await scene.accepted();
    const reading = assert.rejects(transport.read(), /closed here/);
    const writing = assert.rejects(async () => {
      for (;;) await transport.write(new Uint8Array(1 << 20));
    }, /closed here/);
    await new Promise((resolve) => setTimeout(resolve, 50));
    transport.close();
    await Promise.all([reading, writing]);
    await assert.rejects(transport.read(), /closed here/);
    await assert.rejects(transport.write(bytesOf("x")), /closed here/);
    client.close();
  }, { tls });
});

Deno.test("a slow reader holds the writer up, and 10 MB come whole", async () => {
  const tls = await prepared("ok");
  await withListener("127.0.0.1:0", async (scene) => {
    const client = await dialNow(scene.address, { tls: { authorities }, signal });
    const { transport } = await scene.accepted();
    const pieces = 160;
    let written = 0;
    const writing = (async () => {
      for (let piece = 0; piece < pieces; piece++) {
        await client.write(new Uint8Array(65_536).fill(piece));
        written++;
      }
    })();
    // As long as the kernels take more.
    for (let before = -1; before !== written;) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(written < pieces, `${written} pieces were taken unread`);
    const read: Uint8Array[] = [];
    for (let count = 0; count < pieces * 65_536;) {
      const bytes = await transport.read();
      assert.ok(bytes !== null);
      read.push(bytes);
      count += bytes.length;
    }
    await writing;
    let offset = 0;
    for (const bytes of read) {
      for (let index = 0; index < bytes.length; index += 509) {
        assert.equal(bytes[index], (offset + index) >> 16);
      }
      offset += bytes.length;
    }
    assert.equal(offset, pieces * 65_536);
    client.close();
  }, { tls });
});

Deno.test("with client authorities, callers are let in and named by their certificate", async () => {
  const tls = await prepared("ok", { clientAuthorities });
  const cases = [["client.pem", "admin.test"], ["client-without-name.pem", "web-admin"]] as const;
  await withListener("127.0.0.1:0", async (scene) => {
    for (const [file, name] of cases) {
      const client = await dialNow(scene.address, {
        tls: { authorities, certificate: testdata(file), key },
        signal,
      });
      const { caller } = await scene.accepted();
      assert.match(caller, new RegExp(`^${name} \\(127\\.0\\.0\\.1:\\d+\\)$`));
      client.close();
    }
  }, { tls });
});

Deno.test("with client authorities, callers without a certificate of theirs are refused", async () => {
  const tls = await prepared("ok", { clientAuthorities });
  const { certificate, key: serverKey } = settingsFor("ok");
  const cases: readonly (readonly [TlsClientSettings, RegExp, RegExp])[] = [
    [{}, /perhaps it wants a client certificate/, /has no client certificate/],
    [
      { certificate: testdata("rogue.pem"), key },
      /perhaps it refuses the client certificate/,
      /certificate is refused/,
    ],
    [{ certificate, key: serverKey }, /perhaps it refuses/, /certificate is refused/],
  ];
  await withListener("127.0.0.1:0", async (scene) => {
    for (const [client, seenThere, seenHere] of cases) {
      const expected = ["CLIENT_REFUSED", seenThere] as const;
      await assertRefused(scene.address, { authorities, ...client }, expected);
      const { caller, message } = await scene.problem();
      assert.match(caller, /^127\.0\.0\.1:\d+$/);
      assert.match(message, seenHere);
    }
    const client = await dialNow(scene.address, { tls: { authorities, ...trusted }, signal });
    await scene.accepted();
    client.close();
    assert.equal(scene.problems.length, cases.length);
  }, { tls });
});

Deno.test("a server that says why it refuses a client is quoted", async () => {
  const { certificate: cert, key } = settingsFor("ok");
  const server = createServer({
    ...{ cert, key, requestCert: true, rejectUnauthorized: true, ca: clientAuthorities },
    ALPNProtocols: ["h2"],
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const listening = server.address();
  assert.ok(typeof listening === "object" && listening !== null);
  const address = { kind: "tcp", host: "127.0.0.1", port: listening.port } as const;
  await assertRefused(address, { authorities }, [
    "CLIENT_REFUSED",
    /^the server wants a client certificate$/,
  ]);
  await new Promise((resolve) => server.close(resolve));
});

Deno.test("a client does not trust just anybody", async () => {
  const cases: readonly (readonly [CertificateName, TlsClientSettings, RegExp])[] = [
    ["self-signed", { authorities }, /certificate is self-signed|not known here/],
    ["without-intermediate", { authorities }, /signed by an authority that is not known here/],
    ["ok", {}, /signed by an authority that is not known here/],
    ["expired", { authorities }, /expired on 2020-01-01/],
    ["not-yet-valid", { authorities }, /not valid yet|not valid before/],
    ["other-name", { authorities }, /is not for 127\.0\.0\.1/],
    ["ok", { authorities, serverName: "other.test" }, /is not for other\.test/],
  ];
  for (const [name, client, message] of cases) {
    const tls = await prepared(name);
    await withListener("127.0.0.1:0", async (scene) => {
      await assertRefused(scene.address, client, ["BAD_CERTIFICATE", message]);
    }, { tls });
  }
});

Deno.test("a server that speaks no TLS is told", async () => {
  await withListener("127.0.0.1:0", async (scene) => {
    const refused = assertRefused(scene.address, { authorities }, ["NO_TLS", /does not speak TLS/]);
    const { transport } = await scene.accepted();
    await transport.write(bytesOf("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await refused;
  });
});

Deno.test("garbage, silence and hanging up are problems of one caller", async () => {
  const clock = virtualClock();
  const tls = await prepared("ok");
  await withListener("127.0.0.1:0", async (scene) => {
    const cases: readonly (readonly [Uint8Array, RegExp])[] = [
      [bytesOf("GET / HTTP/1.1\r\n\r\n"), /does not speak TLS/],
      [new Uint8Array(100_000).fill(0xff), /./],
      [Uint8Array.of(22, 3, 1, 2, 0, 1), /hung up/],
      [new Uint8Array(0), /hung up/],
    ];
    for (const [bytes, message] of cases) {
      const client = await dialNow(scene.address, { signal });
      await client.write(bytes);
      if (message.source === "hung up") client.close();
      assert.match((await scene.problem()).message, message);
      client.close();
    }
    const silent = await dialNow(scene.address, { signal });
    while (clock.pending === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await clock.advance(10_000);
    assert.match((await scene.problem()).message, /took over 10 s/);
    silent.close();
    (await dialNow(scene.address, { tls: { authorities }, signal })).close();
    await scene.accepted();
    assert.equal(clock.pending, 0);
  }, { tls, clock });
});

Deno.test("a caller that speaks something else than HTTP/2 is refused, one that does not say is not", async () => {
  const tls = await prepared("ok");
  await withListener("127.0.0.1:0", async ({ port, problem, accepted }) => {
    const options = { host: "127.0.0.1", port, ca: authorities };
    const other = connectTls({ ...options, ALPNProtocols: ["http/1.1"] });
    other.on("error", () => {});
    assert.match((await problem()).message, /does not speak HTTP\/2/);
    other.destroy();
    const silent = connectTls(options);
    await accepted();
    silent.destroy();
  }, { tls });
});

Deno.test("new settings are in force for the next connection", async () => {
  await withListener("127.0.0.1:0", async (scene) => {
    const first = await dialNow(scene.address, { tls: { authorities }, signal });
    const { transport } = await scene.accepted();
    scene.listener.setTls(await prepared("other-name"));
    const second = await dialNow(at("127.0.0.1", scene), {
      tls: { authorities, serverName: "other.test" },
      signal,
    });
    await scene.accepted();
    await first.write(bytesOf("old"));
    assert.equal(await readText(transport, 3), "old");
    first.close();
    second.close();
  }, { tls: await prepared("ok") });
});

Deno.test("closing cuts handshakes, and says nothing of it", async () => {
  const tls = await prepared("ok");
  await withListener("127.0.0.1:0", async (scene) => {
    const client = await dialNow(scene.address, { signal });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await scene.listener.close();
    assert.equal(await client.read(), null);
    client.close();
    assert.deepEqual(scene.problems, []);
  }, { tls });
});

Deno.test("settings that cannot be used are refused, and doubtful ones warned of", async () => {
  const ok = settingsFor("ok");
  const cases: readonly (readonly [Partial<TlsServerSettings>, RegExp])[] = [
    [{ certificate: "x" }, /certificate is no certificate in PEM/],
    [{ certificate: ok.key }, /certificate is no certificate in PEM/],
    [{ key: "x" }, /key is no private key in PEM/],
    [{ key: ok.certificate }, /key is no private key in PEM/],
    [{ key }, /key is not that of the certificate/],
    [{ clientAuthorities: "" }, /file of client authorities is no certificate/],
    [{ certificate: ok.certificate.replace(/\n.{20}/, "\n!") }, /cannot be read/],
  ];
  for (const [settings, message] of cases) {
    await assert.rejects(prepareServerTls({ ...ok, ...settings }, systemClock), (error) => {
      assert.ok(error instanceof TlsSettingsError, String(error));
      assert.match(error.message, message);
      return true;
    });
  }
  assert.deepEqual((await prepared("expired")).warnings, ["the certificate expired on 2020-01-01"]);
  assert.match((await prepared("not-yet-valid")).warnings.join(), /not valid before 2120/);
});
