import assert from "node:assert/strict";
import { authorityPath, certificateFiles } from "./certificates.ts";
import { type ApiDaemon, type ApiDaemonOptions, withApiDaemon } from "./clients/api_daemon.ts";
import { type Observation, python, runPython, startPython } from "./clients/client_program.ts";
import { sleep } from "./clients/raw_connection.ts";
import { until } from "./vpp_under_test.ts";

const isSlow = Deno.env.get("MAGLEV_TEST_SLOW") === "1";

interface Case extends ApiDaemonOptions {
  readonly name: string;
  readonly isSlow?: boolean;
  readonly test: (daemon: ApiDaemon) => Promise<void>;
}

const codes = (observed: readonly Observation[]) => observed.map(({ code }) => code);

/** What a client of that RPC saw. */
function replyOf(observed: readonly Observation[], rpc: string): Record<string, unknown> {
  const { reply } = observed.find((each) => each.rpc === rpc) ?? {};
  assert.ok(typeof reply === "object" && reply !== null, `${rpc} has no reply`);
  return reply as Record<string, unknown>;
}

const withoutVpp = ["GetVPPInfo", "GetVPPLBState", "GetVPPLBCounters", "SyncVPPLBState"];
const { certPath, keyPath } = certificateFiles("ok");
const serverTls = ["--grpc-tls-cert", certPath, "--grpc-tls-key", keyPath];
const folder = new URL("fixtures/clients/certificates/", import.meta.url).pathname;

