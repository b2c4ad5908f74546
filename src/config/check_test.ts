import assert from "node:assert/strict";
import { checkText } from "./check.ts";
import type { Config } from "./config.ts";
import { formatFinding, formatFindings } from "./finding.ts";
import { loadConfig } from "./load.ts";
import { jsonSchema } from "./schema.ts";
import { forSeeds, type Random } from "../../tests/seeded.ts";
import { parseDocument } from "./parse.ts";
import type { Node } from "./document.ts";

const testdata = new URL("testdata/", import.meta.url);
const sampleFile = new URL("../../docs/maglev.yaml", import.meta.url);
const sample = Deno.readTextFileSync(sampleFile);

function configOf(text: string): Config {
  const result = checkText(text);
  assert.ok(result.ok, JSON.stringify(result));
  return result.config;
}

for (const stage of ["structure", "meaning", "warning"]) {
  for (const { name } of Deno.readDirSync(new URL(`${stage}/`, testdata))) {
    Deno.test(`${stage} finding: ${name.replaceAll("-", " ")}`, async () => {
      const folder = new URL(`${stage}/${name}/`, testdata);
      const result = await loadConfig(new URL("maglev.yaml", folder).pathname);
      const findings = result.ok ? result.warnings : result.findings;
      const lines = formatFindings(findings, { file: "maglev.yaml" });
      const expected = Deno.readTextFileSync(new URL("findings.txt", folder));
      assert.equal(`${lines.join("\n")}\n`, expected);
      assert.equal(result.ok ? "warning" : result.stage, stage);
    });
  }
}

Deno.test("the sample loads, without a warning", () => {
  const result = checkText(sample);
  assert.ok(result.ok);
  assert.deepEqual(result.warnings, { shown: [], more: 0 });
  assert.deepEqual([...result.config.backends.keys()], ["web1", "web2", "sorry"]);
  assert.deepEqual(result.config.healthchecks.get("web")?.probe, {
    type: "http",
    sourceIpv4: { family: 4, text: "192.0.2.10" },
    sourceIpv6: { family: 6, text: "2001:db8::10" },
    port: 80,
    http: {
      path: "/healthz",
      host: "www.example.net",
      responseCode: { min: 200, max: 204 },
      responseRegexp: "^ok",
    },
  });
});

type Plain = { [key: string]: Plain } | Plain[] | string | number | boolean;
type Schema = { [key: string]: Schema } & { required?: string[] };

/** The sample as plain data, in which keys can be removed; JSON is YAML, so it can be read again. */
function plain(node: Node): Plain {
  if (node.kind === "list") return node.items.map(plain);
  if (node.kind === "map") {
    return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
  }
  return node.plain && /^(\d+|true|false)$/.test(node.text) ? JSON.parse(node.text) : node.text;
}

/** Every way to remove one optional key, as a path and the document without it. */
function* withoutOneKey(value: Plain, schema: Schema, path = ""): Generator<[string, Plain]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (
        const [where, left] of withoutOneKey(item, schema.items as Schema, `${path}[${index}]`)
      ) {
        yield [where, value.with(index, left)];
      }
    }
  } else if (typeof value === "object") {
    for (const [key, item] of Object.entries(value)) {
      const isRecord = schema.properties === undefined;
      const below = isRecord ? schema.additionalProperties : schema.properties?.[key];
      for (const [where, left] of withoutOneKey(item, below as Schema, `${path}.${key}`)) {
        yield [where, { ...value, [key]: left }];
      }
      if (isRecord || schema.required?.includes(key)) continue;
      const { [key]: _removed, ...rest } = value;
      yield [`${path}.${key}`, rest];
    }
  }
}

Deno.test("the sample loads with any one of its optional keys removed", () => {
  const { root } = parseDocument(sample);
  assert.ok(root !== null);
  const needed = [ // by something else in the sample
    ".maglev.healthchecks",
    ".maglev.backends",
    ".maglev.healthchecks.web.port",
    ".maglev.frontends.www.protocol",
    ".maglev.frontends.www.port",
  ];
  const refused: string[] = [];
  let count = 0;
  for (const [path, value] of withoutOneKey(plain(root), jsonSchema() as Schema)) {
    count++;
    if (!checkText(JSON.stringify(value)).ok) refused.push(path);
  }
  assert.deepEqual(refused.sort(), needed.sort());
  assert.equal(count, 36);
});

