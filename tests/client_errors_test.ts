import assert from "node:assert/strict";
import { authorityPath, certificateFiles, intermediatePath } from "./certificates.ts";
import { withApiDaemon } from "./clients/api_daemon.ts";
import { runProgram } from "./program.ts";
import { startRefusing } from "./unreachable_ports.ts";

/** Runs a command that asks the daemon, and what went wrong, which is one line and soon. */
async function failure(server: string, ...flags: string[]): Promise<[number, string]> {
  const startMs = performance.now();
  const args = ["show", "backends", "--server", server, "--timeout", "1s", ...flags];
  const { code, out, err } = await runProgram(args);
  const tookMs = performance.now() - startMs;
  assert.ok(tookMs < 4_000, `${server} took ${Math.round(tookMs)} ms`);
  assert.equal(out, "");
  assert.match(err, /^maglev: [^\n]+\n$/);
  return [code, err.slice("maglev: ".length, -1)];
}

Deno.test("a daemon that cannot be reached is named in one line, and ends with code 4", async () => {
  await using refusing = await startRefusing();
  // One that accepts and says nothing.
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = silent.addr as Deno.NetAddr;
  await using http = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response("hello"),
  );
  const { certPath, keyPath } = certificateFiles("ok");
  await withApiDaemon(async ({ targets: [plain] }) => {
    await withApiDaemon(async ({ targets: [secured] }) => {
      const ca = ["--tls-ca", authorityPath];
      const cases: readonly [server: string, flags: readonly string[], message: RegExp][] = [
        [`127.0.0.1:${refusing.port}`, [], /^cannot reach 127\.0\.0\.1:\d+: connection refused$/],
        ["unix:/nowhere/maglev.sock", [], /^cannot reach unix:\S+: no such file$/],
        ["nowhere.invalid:9090", [], /^cannot reach nowhere\.invalid:9090: no such host$/],
        [`127.0.0.1:${port}`, [], /^no answer in 1 s$/],
        [`127.0.0.1:${port}`, ca, /^cannot reach 127\.0\.0\.1:\d+: no answer in 1 s$/],
        [`127.0.0.1:${http.addr.port}`, [], /: what answers does not speak gRPC/],
        [plain, ca, /: the server does not speak TLS$/],
        [secured, [], /: what answers does not speak gRPC$/],
        [
          secured,
          ["--tls-ca", intermediatePath],
          /: the server's certificate is signed by an auth/,
        ],
        [
          secured,
          [...ca, "--tls-server-name", "other.test"],
          /certificate is not for other\.test$/,
        ],
      ];
      for (const [server, flags, message] of cases) {
        const [code, said] = await failure(server, ...flags);
        assert.match(said, message);
        assert.equal(code, 4, said);
      }
    }, { args: ["--grpc-tls-cert", certPath, "--grpc-tls-key", keyPath] });
  });
});

Deno.test("flags that cannot be meant are told before anybody is asked", async () => {
  const cases: readonly [flags: readonly string[], message: RegExp][] = [
    [["--timeout", "soon"], /^--timeout takes a duration such as 5s, not "soon"$/],
    [["--tls-cert", authorityPath], /^--tls-cert and --tls-key go together$/],
    [["--tls-ca", "/nowhere.pem"], /^cannot read \/nowhere\.pem: No such file or directory$/],
    [["--output", "xml"], /^--output takes text, json, jsonl, yaml, not "xml"$/],
  ];
  for (const [flags, message] of cases) {
    const [code, said] = await failure("127.0.0.1:1", ...flags);
    assert.match(said, message);
    assert.equal(code, 2, said);
  }
  const [code, said] = await failure("9090");
  assert.match(said, /^--server: "9090" is no host:port/);
  assert.equal(code, 2);
});
