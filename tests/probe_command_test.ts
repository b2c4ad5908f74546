import assert from "node:assert/strict";
import { authorityPath, certificateFiles } from "./certificates.ts";
import { type Outcome, program, runProgram } from "./program.ts";
import { startServer } from "./probed_server.ts";
import { answers } from "./server_behaviours.ts";
import { startRefusing } from "./unreachable_ports.ts";

interface ProbeOptions {
  readonly port?: number;
  readonly refusing?: number;
  readonly env?: Record<string, string>;
}

/** Runs `maglev probe` with a configuration about these ports. */
async function probe(
  line: string,
  { port = 1, refusing = 1, env = {} }: ProbeOptions = {},
): Promise<Outcome> {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(
    file,
    `maglev:
  healthchecks:
    web: { type: http, port: ${port}, timeout: 1s, interval: 10s, fast-interval: 50ms, probe-ipv4-src: 127.0.0.9 }
    closed: { type: tcp, port: ${refusing}, timeout: 1500ms }
    secure: { type: tcp, port: ${port}, params: { ssl: true, server-name: ok.test }, timeout: 1s }
    ping: { type: icmp, timeout: 1s }
  backends:
    web1: { address: 127.0.0.1, healthcheck: web }
    closed1: { address: 127.0.0.2, healthcheck: closed }
    sorry: { address: 127.0.0.3 }
  vpp: { lb: { ipv4-src-address: 192.0.2.1, ipv6-src-address: "2001:db8::1" } }
`,
  );
  const outcome = await runProgram(["probe", ...line.split(" "), "--config", file], { env });
  await Deno.remove(file);
  return { ...outcome, err: outcome.err.replaceAll(file, "FILE") };
}

Deno.test("probe shows what it does, how it went and what took the time", async () => {
  await using server = await startServer(answers());
  const { code, out, err } = await probe("web1", { port: server.port });
  const ms = String.raw`\d+\.\d\dms`;
  assert.deepEqual([code, err], [0, ""]);
  assert.match(
    out,
    new RegExp(
      `^backend web1, 127.0.0.1 from 127.0.0.9: health check web, http to port ${server.port}, timeout 1s\n` +
        `L7OK +${ms}  status 200  \\(connect ${ms}, first byte ${ms}, body ${ms}\\)\npassed\n$`,
    ),
  );
  assert.deepEqual(server.peers, ["127.0.0.9"]);
});

Deno.test("probe says what is wrong, what that means, and ends with 1", async () => {
  await using closed = await startRefusing();
  const { code, out, err } = await probe("closed1", { refusing: closed.port });
  assert.deepEqual([code, err], [1, ""]);
  assert.match(out, /^backend closed1, 127\.0\.0\.2: health check closed, tcp to port \d+, /);
  assert.match(
    out,
    /\nL4CON +\S+ms +connect: connection refused\nfailed; L4CON: connection refused, /,
  );
});

Deno.test("several probes come one each fast-interval, and are counted at the end", async () => {
  await using server = await startServer(answers());
  const startedMs = performance.now();
  const { code, out } = await probe("web1 --count 5", { port: server.port });
  assert.ok(performance.now() - startedMs >= 200);
  assert.equal(code, 0);
  assert.equal(out.match(/^L7OK /gm)?.length, 5);
  assert.match(out, /\n5 of 5 passed\n$/);
});

Deno.test("any address can be probed, with any check", async () => {
  await using server = await startServer(answers(), { address: "::1" });
  const { port } = server;
  const { code, out } = await probe("0:0::1 --healthcheck web", { port });
  assert.match(out, /^::1: health check web, http to port /);
  assert.equal(code, 0);
  const other = await probe("sorry --healthcheck closed", { refusing: port });
  assert.match(other.out, /^backend sorry, 127\.0\.0\.3: health check closed, tcp /);
  assert.equal(other.code, 1);
  const byAddress = await probe("127.0.0.2", { refusing: port });
  assert.match(byAddress.out, /^backend closed1, 127\.0\.0\.2: health check closed, /);
});

Deno.test("a certificate is trusted if the system trusts who signed it", async () => {
  await using server = await startServer(answers(), { certificate: "ok" });
  const { port } = server;
  const line = "127.0.0.1 --healthcheck secure";
  const trusting = await probe(line, { port, env: { SSL_CERT_FILE: authorityPath } });
  assert.match(trusting.out, /^L6OK /m);
  const { out } = await probe(line, {
    port,
    env: { SSL_CERT_FILE: certificateFiles("self-signed").certPath },
  });
  assert.match(out, /^L6RSP .*certificate is of an authority that is not trusted: Test authority/m);
});