const cases: readonly Case[] = [
  {
    name: "every RPC has the field numbers of the specification, and what is ours has others",
    test: async ({ targets: [target] }) => {
      const observed = await runPython(target, "unary");
      assert.equal(observed.length, 17);
      for (const { rpc, code, unknown, message } of observed) {
        const isWithoutVpp = withoutVpp.includes(String(rpc));
        assert.equal(code, isWithoutVpp ? "UNAVAILABLE" : "OK", `${rpc}: ${message}`);
        if (isWithoutVpp) assert.notEqual(message, "");
        assert.deepEqual((unknown as number[] ?? []).filter((each) => each < 100), [], String(rpc));
      }
      const seen = (rpc: string) => replyOf(observed, rpc);
      assert.deepEqual(seen("ListFrontends"), { frontend_names: ["www"] });
      assert.deepEqual(seen("ListBackends"), { backend_names: ["web1", "web2", "sorry"] });
      assert.deepEqual(seen("ListHealthChecks"), { names: ["web"] });
      assert.deepEqual(seen("CheckConfig"), { ok: true });
      assert.deepEqual(seen("ReloadConfig"), { ok: true });
      const { name, type, interval_ns, timeout_ns, rise, fall } = seen("GetHealthCheck");
      assert.deepEqual([name, type, interval_ns, timeout_ns, rise, fall], [
        ...["web", "http", "1000000000", "500000000", 1, 2],
      ]);
      const { address, protocol, port, pools } = seen("GetFrontend");
      assert.deepEqual([address, protocol, port], ["198.51.100.1", "tcp", 80]);
      assert.deepEqual((pools as { name: string }[]).map((pool) => pool.name), [
        ...["primary", "last-resort"],
      ]);
      const set = seen("SetFrontendPoolBackendWeight").pools as { backends: Observation[] }[];
      assert.equal(set[0]?.backends[0]?.weight, 42);
      assert.equal(seen("PauseBackend").state, "paused");
      assert.equal(seen("DisableBackend").state, "disabled");
      assert.equal(seen("EnableBackend").enabled, true);
      const { address: backend, healthcheck, transitions } = seen("GetBackend");
      assert.deepEqual([backend, healthcheck], ["127.0.0.1", "web"]);
      for (const { at_unix_ns: at } of transitions as { at_unix_ns: string }[]) {
        const ageMs = Date.now() - Number(BigInt(at) / 1_000_000n);
        assert.ok(ageMs >= -1_000 && ageMs < 60_000, `a transition ${ageMs} ms ago`);
      }
    },
  },
  {
    name: "what is refused has its code, and says what to do",
    test: async ({ targets: [target] }) => {
      const observed = await runPython(target, "errors");
      const [notFound, invalid] = ["NOT_FOUND", "INVALID_ARGUMENT"];
      assert.deepEqual(codes(observed.slice(0, 11)), [
        ...[notFound, notFound, notFound, notFound, notFound],
        ...[invalid, invalid, notFound, notFound, "UNIMPLEMENTED", "UNIMPLEMENTED"],
      ]);
      assert.match(String(observed[11]?.code), /^(INVALID_ARGUMENT|INTERNAL)$/);
      assert.equal(observed[0]?.message, 'no frontend named "wwww" (did you mean "www"?)');
      assert.ok(observed.every(({ message }) => message !== ""), JSON.stringify(observed));
      assert.match(String(observed[8]?.message), /name with ümlaut, 100 %/);
    },
  },
  {
    name: "a deadline ends a stream in time, and the connection goes on",
    test: async ({ targets: [target], metric }) => {
      const [end, next] = await runPython(target, "deadline", "--seconds", "0.5");
      assert.equal(end?.end, "DEADLINE_EXCEEDED");
      assert.ok(Number(end?.ms) >= 490 && Number(end?.ms) < 1_500, `after ${end?.ms} ms`);
      assert.equal(next?.code, "OK");
      assert.equal(await metric("maglev_event_subscribers"), 0);
    },
  },
  {
    name: "streams that are cancelled are gone, and the connection goes on",
    test: async ({ targets: [target], metric }) => {
      const observed = await runPython(target, "cancel", "--count", "100");
      const next = observed.at(-1);
      assert.equal(next?.code, "OK");
      const ends = observed.slice(0, -1).map(({ end }) => end);
      assert.deepEqual(ends, Array.from({ length: 100 }, () => "CANCELLED"));
      assert.equal(await metric("maglev_event_subscribers"), 0);
    },
  },
  {
    name: "events begin with what is, go on with what happens, and end with the daemon",
    test: async ({ targets: [target], signal, ended }) => {
      const watching = startPython(target, "watch", "--count", "100000", "--seconds", "60");
      const events = () =>
        watching.observations.flatMap(({ event }) =>
          event === undefined ? [] : [event as Observation]
        );
      const transitions = (kind: string) =>
        events().flatMap((event) => {
          const { transition, ...rest } = (event[kind] ?? {}) as Record<
            string,
            Record<string, string>
          >;
          return transition === undefined
            ? []
            : [`${Object.values(rest)[0]} ${transition.from} ${transition.to}`];
        });
      const isSnapshot = (text: string) => text.split(" ")[1] === text.split(" ")[2];
      await until(() => transitions("backend").filter(isSnapshot).length === 3, "no snapshot");
      assert.equal(transitions("frontend").filter(isSnapshot).length, 1);
      await runPython(target, "call", "--rpc", "PauseBackend", "--request", '{"name":"web2"}');
      const isPause = (text: string) => /^web2 \w+ paused$/.test(text);
      await until(() => transitions("backend").some(isPause), "no pause");
      await until(() => events().some(({ log }) => log !== undefined), "no log record");
      signal("SIGTERM");
      const end = (await watching.ended()).at(-1);
      assert.deepEqual([end?.end, end?.message], ["UNAVAILABLE", "shutting down"]);
      assert.equal(await ended(), 0);
      const unknown = watching.observations.flatMap(({ unknown }) => unknown as number[] ?? []);
      assert.deepEqual(unknown.filter((number) => number < 100), []);
    },
  },
  {
    name: "events that are not asked for do not come",
    test: async ({ targets: [target] }) => {
      const of = async (request: Observation) => {
        const text = JSON.stringify(request);
        const observed = await runPython(
          target,
          "watch",
          "--seconds",
          "1",
          "--count",
          "0",
          "--request",
          text,
        );
        const kinds = observed.flatMap(({ event }) => Object.keys(event ?? {}));
        return [...new Set(kinds)].sort();
      };
      assert.deepEqual(await of({ log: false }), ["backend", "frontend"]);
      assert.deepEqual(await of({ log: false, frontend: false }), ["backend"]);
      assert.deepEqual(await of({ log: false, backend: false }), ["frontend"]);
      assert.deepEqual(await of({ log: false, backend: false, frontend: false }), []);
    },
  },
  {
    name: "health says SERVING for what there is, and tells those who watch",
    test: async ({ targets: [target] }) => {
      const observed = await runPython(target, "health", "--seconds", "0.5");
      assert.deepEqual(observed.slice(0, 2), [
        { check: "", status: 1 },
        { check: "maglev.Maglev", status: 1 },
      ]);
      assert.deepEqual([observed[2]?.check, observed[2]?.code], ["no.Such", "NOT_FOUND"]);
      assert.deepEqual(observed[3], { watch: "maglev.Maglev", status: 1 });
      assert.equal(observed[4]?.end, "DEADLINE_EXCEEDED");
    },
  },
  ...["v1", "v1alpha"].map((version): Case => ({
    name: `a strict pool takes what reflection ${version} hands out`,
    test: async ({ targets: [target] }) => {
      const [listed, ...others] = await runPython(target, "reflection", "--version", version);
      const services = listed?.services as string[];
      for (const name of ["grpc.health.v1.Health", `grpc.reflection.${version}.ServerReflection`]) {
        assert.ok(services.includes(name), services.join(", "));
      }
      const maglev = others.find(({ service }) => service === "maglev.Maglev");
      const methods = maglev?.methods as string[];
      assert.equal(methods.length, 20);
      assert.ok(methods.includes("WatchEvents maglev.WatchRequest maglev.Event"));
      const asked = others.filter(({ asked }) => asked !== undefined);
      assert.deepEqual(asked.map(({ code }) => code), [5, 5]);
      const symbols = others.filter(({ symbol }) => symbol !== undefined);
      assert.ok(symbols.every(({ files }) => Number(files) >= 1), JSON.stringify(symbols));
      assert.deepEqual(others.at(-1), { rest: 0, end: "OK" });
    },
  })),
  {
    name: "a reply over the client's limit costs that call alone",
    test: async ({ targets: [target] }) => {
      const observed = await runPython(target, "limit", "--count", "20");
      const over = Array.from({ length: 20 }, () => "RESOURCE_EXHAUSTED");
      assert.deepEqual(codes(observed), [...over, "UNAVAILABLE", "OK"]);
    },
  },
  {
    name: "metadata of 6 kB is taken, and of 1 MB refused without harm",
    test: async ({ targets: [target] }) => {
      assert.deepEqual(codes(await runPython(target, "metadata", "--bytes", "6000")), [
        ...["OK", "OK", "OK"],
      ]);
      const refused = codes(await runPython(target, "metadata", "--bytes", "1000000"));
      assert.notEqual(refused[0], "OK");
      assert.notEqual(refused[0], "DEADLINE_EXCEEDED");
      assert.equal(refused[2], "OK");
    },
  },
  {
    name: "a request of 4,000,000 bytes is read, and one of 5,000,000 refused",
    test: async ({ targets: [target] }) => {
      const of = (bytes: number) => runPython(target, "large", "--bytes", String(bytes));
      assert.deepEqual(codes(await of(4_000_000)), ["NOT_FOUND", "OK"]);
      assert.deepEqual(codes(await of(5_000_000)), ["RESOURCE_EXHAUSTED", "OK"]);
    },
  },
  {
    name: "keepalive pings every ten seconds are accepted for a minute (needs MAGLEV_TEST_SLOW=1)",
    isSlow: true,
    test: async ({ targets: [target] }) => {
      const [end, next] = await runPython(target, "keepalive", "--seconds", "61");
      assert.equal(end?.end, "DEADLINE_EXCEEDED", String(end?.message));
      assert.equal(next?.code, "OK");
    },
  },
  {
    name: "TLS",
    args: serverTls,
    test: async ({ targets: [target] }) => {
      const trusting = await runPython(target, "call", "--ca", authorityPath);
      assert.deepEqual(codes(trusting), ["OK"]);
      const named = ["--ca", authorityPath, "--server-name", "ok.test"];
      assert.deepEqual(codes(await runPython(target, "call", ...named)), ["OK"]);
      const plain = await runPython(target, "call");
      assert.deepEqual(codes(plain), ["UNAVAILABLE"]);
      const wrong = await runPython(
        target,
        "call",
        "--ca",
        certificateFiles("self-signed").certPath,
      );
      assert.deepEqual(codes(wrong), ["UNAVAILABLE"]);
      assert.deepEqual(codes(await runPython(target, "call", "--ca", authorityPath)), ["OK"]);
    },
  },
  {
    name: "mutual TLS lets in who is known, and the log has the name",
    args: [...serverTls, "--grpc-tls-client-ca", `${folder}ca.pem`],
    test: async ({ targets: [target], lines }) => {
      const callWith = async (...certificate: string[]) => {
        const call = ["call", "--rpc", "PauseBackend", "--request", '{"name":"web1"}'];
        return codes(await runPython(target, ...call, "--ca", authorityPath, ...certificate));
      };
      const key = ["--key", `${folder}client-key.pem`];
      assert.deepEqual(await callWith("--cert", `${folder}client.pem`, ...key), ["OK"]);
      assert.deepEqual(await callWith(), ["UNAVAILABLE"]);
      assert.deepEqual(await callWith("--cert", `${folder}stranger.pem`, ...key), ["UNAVAILABLE"]);
      const audits = lines.filter(({ msg }) => msg === "audit");
      assert.equal(audits.length, 1);
      assert.match(JSON.stringify(audits[0]), /operator\.test/);
    },
  },
  {
    name: "several addresses are served at once, and one of them only for reading",
    addresses: "127.0.0.1:0,[::1]:0",
    addressCount: 3,
    args: ["--grpc-read-only", "127.0.0.1:0"],
    test: async ({ targets }) => {
      const pause = ["call", "--rpc", "PauseBackend", "--request", '{"name":"web1"}'];
      const read = await Promise.all(targets.map((target) => runPython(target, "call")));
      assert.deepEqual(read.flatMap(codes), ["OK", "OK", "OK"]);
      const changed = await Promise.all(targets.map((target) => runPython(target, ...pause)));
      assert.deepEqual(changed.flatMap(codes).sort(), ["OK", "OK", "PERMISSION_DENIED"]);
    },
  },
];

