import assert from "node:assert/strict";
import { checkText } from "./check.ts";
import type { Config } from "./config.ts";
import { type Changes, type ConfigDiff, diffConfigs, isEmptyDiff } from "./diff.ts";
import { forSeeds, type Random } from "../../tests/seeded.ts";

function configOf(text: string): Config {
  const result = checkText(text);
  assert.ok(result.ok, JSON.stringify(result));
  return result.config;
}

const base = `
maglev:
  healthchecker: { transition-history: 5 }
  healthchecks:
    web: { type: http, port: 80 }
    ping: { type: icmp }
  backends:
    web1: { address: 10.0.0.1, healthcheck: web }
    web2: { address: 10.0.0.2, healthcheck: ping }
    sorry: { address: 10.0.9.1 }
  frontends:
    www:
      address: 198.51.100.1
      pools: [{ name: primary, backends: { web1: { weight: 10 }, web2: {} } }]
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10 } }
`;

/** The lists of names and keys that a change of the text makes not empty. */
function changesOf(from: string, to: string): unknown {
  const diff = diffConfigs(configOf(base), configOf(base.replace(from, to)));
  const { healthchecks, backends, frontends, settings, probing, enabled, weights } = diff;
  const named = (changes: Changes<unknown>) =>
    [...changes.added.keys()].map((name) => `+${name}`)
      .concat([...changes.changed.keys()].map((name) => `~${name}`))
      .concat(changes.removed.map((name) => `-${name}`)).join(" ");
  const all = {
    healthchecks: named(healthchecks),
    backends: named(backends),
    frontends: named(frontends),
    settings: settings.map(({ key }) => key).join(" "),
    start: probing.start.join(" "),
    stop: probing.stop.join(" "),
    restart: probing.restart.join(" "),
    enabled: enabled.join(" "),
    weights: weights.map((w) => `${w.frontend}/${w.pool}/${w.backend} ${w.from}→${w.to}`).join(" "),
  };
  return Object.fromEntries(Object.entries(all).filter(([, names]) => names !== ""));
}

Deno.test("a reload does what the change of the file asks for, and no more", () => {
  const cases: [string, string, unknown][] = [
    ["", "", {}],
    ["port: 80", "port: 81", { healthchecks: "~web", restart: "web1" }],
    ["type: icmp", "type: icmp, fall: 4", { healthchecks: "~ping", restart: "web2" }],
    ["10.0.0.1", "10.0.0.3", { backends: "~web1", restart: "web1" }],
    ["healthcheck: web", "healthcheck: ping", { backends: "~web1", restart: "web1" }],
    [", healthcheck: web", "", { backends: "~web1", restart: "web1" }],
    ["10.0.9.1", "10.0.9.2", { backends: "~sorry", restart: "sorry" }],
    ["10.0.9.1", "10.0.9.1, enabled: false", { backends: "~sorry", enabled: "sorry" }],
    ["    sorry: { address: 10.0.9.1 }\n", "", { backends: "-sorry", stop: "sorry" }],
    ["    sorry:", "    web9:", { backends: "+web9 -sorry", start: "web9", stop: "sorry" }],
    ["weight: 10", "weight: 20", { frontends: "~www", weights: "www/primary/web1 10→20" }],
    ["name: primary", "name: main", { frontends: "~www" }],
    ["    www:", "    api:", { frontends: "+api -www" }],
    ["198.51.100.1", "198.51.100.2", { frontends: "~www" }],
    ["transition-history: 5", "transition-history: 6", { settings: "transitionHistory" }],
    [
      "transition-history: 5",
      "netns: dataplane",
      { settings: "netns", restart: "web1 web2" },
    ],
    ["192.0.2.10", "192.0.2.11, flow-timeout: 50s", { settings: "sourceIpv4 flowTimeoutNs" }],
  ];
  for (const [from, to, expected] of cases) {
    assert.deepEqual(changesOf(from, to), expected, `${from} → ${to}`);
  }
});

