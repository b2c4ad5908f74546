import assert from "node:assert/strict";
import type { Family } from "../src/config/mod.ts";
import type { ProbeResult } from "../src/health/mod.ts";
import type { Prober } from "../src/probe/mod.ts";
import { canMakeNamespaces, makeNamespace, type TestNamespace } from "./network_namespace.ts";
import { startServer } from "./probed_server.ts";
import {
  addressOf,
  canPing,
  type CheckParts,
  openTestProber,
  probeOf,
  resultOf,
} from "./probing.ts";
import { answers } from "./server_behaviours.ts";
import { startFullBacklog } from "./unreachable_ports.ts";

async function withProber(test: (prober: Prober) => Promise<void>): Promise<void> {
  const prober = openTestProber();
  try {
    await test(prober);
  } finally {
    await prober.close();
  }
}

function probe(
  prober: Prober,
  address: string,
  check: CheckParts,
  netns: string | null = null,
): Promise<ProbeResult> {
  const spec = { address: addressOf(address), probe: probeOf(check), timeoutMs: 500, netns };
  return resultOf(prober, spec);
}

for (const type of ["ssl", "http", "https"] as const) {
  const isSecure = type === "ssl" || type === "https";

  Deno.test(`${type}: the server sees the source that is configured`, () =>
    withProber(async (prober) => {
      const certificate = isSecure ? "ok" : undefined;
      await using server = await startServer(answers(), { certificate });
      for (const sourceIpv4 of ["127.0.0.77", "127.12.34.56"]) {
        const { ok, detail } = await probe(prober, server.address, {
          type,
          port: server.port,
          sourceIpv4,
          sourceIpv6: "2001:db8::1",
        });
        assert.ok(ok, detail);
        assert.equal(server.peers.at(-1), sourceIpv4);
      }
      await using other = await startServer(answers(), { certificate, address: "::1" });
      const check = { type, port: other.port, sourceIpv4: "203.0.113.1", sourceIpv6: "::1" };
      assert.ok((await probe(prober, other.address, check)).ok);
      assert.deepEqual(other.peers, ["::1"]);
    }));
}

/** The addresses of connections in both tables of the kernel, as it writes them. */
const inTables = { "127.0.0.77": "4D00007F", "::1": "00000000000000000000000001000000" } as const;

for (const [address, source] of [["127.0.0.1", "127.0.0.77"], ["::1", "::1"]] as const) {
  Deno.test(`tcp: the source is the one that is configured, to ${address}`, () =>
    withProber(async (prober) => {
      // A server learns nothing from a connection that is reset before it looks: the kernel knows.
      await using server = await startFullBacklog(address);
      const { port } = server;
      const sources = { sourceIpv4: "127.0.0.77", sourceIpv6: "::1" };
      const result = probe(prober, address, { type: "tcp", port, ...sources });
      const table = Deno.readTextFileSync(address === "::1" ? "/proc/net/tcp6" : "/proc/net/tcp");
      const to = port.toString(16).toUpperCase().padStart(4, "0");
      const connecting = new RegExp(`: ${inTables[source]}:\\w+ \\w+:${to} 02 `);
      assert.match(table, connecting);
      assert.equal((await result).code, "L4TOUT");
    }));
}

for (const type of ["tcp", "ssl", "http", "https"] as const) {
  Deno.test(`${type}: a source that is not of this machine is a failure that says so`, () =>
    withProber(async (prober) => {
      await using server = await startServer(answers());
      const sourceIpv4 = "203.0.113.77";
      const result = await probe(prober, server.address, { type, port: server.port, sourceIpv4 });
      assert.equal(result.code, "L4CON");
      assert.equal(result.detail, "source 203.0.113.77: not an address of this machine");
      assert.equal(server.connections, 0);
    }));
}

for (const address of ["127.0.0.1", "::1"]) {
  Deno.test({
    name: `icmp: ${address} answers`,
    ignore: !canPing,
    fn: () =>
      withProber(async (prober) => {
        const { ok, code, detail, phases, durationMs } = await probe(prober, address, {
          type: "icmp",
        });
        assert.deepEqual([ok, code, detail], [true, "L4OK", "echo reply"]);
        assert.ok(Math.abs(durationMs - (phases.connect ?? NaN)) < 5, JSON.stringify(phases));
      }),
  });
}

function testNamespace(
  sentence: string,
  test: (namespace: TestNamespace, prober: Prober) => Promise<void>,
): void {
  Deno.test({
    name: sentence,
    ignore: !canMakeNamespaces,
    fn: async () => {
      await using namespace = await makeNamespace();
      await withProber((prober) => test(namespace, prober));
    },
  });
}