Deno.test("the same as data, for programs", async () => {
  await using server = await startServer(answers({ status: 503 }));
  const { code, out } = await probe("web1 -n 2 -o json", { port: server.port });
  const { probes, ...subject } = JSON.parse(out);
  assert.deepEqual(subject, {
    backend: "web1",
    address: "127.0.0.1",
    healthcheck: "web",
    type: "http",
    netns: null,
  });
  assert.equal(probes.length, 2);
  const { ok, code: verdict, detail, started, duration_ms: duration, phases } = probes[0];
  assert.deepEqual([ok, verdict], [false, "L7STS"]);
  assert.equal(detail, "status 503 Service Unavailable, wanted 200");
  assert.ok(Math.abs(Date.parse(started) - Date.now()) < 60_000);
  assert.ok(duration > 0 && phases.connect > 0 && phases.first_byte > 0);
  assert.equal(code, 1);
});

Deno.test("what cannot be probed is said in one line", async () => {
  const cases: readonly (readonly [line: string, code: number, err: RegExp])[] = [
    ["web2", 1, /^maglev: no backend is named "web2" \(did you mean web1\?\)\n$/],
    [
      "sorry",
      1,
      /^maglev: backend sorry has no health check: choose one with --healthcheck \(web, /,
    ],
    ["192.0.2.9", 1, /^maglev: 192\.0\.2\.9 has no health check: choose one /],
    [
      "sorry --healthcheck wep",
      1,
      /^maglev: no health check is named "wep" \(did you mean web\?\)\n$/,
    ],
    ["web1 --count 0", 2, /^maglev: --count takes a number from 1 to /],
    ["web1 --count many", 2, /^maglev: --count takes a number from 1 to /],
    ["web1 --output xml", 2, /^maglev: --output takes text, json, jsonl, yaml, not "xml"\n$/],
    ["web1 web2", 2, /^maglev: probe web1: nothing more belongs here, and "web2" follows\n$/],
  ];
  for (const [line, code, expected] of cases) {
    const { code: actual, out, err } = await probe(line);
    assert.match(err, expected, line);
    assert.deepEqual([actual, out], [code, ""], line);
  }
  const { code, err } = await runProgram(["probe", "web1", "--config", "/nowhere"]);
  assert.deepEqual([code, err], [1, "/nowhere: cannot be read: there is no such file\n"]);
});

Deno.test("Ctrl-C ends a series of probes with the count of those that were made", async () => {
  await using server = await startServer(answers());
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  const check = `{ type: tcp, port: ${server.port}, interval: 20ms }`;
  await Deno.writeTextFile(
    file,
    `maglev: { healthchecks: { c: ${check} }, backends: { b: { address: 127.0.0.1, healthcheck: c } },
  vpp: { lb: { ipv4-src-address: 192.0.2.1, ipv6-src-address: "2001:db8::1" } } }\n`,
  );
  const [command = "", ...args] = [...program, "probe", "b", "-n", "100000", "--config", file];
  const child = new Deno.Command(command, { args, stdout: "piped", stderr: "piped" }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let out = "";
  while ((out.match(/^L4OK/gm)?.length ?? 0) < 3) out += (await reader.read()).value ?? "";
  child.kill("SIGINT");
  for (let part = await reader.read(); !part.done; part = await reader.read()) out += part.value;
  const { code } = await child.status;
  await child.stderr.cancel();
  await Deno.remove(file);
  assert.equal(code, 0);
  assert.match(out, /\n(\d+) of \1 passed\n$/);
});

// Root may open any socket, unless the capability to do so is taken away.
const setpriv = "/usr/bin/setpriv";
const canDrop = Deno.uid() === 0 && await Deno.stat(setpriv).then(() => true, () => false);
const pingRange = await Deno.readTextFile("/proc/sys/net/ipv4/ping_group_range").catch(() => "");

Deno.test({
  name: "who may not open a socket for ICMP is told which capability that takes",
  ignore: !canDrop || !/^1\s+0\s*$/.test(pingRange),
  fn: async () => {
    const file = await Deno.makeTempFile({ suffix: ".yaml" });
    await Deno.writeTextFile(
      file,
      `maglev: { healthchecks: { c: { type: icmp } }, backends: { b: { address: 127.0.0.1, healthcheck: c } },
  vpp: { lb: { ipv4-src-address: 192.0.2.1, ipv6-src-address: "2001:db8::1" } } }\n`,
    );
    const through = [setpriv, "--bounding-set=-net_raw", "--inh-caps=-net_raw"];
    const outcome = await runProgram(["probe", "b", "--config", file], { through });
    await Deno.remove(file);
    assert.deepEqual([outcome.code, outcome.out], [1, ""]);
    assert.match(
      outcome.err,
      /^maglev: ICMP needs CAP_NET_RAW, or a group in .*ping_group_range\n$/,
    );
  },
});
