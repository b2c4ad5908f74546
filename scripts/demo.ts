/**
 * A failover on paper: real configuration, real decisions, real tables, and probes that are made up.
 *
 * @module
 */
import {
  addressIn16Bytes,
  checkText,
  type Config,
  formatFindings,
  type Frontend,
} from "../src/config/mod.ts";
import {
  type BackendHealth,
  type BackendRules,
  createBackend,
  describeReason,
  effectiveWeights,
  explain,
  frontendState,
  type ProbeResult,
  step,
} from "../src/health/mod.ts";
import { lineWriter } from "../src/line_writer.ts";
import { movedBuckets, type OwnedTable } from "../src/lb/moved_buckets.ts";
import { countBuckets } from "../src/lb/shares.ts";
import { buildTable } from "../src/lb/table.ts";

const say = lineWriter(Deno.stdout);

const text = `maglev:
  healthchecks:
    web: { type: http, port: 80, fall: 3, rise: 2 }
  backends:
    web1:  { address: 10.0.0.1, healthcheck: web }
    web2:  { address: 10.0.0.2, healthcheck: web }
    sorry: { address: 10.0.9.1 }
  frontends:
    www:
      address: 198.51.100.1
      protocol: tcp
      port: 443
      pools:
        - { name: primary, backends: { web1: { weight: 100 }, web2: { weight: 50 } } }
        - { name: last-resort, backends: { sorry: {} } }
  vpp:
    lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10 }
`;

say("1. A file with two mistakes, as `maglev daemon --check` sees it:\n");
const broken = text.replace("{ weight: 50 }", "{ weight: 500 }").replace("sorry: {}", "sory: {}");
const refused = checkText(broken);
if (!refused.ok) {
  const lines = formatFindings(refused.findings, { file: "maglev.yaml", excerptOf: broken });
  for (const line of lines) say(`   ${line}`);
}

say("\n2. The file put right, and a failover decided by the same code that the daemon will use.");
say("   The probes are made up; the states, weights and buckets are not.");
const checked = checkText(text);
if (!checked.ok) throw new Error("the demo's own configuration is wrong");
const { config } = checked;
const frontend = config.frontends.get("www");
if (frontend === undefined) throw new Error("the demo's configuration has no frontend");

let now = Date.UTC(2026, 0, 1);
const rulesOf = (name: string): BackendRules => {
  const check = config.healthchecks.get(config.backends.get(name)?.healthcheck ?? "");
  const { rise = 1, fall = 1 } = check ?? {};
  return { rise, fall, transitionHistory: 5, isStatic: check === undefined };
};
const health = new Map<string, BackendHealth>(
  [...config.backends.values()].map(({ name, enabled }) => [
    name,
    createBackend({ name, enabled, at: now }, rulesOf(name)).health,
  ]),
);
const stateOf = (name: string) => health.get(name)?.state ?? "unknown";

/** Feeds in a number of probe results, a second apart. */
function probe(name: string, times: number, ok: boolean): void {
  for (let count = 0; count < times; count++) {
    const before = health.get(name);
    if (before === undefined) return;
    now += 1_000;
    const result: ProbeResult = ok
      ? { ok, code: "L7OK", detail: "status 200", started: now, durationMs: 2, phases: {} }
      : {
        ok,
        code: "L4CON",
        detail: "connect: connection refused",
        started: now,
        durationMs: 1,
        phases: {},
      };
    health.set(name, step(before, { kind: "result", at: now, result }, rulesOf(name)).health);
  }
}

/** The table that VPP would build for the weights of this moment. */
function tableOf(frontend: Frontend, { backends }: Config): OwnedTable {
  const members = effectiveWeights(frontend, stateOf).flatMap(({ members }) => members);
  const entries = members.flatMap(({ backend, effective }) => {
    const address = backends.get(backend)?.address;
    return address === undefined ? [] : [{ address: addressIn16Bytes(address), weight: effective }];
  });
  return { entries, table: buildTable(entries, frontend.flowTableLength) };
}

let before = tableOf(frontend, config);
function show(what: string): void {
  if (frontend === undefined) return;
  const pools = effectiveWeights(frontend, stateOf);
  const after = tableOf(frontend, config);
  const buckets = countBuckets(after.entries, frontend.flowTableLength);
  const { moved, needed } = movedBuckets(before, after);
  before = after;
  say(`\n   ${what}: www is ${frontendState(pools)}`);
  const members = pools.flatMap((pool) => pool.members.map((member) => ({ pool, member })));
  for (const [index, { pool, member }] of members.entries()) {
    const share = (100 * (buckets[index] ?? 0) / frontend.flowTableLength).toFixed(0);
    const name = `${pool.name}/${member.backend}`.padEnd(18);
    const weight = `weight ${String(member.effective).padStart(3)} of ${member.weight}`;
    say(
      `     ${name} ${member.state.padEnd(8)} ${weight.padEnd(18)} ${share.padStart(3)} % of flows`,
    );
  }
  say(`     buckets moved: ${moved}, of which ${needed} had to`);
}

show("Nothing is known yet");
probe("web1", 1, true);
probe("web2", 1, true);
show("Both web servers passed a probe");
probe("web1", 3, false);
show("web1 failed three probes in a row");
probe("web2", 3, false);
show("web2 is gone, too");
probe("web1", 2, true);
show("web1 is back");

say("\n   Why does web2 get nothing?");
const subject = health.get("web2");
if (subject !== undefined) {
  const reasons = explain({
    health: subject,
    rules: rulesOf("web2"),
    frontends: [frontend],
    stateOf,
  });
  for (const reason of reasons) say(`     ${describeReason(reason, now)}`);
}
