import assert from "node:assert/strict";
import { type Checker, startChecker } from "../src/checker/mod.ts";
import { inTurns, systemClock } from "../src/clock.ts";
import { checkText, type Config } from "../src/config/mod.ts";
import { logger } from "../src/log.ts";
import { openTestProber } from "./probing.ts";
import { startServer } from "./probed_server.ts";
import { answers, staysSilent } from "./server_behaviours.ts";
import { startFullBacklog } from "./unreachable_ports.ts";
import { until } from "./vpp_under_test.ts";

function configOf(sections: string): Config {
  const result = checkText(
    `maglev:\n${sections}\n  vpp: { lb: { ipv4-src-address: 192.0.2.1, ipv6-src-address: "2001:db8::1" } }\n`,
  );
  assert.ok(result.ok, JSON.stringify(result));
  return result.config;
}

/** Runs a test with a checker that makes real probes. */
async function withChecker(
  config: Config,
  test: (checker: Checker, lines: string[]) => Promise<void>,
): Promise<void> {
  const prober = openTestProber();
  const lines: string[] = [];
  const log = logger({ clock: systemClock, sink: (line) => lines.push(line) });
  const clock = inTurns(systemClock, 5);
  const checker = startChecker({ config, prober, clock, random: Math.random, log });
  try {
    await test(checker, lines);
  } finally {
    checker.stop();
    await prober.close();
  }
}

const stateOf = (checker: Checker, name: string) => checker.backend(name)?.health.state;

Deno.test("a server that dies takes its pool down with it, and comes back", async () => {
  let primary = await startServer(answers());
  await using standby = await startServer(staysSilent, { address: "127.0.0.2" });
  const { port } = primary;
  const config = configOf(`
  healthchecks:
    web: { type: http, port: ${port}, interval: 50ms, timeout: 500ms, rise: 2, fall: 3 }
    sorry: { type: tcp, port: ${standby.port}, interval: 50ms, timeout: 500ms }
  backends:
    web1: { address: 127.0.0.1, healthcheck: web }
    sorry: { address: 127.0.0.2, healthcheck: sorry }
  frontends:
    www:
      address: 198.51.100.1
      protocol: tcp
      port: 80
      pools:
        - { name: primary, backends: { web1: {} } }
        - { name: standby, backends: { sorry: {} } }`);
  await withChecker(config, async (checker, lines) => {
    const active = () =>
      checker.frontend("www")?.weights.find((pool) =>
        pool.isActive && pool.members.some(({ effective }) => effective > 0)
      )?.name;
    await until(
      () => stateOf(checker, "web1") === "up" && stateOf(checker, "sorry") === "up",
      "not up",
    );
    assert.equal(active(), "primary");

    await primary.close();
    await until(() => stateOf(checker, "web1") === "down", "it does not go down");
    assert.equal(active(), "standby");
    const { cause } = checker.backend("web1")?.health.transitions.at(-1) ?? {};
    assert.ok(cause?.kind === "probe");
    assert.deepEqual([cause.result.code, cause.result.detail], [
      "L4CON",
      "connect: connection refused",
    ]);
    assert.deepEqual(checker.backend("web1")?.health.results.slice(-3).map(({ ok }) => ok), [
      false,
      false,
      false,
    ]);

    primary = await startServer(answers(), { port });
    await until(() => stateOf(checker, "web1") === "up", "it does not come back");
    assert.equal(active(), "primary");
    await primary.close();
    assert.ok(
      lines.some((line) => /"backend-transition".*"web1".*"L4CON".*refused/.test(line)),
      lines.join("\n"),
    );
  });
});

Deno.test("a loop that stands still for 3 s fails no backend, and says how many probes were void", async () => {
  await using silent = await startFullBacklog();
  const names = Array.from({ length: 500 }, (_, index) => `b${index}`);
  const config = configOf(`
  healthchecks:
    c: { type: tcp, port: ${silent.port}, interval: 1s, timeout: 2s }
  backends:
${names.map((name) => `    ${name}: { address: 127.0.0.1, healthcheck: c }`).join("\n")}`);
  await withChecker(config, async (checker, lines) => {
    await until(() => checker.counters.probesInFlight === 500, "they do not start");
    const endMs = systemClock.monotonic() + 3_000;
    while (systemClock.monotonic() < endMs);
    const counts = (result: string) =>
      names.flatMap((name) => checker.backend(name)?.counters.probes() ?? [])
        .filter((each) => each.result === result)
        .reduce((sum, { count }) => sum + count, 0);
    await until(() => counts("void") === 500, "they are not void");
    assert.equal(counts("failure"), 0);
    assert.ok(names.every((name) => stateOf(checker, name) === "unknown"));
    assert.match(lines.join("\n"), /"probes-void".*stood still for/);
  });
});
