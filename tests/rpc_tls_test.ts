import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { type RpcClient, rpcClient } from "../src/rpc/client.ts";
import { methods, serviceName } from "../src/rpc/maglev_pb.ts";
import { dial, parseServerAddress, type TlsClientSettings } from "../src/transport/mod.ts";
import { authorityPath, certificateFiles } from "./certificates.ts";
import { type ApiDaemon, withApiDaemon } from "./clients/api_daemon.ts";
import { untilLogged } from "./daemon_scene.ts";

const read = Deno.readTextFileSync;
const first = certificateFiles("ok");
const second = certificateFiles("self-signed");
const trustFirst: TlsClientSettings = { authorities: read(authorityPath) };
const trustSecond: TlsClientSettings = { authorities: read(second.certPath) };

async function connect(target: string, tls: TlsClientSettings): Promise<RpcClient & Disposable> {
  const parsed = parseServerAddress(target);
  if ("problem" in parsed) throw new Error(parsed.problem);
  const { signal } = new AbortController();
  const transport = await dial(parsed.value, { signal, tls, clock: systemClock });
  const client = rpcClient({
    ...{ transport, authority: target, service: serviceName, clock: systemClock },
  });
  return { ...client, [Symbol.dispose]: () => client.close() };
}

const list = (client: RpcClient) => client.call(methods.ListBackends, {}, { timeoutMs: 5_000 });
const reload = (client: RpcClient) => client.call(methods.ReloadConfig, {}, { timeoutMs: 5_000 });

async function ask(target: string, tls: TlsClientSettings): Promise<void> {
  using client = await connect(target, tls);
  await list(client);
}

/** The files of a daemon, which a test may replace. */
interface Files {
  readonly certificate: string;
  readonly key: string;
}

async function withTlsDaemon(
  test: (daemon: ApiDaemon, files: Files) => Promise<void>,
  moreArgs: readonly string[] = [],
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-tls-" });
  const files = { certificate: `${folder}/certificate.pem`, key: `${folder}/key.pem` };
  await Deno.copyFile(first.certPath, files.certificate);
  await Deno.copyFile(first.keyPath, files.key);
  const args = ["--grpc-tls-cert", files.certificate, "--grpc-tls-key", files.key, ...moreArgs];
  try {
    await withApiDaemon((daemon) => test(daemon, files), { args });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const way of ["SIGHUP", "ReloadConfig"] as const) {
  Deno.test(`after ${way} new connections get the new certificate, and old ones live on`, () =>
    withTlsDaemon(async (daemon, { certificate }) => {
      const [target] = daemon.targets;
      using old = await connect(target, trustFirst);
      const asked = { logLevel: "", log: false, weight: false, reload: false };
      const events = old.stream(methods.WatchEvents, asked);
      const watching = events[Symbol.asyncIterator]();
      assert.equal((await watching.next()).done, false);
      await Deno.copyFile(second.certPath, certificate);
      await ask(target, trustFirst);
      if (way === "SIGHUP") daemon.signal("SIGHUP");
      else assert.equal((await reload(old)).ok, true);
      await untilLogged(daemon, "config-loaded", 2);
      await ask(target, trustSecond);
      await assert.rejects(ask(target, trustFirst));
      await list(old);
      await old.call(methods.PauseBackend, { name: "web1" });
      assert.equal((await watching.next()).done, false);
      await watching.return?.();
    }));
}

Deno.test("with a key that cannot be used nothing at all is reloaded", () =>
  withTlsDaemon(async (daemon, { certificate, key }) => {
    const [target] = daemon.targets;
    using client = await connect(target, trustFirst);
    await Deno.copyFile(second.certPath, certificate);
    const broken: readonly [what: string, make: () => Promise<void>, reason: RegExp][] = [
      ["no key", () => Deno.writeTextFile(key, "x"), /key is no private key in PEM.*key\.pem/],
      [
        "the key of somebody else",
        () => Deno.copyFile(`${clients}client-key.pem`, key),
        /key is not that of the certificate/,
      ],
      ["no file", () => Deno.remove(key), /cannot read .*key\.pem/],
    ];
    for (const [index, [what, make, reason]] of broken.entries()) {
      await make();
      const { ok, parseError, semanticError, reloadError } = await reload(client);
      assert.deepEqual([ok, parseError, semanticError], [false, "", ""], what);
      assert.match(reloadError, reason);
      daemon.signal("SIGHUP");
      await untilLogged(daemon, "config-reload-failed", 2 * (index + 1));
      const logged = daemon.lines.findLast(({ msg }) => msg === "config-reload-failed");
      assert.match(String(logged?.error), reason);
      await ask(target, trustFirst);
    }
    assert.equal(daemon.lines.filter(({ msg }) => msg === "config-loaded").length, 1);
    await Deno.copyFile(second.keyPath, key);
    assert.equal((await reload(client)).ok, true);
    await ask(target, trustSecond);
  }));

const clients = new URL("fixtures/clients/certificates/", import.meta.url).pathname;

Deno.test("with mutual TLS the audit has the name that the caller's certificate has", () =>
  withTlsDaemon(async ({ targets: [target], lines }) => {
    const key = read(`${clients}client-key.pem`);
    const pause = async (certificate: string) => {
      using client = await connect(target, { ...trustFirst, certificate: read(certificate), key });
      await client.call(methods.PauseBackend, { name: "web1" }, { timeoutMs: 5_000 });
    };
    await pause(`${clients}client.pem`);
    await assert.rejects(pause(`${clients}stranger.pem`));
    await assert.rejects(ask(target, trustFirst));
    const audits = lines.filter(({ msg }) => msg === "audit");
    assert.equal(audits.length, 1);
    assert.match(String(audits[0]?.who), /^operator\.test \(127\.0\.0\.1:\d+\)$/);
    assert.deepEqual([audits[0]?.call, audits[0]?.result], ["PauseBackend", "OK"]);
  }, ["--grpc-tls-client-ca", `${clients}ca.pem`]));

Deno.test("200 callers who begin TLS and stop keep nobody else out, nor the daemon from its end", () =>
  withTlsDaemon(async ({ targets: [target], vitals, signal, ended }) => {
    const { hostname, port } = new URL(`http://${target}`);
    await ask(target, trustFirst);
    const { rssMib } = vitals();
    const slow: Deno.Conn[] = [];
    try {
      for (let count = 0; count < 200; count++) {
        const conn = await Deno.connect({ hostname, port: Number(port) });
        slow.push(conn);
        await conn.write(new Uint8Array([0x16, 3, 1, 2, 0]));
        if (count % 20 === 0) await ask(target, trustFirst);
      }
      await ask(target, trustFirst);
      assert.ok(vitals().rssMib - rssMib < 100, `${rssMib}, ${vitals().rssMib} MiB`);
      const startMs = systemClock.monotonic();
      signal("SIGTERM");
      assert.equal(await ended(), 0);
      assert.ok(systemClock.monotonic() - startMs < 6_000);
    } finally {
      for (const conn of slow) conn.close();
    }
  }));
