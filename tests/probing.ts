/**
 * Makes single probes, for the tests of what they come to.
 *
 * @module
 */

import { systemClock } from "../src/clock.ts";
import { type Address, parseAddress, type Probe } from "../src/config/mod.ts";
import type { ProbeResult } from "../src/health/mod.ts";
import { openIcmpSocket } from "../src/os/mod.ts";
import { openProber, type Prober, type ProbeSpec } from "../src/probe/mod.ts";
import { authorityPath } from "./certificates.ts";

/** The address that a text stands for. */
export function addressOf(text: string): Address {
  const parsed = parseAddress(text);
  if ("problem" in parsed) throw new Error(`${text}: ${parsed.problem}`);
  return parsed.value;
}

/** Whether this user may open sockets for ICMP here. */
export const canPing: boolean = (() => {
  try {
    openIcmpSocket({ family: 6, kind: "raw", identifier: 1 }).close();
    return true;
  } catch {
    return false;
  }
})();

/** Opens a prober that trusts the authority of the tests' certificates. */
export function openTestProber(): Prober {
  return openProber({
    clock: systemClock,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    authorities: [Deno.readTextFileSync(authorityPath)],
  });
}

/** The parts of a check that a case is about; the rest is as it is by default. */
export interface CheckParts {
  readonly type: Probe["type"] | "ssl";
  readonly port?: number;
  readonly path?: string;
  readonly host?: string;
  readonly codes?: readonly [min: number, max: number];
  readonly regexp?: string;
  readonly serverName?: string | null;
  readonly insecure?: boolean;
  readonly sourceIpv4?: string;
  readonly sourceIpv6?: string;
}

/** A probe as the configuration would have it. */
export function probeOf(parts: CheckParts): Probe {
  const { type, port = 0, path = "/", host = null, codes = [200, 200], regexp = null } = parts;
  const { serverName = "ok.test", insecure = false, sourceIpv4, sourceIpv6 } = parts;
  const sources = {
    sourceIpv4: sourceIpv4 === undefined ? null : addressOf(sourceIpv4),
    sourceIpv6: sourceIpv6 === undefined ? null : addressOf(sourceIpv6),
  };
  const tls = { serverName, insecureSkipVerify: insecure };
  const responseCode = { min: codes[0], max: codes[1] };
  const http = { path, host, responseCode, responseRegexp: regexp };
  switch (type) {
    case "icmp":
      return { type, ...sources };
    case "tcp":
    case "ssl":
      return { type: "tcp", port, tls: type === "ssl" ? tls : null, ...sources };
    case "http":
      return { type, port, http, ...sources };
    case "https":
      return { type, port, http, tls, ...sources };
  }
}

/** The result of one probe, which must not be void. */
export function resultOf(prober: Prober, spec: ProbeSpec): Promise<ProbeResult> {
  return new Promise((resolve, reject) => {
    prober.prepare(spec).start((outcome) => {
      if (outcome.kind === "result") resolve(outcome.result);
      else reject(new Error(`the probe is void: ${outcome.reason}`));
    });
  });
}
