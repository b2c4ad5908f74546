/**
 * The configuration file, declared once: what the reader accepts, the types it gives, and the JSON
 * Schema for editors are all made from this.
 *
 * What needs more than one value to decide is in {@link ./rules.ts}.
 *
 * @module
 */
import {
  fallback,
  type JsonSchema,
  list,
  needed,
  object,
  optional,
  type Read,
  record,
  required,
  section,
  word,
} from "./declare.ts";
import * as s from "./scalars.ts";

const second = 1_000_000_000;

const params = object({
  "path": optional(s.requestTarget, "The request target. Default: /"),
  "host": optional(s.hostName, "The Host header. Default: the backend's address"),
  "response-code": optional(s.responseCode, "The status wanted. Default: 200"),
  "response-regexp": optional(
    s.regexp,
    "Must match within the first 64 KiB of the body. Default: any body will do",
  ),
  "server-name": optional(
    s.hostName,
    "TLS SNI, and the name that is verified; for tcp only with ssl. Default: host, if that is a name",
  ),
  "insecure-skip-verify": optional(
    s.boolean,
    "Accept any certificate; for tcp only with ssl. Default: false",
  ),
  "ssl": optional(s.boolean, "Complete a TLS handshake after connecting. Default: false"),
});

/** Which params a type of health check takes, and whether it has a port. */
export const checkTypes = {
  icmp: { params: [], hasPort: false },
  tcp: { params: ["ssl", "server-name", "insecure-skip-verify"], hasPort: true },
  http: { params: ["path", "host", "response-code", "response-regexp"], hasPort: true },
  https: {
    params: [
      "path",
      "host",
      "response-code",
      "response-regexp",
      "server-name",
      "insecure-skip-verify",
    ],
    hasPort: true,
  },
} as const;

const port = s.integer({ min: 1, max: 65_535 });

const healthcheck = object({
  "type": required(word(["icmp", "tcp", "http", "https"]), "How to probe"),
  "port": optional(port, "The port to probe"),
  "params": section(params, "What the type takes besides"),
  "probe-ipv4-src": optional(
    s.address({ family: 4 }),
    "Source of probes to IPv4 backends. Default: the kernel chooses",
  ),
  "probe-ipv6-src": optional(
    s.address({ family: 6 }),
    "Source of probes to IPv6 backends. Default: the kernel chooses",
  ),
  "interval": fallback(s.duration({}), "2s", "From the start of one probe to that of the next"),
  "fast-interval": optional(
    s.duration({}),
    "The interval while a backend is unknown, or on its way up or down. Default: interval",
  ),
  "down-interval": optional(
    s.duration({}),
    "The interval while a backend is down. Default: interval",
  ),
  "timeout": fallback(s.duration({}), "2s", "How long a probe may take"),
  "rise": fallback(s.integer({ min: 1 }), 2, "Passes in a row until a backend is up"),
  "fall": fallback(s.integer({ min: 1 }), 3, "Fails in a row until a backend is down"),
}, { allOf: Object.entries(checkTypes).map(conditionalSchema) });

/** What an editor is told about one type of health check. */
function conditionalSchema(
  [type, { params, hasPort }]: [string, { params: readonly string[]; hasPort: boolean }],
): JsonSchema {
  return {
    if: { properties: { type: { const: type } } },
    then: {
      properties: {
        params: params.length === 0 ? { maxProperties: 0 } : { propertyNames: { enum: params } },
        ...(hasPort ? {} : { port: false }),
      },
      ...(hasPort ? { required: ["port"] } : {}),
    },
  };
}

const backend = object({
  "address": required(s.address({}), "Where the server is, for probes and for traffic"),
  "healthcheck": optional(s.name, "The health check that decides. Default: none, it always passes"),
  "enabled": fallback(s.boolean, true, "Whether it may get traffic, and is probed"),
});

const member = object({
  "weight": fallback(s.integer({ min: 0, max: 100 }), 100, "Its share, relative to the others"),
});

const pool = object({
  "name": required(s.name, "The name of the pool"),
  "backends": required(record(s.names, member, { minProperties: 1 }), "Its backends, by name"),
});

const frontend = object({
  "description": optional(s.text({}), "For people. Default: empty"),
  "address": required(s.address({ refuseLoopback: true }), "The virtual address"),
  "protocol": optional(
    word(["tcp", "udp"]),
    "Absent together with port = every protocol and port",
  ),
  "port": optional(port, "Absent together with protocol = every protocol and port"),
  "src-ip-sticky": fallback(s.boolean, false, "Choose the backend by the source address alone"),
  "flush-on-down": fallback(
    s.boolean,
    true,
    "A backend that goes down loses its flows at once; false = they drain",
  ),
  "flow-table-length": fallback(
    s.integer({ min: 64, max: 65_536, isPowerOfTwo: true }),
    1_024,
    "Buckets of the new-flow table; more honour weights better, and cost more",
  ),
  "pools": required(
    list(pool, { minItems: 1 }),
    "In order of preference: the first with a backend up serves",
  ),
}, { dependentRequired: { protocol: ["port"], port: ["protocol"] } });

const loadBalancer = object({
  "ipv4-src-address": needed(s.address({ family: 4 }), "Outer source of GRE to IPv4 backends"),
  "ipv6-src-address": needed(s.address({ family: 6 }), "Outer source of GRE to IPv6 backends"),
  "sync-interval": fallback(
    s.duration({}),
    "30s",
    "How often VPP is compared with what it should be",
  ),
  "sticky-buckets-per-core": fallback(
    s.integer({ min: 1, isPowerOfTwo: true }),
    65_536,
    "Size of the flow table of each worker thread",
  ),
  "flow-timeout": fallback(
    s.duration({ minNs: second, maxNs: 120 * second, isWholeSeconds: true }),
    "40s",
    "How long VPP remembers an idle flow",
  ),
  "startup-min-delay": fallback(
    s.duration({ minNs: 0 }),
    "5s",
    "Warm-up: how long after the start VPP is not touched",
  ),
  "startup-max-delay": fallback(
    s.duration({ minNs: 0 }),
    "30s",
    "Warm-up: how long a frontend waits for the state of all its backends; both 0s = no warm-up",
  ),
});

const maglev = object({
  "healthchecker": section(
    object({
      "transition-history": fallback(
        s.integer({ min: 1, max: 1_000 }),
        5,
        "State changes kept per backend",
      ),
      "netns": optional(s.namespace, "Network namespace of all probes. Default: the daemon's own"),
    }),
    "What holds for all health checks",
  ),
  "healthchecks": section(record(s.names, healthcheck), "How to probe, by name"),
  "backends": section(record(s.names, backend), "The servers, by name"),
  "frontends": section(record(s.names, frontend), "The virtual services, by name"),
  "vpp": section(
    object({ "lb": section(loadBalancer, "VPP's load balancer plugin") }),
    "The dataplane",
  ),
});

/** The whole file. */
export const fileType = object({ maglev: required(maglev, "The configuration of maglev") });

/** What the file says, each value by itself checked, nothing yet compared with anything else. */
export type File = Read<typeof maglev>;

/** A health check as the file has it. */
export type FileHealthCheck = Read<typeof healthcheck>;

/** A frontend as the file has it. */
export type FileFrontend = Read<typeof frontend>;

/** The JSON Schema (2020-12) of the file. */
export function jsonSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "maglev.yaml",
    ...fileType.schema,
  };
}