Deno.test("the sample loads with all of its optional keys removed, and has the defaults", () => {
  const config = configOf(`
maglev:
  healthchecks: { web: { type: http, port: 80 } }
  backends: { web1: { address: 10.0.0.1, healthcheck: web }, sorry: { address: 10.0.9.1 } }
  frontends:
    www: { address: 198.51.100.1, pools: [{ name: primary, backends: { web1: , sorry: {} } }] }
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10 } }
`);
  const second = 1e9;
  assert.deepEqual(config.healthchecks.get("web"), {
    name: "web",
    probe: {
      type: "http",
      sourceIpv4: null,
      sourceIpv6: null,
      port: 80,
      http: { path: "/", host: null, responseCode: { min: 200, max: 200 }, responseRegexp: null },
    },
    intervalNs: 2 * second,
    fastIntervalNs: 2 * second,
    downIntervalNs: 2 * second,
    timeoutNs: 2 * second,
    rise: 2,
    fall: 3,
  });
  assert.deepEqual(config.healthchecker, { transitionHistory: 5, netns: null });
  assert.deepEqual(config.frontends.get("www"), {
    name: "www",
    description: "",
    address: { family: 4, text: "198.51.100.1" },
    service: null,
    srcIpSticky: false,
    flushOnDown: true,
    flowTableLength: 1024,
    pools: [{
      name: "primary",
      backends: [{ name: "web1", weight: 100 }, { name: "sorry", weight: 100 }],
    }],
  });
  assert.deepEqual(config.loadBalancer, {
    sourceIpv4: { family: 4, text: "192.0.2.10" },
    sourceIpv6: { family: 6, text: "2001:db8::10" },
    syncIntervalNs: 30 * second,
    stickyBucketsPerCore: 65_536,
    flowTimeoutNs: 40 * second,
    startupMinDelayNs: 5 * second,
    startupMaxDelayNs: 30 * second,
  });
});

Deno.test("scalars mean what their declared type says, not what YAML guesses", () => {
  const config = configOf(`
maglev:
  healthchecks:
    "yes": &check { type: https, port: 0x1bb, params: { host: 1.10, response-code: 200 } }
    no: { <<: *check, params: { host: www.example.net:8443 } }
  backends:
    010: { address: 10.0.0.1, healthcheck: yes }
    2: { address: 10.0.0.2, enabled: off, healthcheck: no }
    1e3: { address: 10.0.0.3, enabled: yes }
    __proto__: { address: 10.0.0.4 }
    constructor: { address: 10.0.0.5 }
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10 } }
`);
  assert.deepEqual([...config.backends.values()].map((b) => [b.name, b.healthcheck, b.enabled]), [
    ["010", "yes", true],
    ["2", "no", false],
    ["1e3", null, true],
    ["__proto__", null, true],
    ["constructor", null, true],
  ]);
  const probes = [...config.healthchecks.values()].map(({ probe }) => probe);
  assert.deepEqual(probes.map((probe) => probe.type === "https" && [probe.port, probe.http.host]), [
    [443, "1.10"],
    [443, "www.example.net:8443"],
  ]);
  assert.deepEqual(
    probes.map((probe) => probe.type === "https" && probe.tls.serverName),
    ["1.10", "www.example.net"],
  );
});

/** A file with this health check, these keys in its frontend, and these in vpp.lb. */
function fileWith({ check = "type: icmp", frontend = "description: x", lb = "" }): string {
  return `
maglev:
  healthchecks: { web: { ${check} } }
  backends: { web1: { address: 10.0.0.1, healthcheck: web } }
  frontends:
    www: { ${frontend}, address: 198.51.100.1, pools: [{ name: a, backends: { web1: {} } }] }
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10${lb} } }
`;
}