const missing = python === undefined ? " (needs a Python with grpcio)" : "";
for (const { name, test, isSlow: needsTime = false, ...options } of cases) {
  Deno.test({
    name: `grpcio: ${name}${missing}`,
    ignore: python === undefined || (needsTime && !isSlow),
    fn: () => withApiDaemon(test, options),
  });
}

Deno.test({
  name: `grpcio: a call waits for the daemon, which serves at a Unix socket${missing}`,
  ignore: python === undefined,
  fn: async () => {
    const scratch = await Deno.makeTempDir({ prefix: "maglev-api-" });
    const socket = `${scratch}/api.sock`;
    try {
      const waiting = startPython(`unix:${socket}`, "wait", "--seconds", "20");
      await until(() => waiting.observations.length > 0, "it does not wait");
      await sleep(300);
      await withApiDaemon(async ({ signal, ended }) => {
        assert.deepEqual(codes((await waiting.ended()).slice(1)), ["OK"]);
        assert.equal((Deno.statSync(socket).mode ?? 0) & 0o777, 0o660);
        assert.deepEqual(codes(await runPython(`unix:${socket}`, "call", "--count", "50")), [
          ...Array.from({ length: 50 }, () => "OK"),
        ]);
        signal("SIGTERM");
        assert.equal(await ended(), 0);
        assert.throws(() => Deno.statSync(socket), Deno.errors.NotFound);
      }, { addresses: `unix:${socket}` });
    } finally {
      await Deno.remove(scratch, { recursive: true });
    }
  },
});
