/**
 * What `maglev probe` is to probe: found in the configuration by the words of the command line.
 *
 * @module
 */

import { type Address, type Config, type HealthCheck, parseAddress } from "../config/mod.ts";
import { didYouMean } from "../suggest.ts";

/** A server and how to probe it. */
export interface ProbeSubject {
  /** The backend's name; null where an address was given that is no backend's. */
  readonly backend: string | null;
  readonly address: Address;
  readonly check: HealthCheck;
  readonly netns: string | null;
}

/**
 * Finds the backend with a name or an address, and its health check, or the one that is named
 * instead. A problem is one line that says what to do.
 */
export function findProbeSubject(
  { backends, healthchecks, healthchecker: { netns } }: Config,
  nameOrAddress: string,
  checkName: string,
): ProbeSubject | { readonly problem: string } {
  const parsed = parseAddress(nameOrAddress);
  const address = "value" in parsed ? parsed.value : null;
  const backend = backends.get(nameOrAddress) ??
    [...backends.values()].find((each) => each.address.text === address?.text);
  const target = backend?.address ?? address;
  if (target === null) {
    const hint = didYouMean(nameOrAddress, backends.keys());
    return { problem: `no backend is named ${JSON.stringify(nameOrAddress)}${hint}` };
  }
  const wanted = checkName === "" ? backend?.healthcheck ?? "" : checkName;
  const check = healthchecks.get(wanted);
  if (check !== undefined) return { backend: backend?.name ?? null, address: target, check, netns };
  const subject = backend === undefined ? target.text : `backend ${backend.name}`;
  return { problem: whyNoCheck(subject, wanted, [...healthchecks.keys()]) };
}

function whyNoCheck(subject: string, wanted: string, known: readonly string[]): string {
  if (known.length === 0) return `${subject} cannot be probed: the file has no health checks`;
  if (wanted !== "") {
    return `no health check is named ${JSON.stringify(wanted)}${didYouMean(wanted, known)}`;
  }
  const choice = known.length > 5 ? `${known.slice(0, 5).join(", ")}, …` : known.join(", ");
  return `${subject} has no health check: choose one with --healthcheck (${choice})`;
}