Deno.test("values at their bounds are right, and those beyond are not", () => {
  const cases: [string, string, string][] = [
    ["check", "type: http, port: 1, params: { response-code: 100 }", "response-code: 99"],
    ["check", "type: http, port: 65535, params: { response-code: 599 }", "port: 65536"],
    ["check", "type: http, port: 80, params: { response-code: 204-204 }", "204-203"],
    ["check", "type: icmp, rise: 1, fall: 1, interval: 1ns, timeout: 1ns", "rise: 0"],
    ["frontend", "flow-table-length: 64", "flow-table-length: 32"],
    ["frontend", "flow-table-length: 65536", "flow-table-length: 131072"],
    ["lb", ", flow-timeout: 1s", "flow-timeout: 0s"],
    ["lb", ", flow-timeout: 120s", "flow-timeout: 121s"],
    ["lb", ", startup-min-delay: 0s, startup-max-delay: 0s", "startup-min-delay: 1s"],
    ["lb", ", startup-min-delay: 9s, startup-max-delay: 9s", "startup-max-delay: 8999ms"],
    ["lb", ", sticky-buckets-per-core: 1", "sticky-buckets-per-core: 0"],
  ];
  for (const [where, right, wrong] of cases) {
    const [key = ""] = wrong.split(":");
    const value = new RegExp(wrong.includes(":") ? `${key}: [\\w-]+` : "204-204");
    assert.ok(checkText(fileWith({ [where]: right })).ok, right);
    const result = checkText(fileWith({ [where]: right.replace(value, wrong) }));
    assert.ok(!result.ok && result.stage === "meaning", wrong);
  }
});

Deno.test("TLS is judged by what a health check says of it, else by its host", () => {
  const cases: [string, unknown][] = [
    ["type: tcp, port: 443", null],
    ["type: tcp, port: 443, params: { ssl: false }", null],
    ["type: tcp, port: 443, params: { ssl: yes }", [null, false]],
    ["type: tcp, port: 443, params: { ssl: yes, server-name: a.example }", ["a.example", false]],
    ["type: tcp, port: 1, params: { ssl: yes, insecure-skip-verify: yes }", [null, true]],
    ["type: https, port: 443", [null, false]],
    ["type: https, port: 443, params: { host: a.example }", ["a.example", false]],
    ["type: https, port: 443, params: { host: 192.0.2.1 }", [null, false]],
    ["type: https, port: 443, params: { host: '[2001:db8::1]:8443' }", [null, false]],
    ["type: https, port: 1, params: { host: a.example, server-name: b }", ["b", false]],
  ];
  for (const [check, expected] of cases) {
    const probe = configOf(fileWith({ check })).healthchecks.get("web")?.probe;
    const tls = probe !== undefined && "tls" in probe ? probe.tls : undefined;
    assert.deepEqual(tls && [tls.serverName, tls.insecureSkipVerify], expected, check);
  }
});

Deno.test("there are at most 10,000 objects of a kind and 1,000 backends of a frontend", () => {
  const backends = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => `    b${index}: { address: 10.0.${index >> 8}.${index & 255} }\n`,
    ).join("");
  const members = (count: number) =>
    `{ ${Array.from({ length: count }, (_, index) => `b${index}: {}`).join()} }`;
  const stageOf = (all: number, used: number) => {
    const result = checkText(`maglev:
  backends:
${backends(all)}
  frontends: { w: { address: 198.51.100.1, pools: [{ name: a, backends: ${members(used)} }] } }
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10 } }
`);
    return result.ok ? "ok" : result.findings.shown.map(({ message }) => message).join();
  };
  assert.equal(stageOf(1_000, 1_000), "ok");
  assert.equal(stageOf(1_001, 1_001), "1001 backends; 1000 is the limit of a frontend");
  assert.equal(stageOf(10_000, 1), "ok");
  assert.equal(stageOf(10_001, 1), "10001 of them; 10000 is the limit");
});

Deno.test("weights that add up to more than any table holds are said to be too many", () => {
  const numbers = Array.from({ length: 750 }, (_, index) => index);
  const address = (index: number) => `10.0.${index >> 8}.${index & 255}`;
  const result = checkText(`
maglev:
  backends: { ${numbers.map((index) => `b${index}: { address: ${address(index)} }`).join()} }
  frontends:
    www:
      address: 198.51.100.1
      pools: [{ name: a, backends: { ${
    numbers.map((index) => `b${index}: { weight: ${index === 0 ? 1 : 100} }`).join()
  } } }]
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: 2001:db8::10 } }
`);
  assert.ok(result.ok);
  assert.deepEqual(result.warnings.shown.map(({ message }) => message), [
    "in pool a, b0 gets 1 of the 1024 buckets, 0.098 %; its weight asks for 0.0013 %; " +
    "no table is long enough",
  ]);
});