const families: readonly Family[] = [4, 6];

testNamespace("a server in a network namespace answers to probes made there alone", async (
  { name, inside, outside, port },
  prober,
) => {
  const loopbacks = { 4: "127.0.0.1", 6: "::1" } as const;
  const outsides = { 4: outside.ipv4, 6: outside.ipv6 } as const;
  for (const family of families) {
    for (const type of ["tcp", "http"] as const) {
      const check = { type, port };
      assert.ok((await probe(prober, loopbacks[family], check, name)).ok, "inside");
      const elsewhere = await probe(prober, outsides[family], check, name);
      assert.equal(elsewhere.code, "L4CON", "nobody listens at the other end");
    }
  }
  const { ok, code } = await probe(prober, inside.ipv4, { type: "http", port });
  assert.deepEqual([ok, code], [true, "L7OK"], "and to those that come from outside over the link");
});

testNamespace("icmp: the addresses of a network namespace answer there", async (
  { name, inside, outside },
  prober,
) => {
  for (
    const address of [inside.ipv4, inside.ipv6, outside.ipv4, outside.ipv6, "127.0.0.1", "::1"]
  ) {
    const { ok, detail } = await probe(prober, address, { type: "icmp" }, name);
    assert.ok(ok, `${address}: ${detail}`);
  }
});

testNamespace("the source is one of the namespace's, for all types and both families", async (
  { name, inside, outside, port, seen },
  prober,
) => {
  const sources = { sourceIpv4: inside.ipv4, sourceIpv6: inside.ipv6 };
  for (const address of [inside.ipv4, inside.ipv6]) {
    assert.ok((await probe(prober, address, { type: "tcp", port, ...sources }, name)).ok);
    assert.ok((await probe(prober, address, { type: "http", port, ...sources }, name)).ok);
    assert.equal((await seen()).peers.at(-1), address);
  }
  for (const address of [inside.ipv4, inside.ipv6, outside.ipv4, outside.ipv6]) {
    const { ok, detail } = await probe(prober, address, { type: "icmp", ...sources }, name);
    assert.ok(ok, `${address}: ${detail}`);
  }
  const foreign = { sourceIpv4: outside.ipv4, sourceIpv6: outside.ipv6 };
  for (const type of ["tcp", "http", "icmp"] as const) {
    const { code } = await probe(prober, inside.ipv4, { type, port, ...foreign }, name);
    assert.equal(code, "L4CON", type);
  }
});

testNamespace(
  "a namespace that is deleted fails probes with the reason, until it is there again",
  async (
    namespace,
    prober,
  ) => {
    const { name, inside, port } = namespace;
    const probeAll = async () =>
      await Promise.all(
        (["tcp", "http", "icmp"] as const).flatMap((type) =>
          [inside.ipv4, inside.ipv6].map((address) => probe(prober, address, { type, port }, name))
        ),
      );
    for (let round = 0; round < 2; round++) {
      assert.ok((await probeAll()).every(({ ok }) => ok));
      await namespace.delete();
      for (const { code, detail } of await probeAll()) {
        assert.equal(code, "L4CON");
        assert.equal(detail, `network namespace ${name}: there is none of this name`);
      }
      await namespace.recreate();
    }
    assert.ok((await probeAll()).every(({ ok }) => ok));
  },
);

testNamespace("routes that discard, reject or are not there are told apart", async (
  { name, run },
  prober,
) => {
  await run("ip", "route", "add", "blackhole", "192.0.2.1");
  await run("ip", "route", "add", "prohibit", "192.0.2.2");
  await run("ip", "route", "add", "unreachable", "192.0.2.3");
  const cases: readonly [address: string, tcp: string, icmp: string][] = [
    [
      "192.0.2.1",
      "connect: the route discards it (blackhole)",
      "send: the route discards it (blackhole)",
    ],
    [
      "192.0.2.2",
      "connect: the route or the firewall prohibits it",
      "send: the route or the firewall prohibits it",
    ],
    ["192.0.2.3", "connect: host unreachable", "send: host unreachable"],
    ["198.51.100.1", "connect: no route to the network", "send: no route to the network"],
    ["2001:db8::1", "connect: no route to the network", "send: no route to the network"],
  ];
  for (const [address, tcp, icmp] of cases) {
    for (const [type, detail] of [["tcp", tcp], ["icmp", icmp]] as const) {
      const result = await probe(prober, address, { type, port: 80 }, name);
      assert.deepEqual([result.code, result.detail], ["L4CON", detail], `${type} ${address}`);
    }
  }
});