Deno.test("a health check that only gets another name restarts nothing", () => {
  const renamed = base.replaceAll(/\bping\b/g, "echo");
  const { healthchecks, backends, probing } = diffConfigs(configOf(base), configOf(renamed));
  assert.deepEqual([[...healthchecks.added.keys()], healthchecks.removed], [["echo"], ["ping"]]);
  assert.deepEqual([...backends.changed.keys()], ["web2"]);
  assert.deepEqual(probing, { start: [], stop: [], restart: [], keep: ["web1", "web2", "sorry"] });
});

/** The second configuration, from the first and the difference alone. */
function applyDiff(config: Config, diff: ConfigDiff): Config {
  const apply = <T>(map: ReadonlyMap<string, T>, { added, changed, removed }: Changes<T>) => {
    const result = new Map([...map, ...added]);
    for (const [name, { to }] of changed) result.set(name, to);
    for (const name of removed) result.delete(name);
    return result;
  };
  const settings = (section: string) =>
    Object.fromEntries(
      diff.settings.filter((each) => each.section === section)
        .map(({ key, to }) => [key, to]),
    );
  return {
    healthchecker: { ...config.healthchecker, ...settings("healthchecker") },
    healthchecks: apply(config.healthchecks, diff.healthchecks),
    backends: apply(config.backends, diff.backends),
    frontends: apply(config.frontends, diff.frontends),
    loadBalancer: { ...config.loadBalancer, ...settings("loadBalancer") },
  };
}

function anyConfig(random: Random): Config {
  const checks = ["a", "b", "c"].filter(() => random.chance(0.7));
  const backends = [1, 2, 3, 4, 5].filter(() => random.chance(0.7));
  const healthcheck = () => checks.length > 0 && random.chance() ? random.pick(checks) : null;
  const entry = (key: string, value: unknown) => random.chance() ? { [key]: value } : {};
  const pool = (name: string) => ({
    name,
    backends: Object.fromEntries(
      [random.pick(backends), random.pick(backends)]
        .map((backend) => [`web${backend}`, { weight: random.int(0, 100) }]),
    ),
  });
  const frontends = backends.length === 0 ? [] : [1, 2, 3].filter(() => random.chance(0.7));
  return configOf(JSON.stringify({
    maglev: {
      healthchecker: { ...entry("transition-history", random.int(1, 9)), ...entry("netns", "x") },
      healthchecks: Object.fromEntries(checks.map((name) => [name, {
        type: "tcp",
        port: random.int(80, 82),
        ...entry("rise", random.int(1, 3)),
      }])),
      backends: Object.fromEntries(backends.map((backend) => [`web${backend}`, {
        address: `10.0.${random.int(0, 1)}.${backend}`,
        healthcheck: healthcheck(),
        ...entry("enabled", random.chance()),
      }])),
      frontends: Object.fromEntries(frontends.map((frontend) => [`www${frontend}`, {
        address: `198.51.100.${frontend}`,
        ...entry("src-ip-sticky", true),
        pools: ["one", "two"].slice(random.int(0, 1)).map(pool),
      }])),
      vpp: {
        lb: {
          "ipv4-src-address": random.pick(["192.0.2.1", "192.0.2.2"]),
          "ipv6-src-address": "2001:db8::1",
          ...entry("flow-timeout", `${random.int(1, 9)}s`),
        },
      },
    },
  }));
}

Deno.test("the difference of a configuration and itself is empty", () => {
  forSeeds(100, (random, seed) => {
    const config = anyConfig(random);
    assert.ok(isEmptyDiff(diffConfigs(config, config)), `${seed}`);
  });
  assert.ok(
    !isEmptyDiff(diffConfigs(configOf(base), configOf(base.replace("port: 80", "port: 8")))),
  );
});

Deno.test("the difference, applied to the first configuration, gives the second", () => {
  forSeeds(300, (random) => {
    const [from, to] = [anyConfig(random), anyConfig(random)];
    const diff = diffConfigs(from, to);
    assert.deepEqual(applyDiff(from, diff), to);
    const { start, stop, restart, keep } = diff.probing;
    const names = [...start, ...stop, ...restart, ...keep].sort();
    const all = new Set([...from.backends.keys(), ...to.backends.keys()]);
    assert.deepEqual(names, [...all].sort(), "each backend is in one list");
  });
});