Deno.test("the order of the file's maps changes no decision", () => {
  const { root } = parseDocument(sample);
  assert.ok(root !== null);
  const document = plain(root);
  forSeeds(50, (random) => {
    const shuffled = checkText(JSON.stringify(shuffleMaps(document, random)));
    assert.ok(shuffled.ok);
    assert.deepEqual(sortMembers(shuffled.config), sortMembers(configOf(sample)));
  });
});

function shuffleMaps(value: Plain, random: Random): Plain {
  if (Array.isArray(value)) return value.map((item) => shuffleMaps(item, random));
  if (typeof value !== "object") return value;
  const entries = random.shuffle(Object.entries(value));
  return Object.fromEntries(entries.map(([key, item]) => [key, shuffleMaps(item, random)]));
}

/** Members of a pool are a map in the file and a list here: their order has no meaning. */
function sortMembers(config: Config): unknown {
  const frontends = [...config.frontends.values()].map((frontend) => ({
    ...frontend,
    pools: frontend.pools.map((pool) => ({
      ...pool,
      backends: pool.backends.toSorted((a, b) => a.name < b.name ? -1 : 1),
    })),
  }));
  return { ...config, frontends };
}

Deno.test("nothing that a finding quotes is obeyed by a terminal, or is longer than anybody reads", () => {
  const long = "x".repeat(100_000);
  const cases: [text: string, shown: string][] = [
    [String.raw`maglev: {backends: {a: {address: "\x9b2J"}}}`, String.raw`"\u009b2J" is not`],
    [String.raw`maglev: {"\x9b": 1}`, String.raw`["\u009b"]: unknown key`],
    ["maglev: {\u202e: 1}", String.raw`["\u202e"]: unknown key`],
    ["maglev: *a\u202eb", String.raw`no &a\u202eb stands before`],
    [`maglev: *${long}`, "x…"],
    [`{${long}: 1, ${long}: 2}`, "x…"],
    [`maglev: {${long}: 1}`, "x…]: unknown key"],
  ];
  for (const [text, shown] of cases) {
    const result = checkText(text);
    assert.ok(!result.ok);
    for (const finding of result.findings.shown) {
      const line = formatFinding(finding, "f");
      assert.doesNotMatch(line, /[\p{Cc}\u202e]/u);
      assert.ok(line.length < 2_000);
    }
    const all = formatFindings(result.findings, { file: "f" }).join("\n");
    assert.ok(all.includes(shown), all);
  }
});

Deno.test("text cut off anywhere, or with a byte changed, is checked without an exception", () => {
  forSeeds(400, (random) => {
    const at = random.int(0, sample.length - 1);
    const cut = sample.slice(0, at);
    const changed = cut + random.pick([..."\t\n :-[]{}&*!|>'\"%@`,?#0a<"]) + sample.slice(at + 1);
    for (const text of [cut, changed]) {
      const result = checkText(text);
      if (!result.ok) assert.ok(result.findings.shown.length > 0);
    }
  });
});

Deno.test("files that are made to be slow or large are answered all the same", () => {
  const names = Array.from(
    { length: 5_000 },
    (_, index) => `backend-${String(index).padStart(5, "0")}-with-a-name-of-some-length`,
  );
  const files = [
    `maglev: {backends: {${names.map((name) => `${name}: {address: 10.0.0.1}`).join()}}, ` +
    `frontends: {${names.map((name) => `${name}: {pools: [{backends: {x${name}: }}]}`).join()}}}`,
    "maglev:\n" + "  key: 1\n".repeat(200_000),
    "maglev:\n" + "  - 1\n".repeat(200_000),
    "maglev: [" + "1,".repeat(500_000) + "]",
    "[".repeat(1_000_000),
    "a: &a [x]\nb: [" + "*a,".repeat(300_000) + "]",
    "x: &a [" + "1,".repeat(10_000) + "]\nb: [" + "*a,".repeat(1_000) + "]",
    `m: &m {${names.map((name) => `${name}: 1`).join()}}\nn: [${"{<<: *m},".repeat(3_000)}]`,
  ];
  for (const text of files) {
    const start = performance.now();
    const result = checkText(text);
    const took = performance.now() - start;
    assert.ok(!result.ok && result.findings.shown.length <= 50, text.slice(0, 40));
    assert.ok(took < 5_000, `${text.slice(0, 40)} took ${took} ms`);
  }
});
