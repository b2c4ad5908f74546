/**
 * What must hold between the values of a file: the second stage of its check.
 *
 * @module
 */
import type { Family } from "./address.ts";
import { usesTls } from "./config.ts";
import type { Path } from "./finding.ts";
import type { Mistaken } from "./reader.ts";
import { checkTypes, type File, type FileFrontend } from "./schema.ts";

/** Takes what a rule has to say about the value at a path. */
export type Report = (path: Path, message: string, mistaken?: Mistaken) => void;

/** How many health checks, backends and frontends there may be. */
const maxObjects = 10_000;

/** How many backends a frontend may have: VPP's application servers of one VIP. */
const maxBackends = 1_000;

/** Applies every rule. */
export function checkMeaning(file: File, report: Report): void {
  checkLimits(file, report);
  checkHealthChecks(file, report);
  checkBackends(file, report);
  for (const [name, frontend] of file.frontends) {
    checkPools(name, frontend, file, report);
    checkMembers(name, frontend, file, report);
    if ((frontend.protocol === null) !== (frontend.port === null)) {
      const [present, absent] = frontend.port === null
        ? ["protocol", "port"]
        : ["port", "protocol"];
      report(["frontends", name, present], `needs ${absent} too; leave out both for every port`);
    }
  }
  checkSharedAddresses(file, report);
  checkWarmUp(file, report);
}

function checkLimits(file: File, report: Report): void {
  for (const section of ["healthchecks", "backends", "frontends"] as const) {
    const count = file[section].size;
    if (count > maxObjects) report([section], `${count} of them; ${maxObjects} is the limit`);
  }
}

function checkHealthChecks(file: File, report: Report): void {
  for (const [name, check] of file.healthchecks) {
    const { type, port } = check;
    const { hasPort, params } = checkTypes[type];
    const path = ["healthchecks", name];
    if (hasPort && port === null) report(path, `a health check of type ${type} needs a port`);
    if (!hasPort && port !== null) report([...path, "port"], `a port has no meaning for ${type}`);
    for (const [key, value] of Object.entries(check.params)) {
      const param = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const known: readonly string[] = params;
      if (value === null) continue;
      if (!known.includes(param)) {
        report([...path, "params", param], `no parameter of ${type} health checks`);
      } else if (/^(server-name|insecure-skip-verify)$/.test(param) && !usesTls(check)) {
        report([...path, "params", param], "has no meaning without TLS; set ssl: true");
      }
    }
  }
}

function checkBackends(file: File, report: Report): void {
  const candidates = file.healthchecks;
  for (const [name, { healthcheck }] of file.backends) {
    if (healthcheck === null || candidates.has(healthcheck)) continue;
    const mistaken = { word: healthcheck, candidates: candidates.keys() };
    report(["backends", name, "healthcheck"], `no health check is named ${healthcheck}`, mistaken);
  }
}

function checkPools(name: string, frontend: FileFrontend, file: File, report: Report): void {
  const path = ["frontends", name, "pools"];
  if (frontend.pools.length === 0) report(path, "at least one pool is needed");
  const seen = new Set<string>();
  for (const [index, pool] of frontend.pools.entries()) {
    if (seen.has(pool.name)) {
      report([...path, index, "name"], `another pool of this frontend is named ${pool.name}`);
    }
    seen.add(pool.name);
    if (pool.backends.size === 0) report([...path, index, "backends"], "a pool needs a backend");
    for (const backend of pool.backends.keys()) {
      if (file.backends.has(backend)) continue;
      const mistaken = { word: backend, candidates: file.backends.keys() };
      report([...path, index, "backends", backend], "no backend has this name", mistaken);
    }
  }
}

/** Backends of one frontend become the application servers of one VIP. */
function checkMembers(name: string, frontend: FileFrontend, file: File, report: Report): void {
  const byAddress = new Map<string, string>();
  let first: { readonly name: string; readonly family: Family } | null = null;
  for (const [index, pool] of frontend.pools.entries()) {
    for (const member of pool.backends.keys()) {
      const address = file.backends.get(member)?.address;
      if (address === undefined) continue;
      const path = ["frontends", name, "pools", index, "backends", member];
      const other = byAddress.get(address.text) ?? member;
      if (other !== member) report(path, `has the address of ${other}, ${address.text}`);
      byAddress.set(address.text, other);
      first ??= { name: member, family: address.family };
      if (address.family !== first.family) {
        report(
          path,
          `is IPv${address.family}, and ${first.name} is IPv${first.family}; ${oneFamily}`,
        );
      }
    }
  }
  if (byAddress.size > maxBackends) {
    const message = `${byAddress.size} backends; ${maxBackends} is the limit of a frontend`;
    report(["frontends", name, "pools"], message);
  }
}

const oneFamily = "all backends of a frontend must be of one address family";

/** VPP keeps all VIPs of an address under one prefix, which has one encapsulation. */
function checkSharedAddresses(file: File, report: Report): void {
  const byAddress = Map.groupBy(file.frontends, ([, frontend]) => frontend.address.text);
  for (const group of byAddress.values()) {
    const perPort = group.find(([, frontend]) => !isAllPort(frontend))?.[0];
    const services = new Map<string, string>();
    const families = new Map<Family, string>();
    for (const [name, frontend] of group) {
      const path = ["frontends", name, "address"];
      const service = `${frontend.protocol} ${frontend.port}`;
      const same = services.get(service);
      if (same !== undefined) {
        report(path, `${same} has the same address, protocol and port`);
      } else if (isAllPort(frontend) && perPort !== undefined) {
        report(path, `serves every port, and ${perPort} has the same address`);
      }
      services.set(service, same ?? name);
      const family = familyOf(frontend, file);
      if (family === undefined) continue;
      const other = families.get(family === 4 ? 6 : 4);
      if (other !== undefined) {
        report(path, `${other} has the same address, and backends of the other address family`);
      }
      families.set(family, families.get(family) ?? name);
    }
  }
}

function isAllPort(frontend: FileFrontend): boolean {
  return frontend.protocol === null && frontend.port === null;
}

function familyOf(frontend: FileFrontend, file: File): Family | undefined {
  const [member] = frontend.pools.flatMap((pool) => [...pool.backends.keys()]);
  return member === undefined ? undefined : file.backends.get(member)?.address.family;
}

function checkWarmUp({ vpp: { lb } }: File, report: Report): void {
  if (lb.startupMaxDelay >= lb.startupMinDelay) return;
  report(["vpp", "lb", "startup-max-delay"], "is shorter than startup-min-delay");
}
