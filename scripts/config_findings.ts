/**
 * What is checked in a configuration file, each rule with a mistake that it finds.
 *
 * @module
 */

import { checkText, formatFindings } from "../src/config/mod.ts";

/** A rule, and a change in the sample that breaks it and no other. */
export interface Mistake {
  readonly rule: string;
  /** Stands in the sample once. */
  readonly from: string;
  readonly to: string;
}

/**
 * The sample with a mistake.
 *
 * @throws {Error} The sample has not what the mistake changes.
 */
export function withMistake({ rule, from, to }: Mistake, sample: string): string {
  const [before, after, ...more] = sample.split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${rule}: the sample has not one "${from}"`);
  }
  return `${before}${to}${after}`;
}

/**
 * What the program prints for a mistake.
 *
 * @throws {Error} That is not one finding.
 */
export function findingOf(mistake: Mistake, sample: string): string {
  const result = checkText(withMistake(mistake, sample));
  const findings = result.ok ? result.warnings : result.findings;
  const [line, ...more] = formatFindings(findings, { file: "maglev.yaml" });
  if (line === undefined || more.length > 0) throw new Error(`${mistake.rule}: not one finding`);
  return line;
}

/** Without these, the file is no configuration. */
export const structureMistakes: readonly Mistake[] = [
  mistake("the file is one document in YAML", "      pools:", "      pools"),
  mistake("an IPv6 address that ends in `::` has quotes", "src: 2001:db8::10", "src: 2001:db8::"),
  mistake("no key stands twice", "enabled: true", "enabled: true, enabled: no"),
  mistake("an alias has its anchor before it", "check: web }", "check: *web }"),
  mistake("keys are known", "fast-interval", "fast-intervall"),
  mistake("required keys are there", "address: 10.0.9.1", ""),
  mistake("a map stands where one belongs", "{ sorry: {} }", "[sorry]"),
  added(
    "a list stands where one belongs",
    "frontends",
    "dns: { address: 198.51.100.2, pools: primary }",
  ),
  mistake("a choice is one of its words", "protocol: tcp ", "protocol: sctp "),
  mistake("a duration has a unit", "timeout: 1s", "timeout: 1"),
  mistake("a duration is of 104 days at most", "interval: 30s", "interval: 3000h"),
  mistake("an address has no prefix length", "10.0.0.1,", "10.0.0.1/32,"),
  mistake("a number is whole, and without quotes", "rise: 2 ", "rise: 1.5 "),
  mistake("a yes or no is one, and without quotes", "enabled: true", "enabled: perhaps"),
  mistake("a response code is a code or a range", "200-204", "2xx"),
];

/** Without these, the file makes no sense. */
export const meaningMistakes: readonly Mistake[] = [
  mistake("both outer sources of GRE are there", "ipv4-src-address: 192.0.2.10 ", ""),
  mistake("a source is of its family", "ipv4-src: 192.0.2.10", "ipv4-src: 2001:db8::10"),
  mistake("no address is unspecified or multicast", "10.0.9.1", "224.0.0.1"),
  mistake("a frontend has no loopback address", "198.51.100.1", "127.0.0.1"),
  mistake("numbers are in their range", "weight: 50", "weight: 101"),
  mistake("durations are in their range", "timeout: 40s", "timeout: 3m"),
  mistake("`flow-timeout` is in whole seconds", "timeout: 40s", "timeout: 1.5s"),
  mistake("the sizes of tables are powers of two", "length: 1024", "length: 1000"),
  mistake("`startup-max-delay` is not the shorter one", "max-delay: 30s", "max-delay: 3s"),
  mistake("a range begins before it ends", "200-204", "204-200"),
  mistake("names have no white space", "name: primary", "name: first choice"),
  mistake("names have 1 to 64 characters", "name: primary", 'name: ""'),
  mistake("a path begins with `/`, in plain ASCII", "path: /healthz", "path: healthz"),
  mistake("a host is a name or an address", "www.example.net", "www example"),
  mistake("an expression is one of Go's", "'^ok'", "'^(ok'"),
  mistake("`netns` is a name or an absolute path", "netns: dataplane", "netns: netns/lb"),
  mistake("checks of tcp, http and https have a port", "port: 80 ", ""),
  added("a check of icmp has none", "healthchecks", "ping: { type: icmp, port: 7 }"),
  added(
    "`params` are those of the type",
    "healthchecks",
    "db: { type: tcp, port: 5432, params: { path: / } }",
  ),
  added(
    "what is for TLS needs TLS",
    "healthchecks",
    "db: { type: tcp, port: 5432, params: { server-name: db.example.net } }",
  ),
  mistake("the health check of a backend exists", "check: web }", "check: wbe }"),
  mistake("the backends of a pool exist", "{ sorry: {} }", "{ sory: {} }"),
  mistake("a pool has a backend", "{ sorry: {} }", "{}"),
  added("a frontend has a pool", "frontends", "dns: { address: 198.51.100.2, pools: [] }"),
  mistake("the pools of a frontend have different names", "last-resort", "primary"),
  mistake("backends of a frontend have different addresses", "10.0.9.1", "10.0.0.1"),
  mistake("backends of a frontend are of one family", "10.0.9.1", "2001:db8::1"),
  mistake("protocol and port come together", "port: 443", ""),
  secondFrontend("no two frontends are the same service", { keys: "protocol: tcp, port: 443" }),
  secondFrontend("one of every port has its address alone", { keys: "description: all" }),
  secondFrontend("frontends of one address have backends of one family", {
    keys: "protocol: tcp, port: 80",
    backends: ["2001:db8::1"],
  }),
  secondFrontend("a frontend has at most 1,000 backends", {
    keys: "protocol: tcp, port: 80",
    backends: addresses(1_001),
  }),
  secondFrontend("a section has at most 10,000 entries", {
    keys: "protocol: tcp, port: 80",
    unused: addresses(10_000),
  }),
];

/** Allowed, and probably not meant. */
export const doubts: readonly Mistake[] = [
  added("a health check is used", "healthchecks", "ping: { type: icmp }"),
  mistake("a backend is used", "{ sorry: {} }", "{ web1: {} }"),
  mistake("a probe ends before the next begins", "timeout: 1s", "timeout: 3s"),
  mistake("the flow table can honour the weights", "length: 1024", "length: 64"),
];

function mistake(rule: string, from: string, to: string): Mistake {
  return { rule, from, to };
}

/** A mistake in lines of its own at the top of a section. */
function added(rule: string, section: string, text: string): Mistake {
  return { rule, from: `\n  ${section}:`, to: `\n  ${section}:\n    ${text}` };
}

/** What a second frontend of the sample's address has. */
interface SecondFrontend {
  readonly keys: string;
  /** The addresses of its backends; the sample's spare one if there are none. */
  readonly backends?: readonly string[];
  /** Addresses of backends that no frontend has. */
  readonly unused?: readonly string[];
}

function secondFrontend(
  rule: string,
  { keys, backends = [], unused = [] }: SecondFrontend,
): Mistake {
  const added = [...backends, ...unused].map((address, index) => [`b${index}`, address]);
  const members = backends.length === 0 ? ["sorry"] : backends.map((_, index) => `b${index}`);
  return {
    rule,
    from: "\n  frontends:",
    to: [
      "",
      ...added.map(([name, address]) => `    ${name}: { address: "${address}" }`),
      "  frontends:",
      "    www2:",
      `      { address: 198.51.100.1, ${keys}, pools: [{ name: p, backends: {`,
      members.map((name) => `        ${name}: {}`).join(",\n"),
      "      } }] }",
    ].join("\n"),
  };
}

/** As many addresses as are asked for, none of them in the sample. */
function addresses(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `10.1.${index >> 8}.${index & 255}`);
}
