/**
 * What a reload means to the health of the backends that stay.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import type { Backend, Config, ConfigDiff } from "../config/mod.ts";
import type { HealthEvent } from "../health/mod.ts";

/** A reload, as far as it concerns the health of backends. */
export interface HealthReload {
  readonly from: Config;
  readonly to: Config;
  readonly diff: ConfigDiff;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The events of those backends to which something happens, in order: first a new `enabled`, then the
 * change that brings new rules.
 */
export function reloadEvents(reload: HealthReload): ReadonlyMap<string, readonly HealthEvent[]> {
  const { to, diff: { enabled, probing }, at } = reload;
  const events = new Map<string, HealthEvent[]>();
  for (const name of enabled) {
    const isEnabled = to.backends.get(name)?.enabled ?? false;
    events.set(name, [{ kind: "enabled", enabled: isEnabled, at }]);
  }
  for (const name of probing.restart) {
    events.set(name, [...events.get(name) ?? [], {
      kind: "changed",
      change: describeChange(name, reload),
      isSameServer: isSameServer(name, reload),
      at,
    }]);
  }
  return events;
}

function isSameServer(name: string, { from, to }: Pick<HealthReload, "from" | "to">): boolean {
  const addressIn = ({ backends }: Config) => backends.get(name)?.address;
  return isDeepStrictEqual(addressIn(from), addressIn(to));
}

/** What about a backend is another, such as `address changed`. */
function describeChange(name: string, { from, to }: Pick<HealthReload, "from" | "to">): string {
  const differs = (look: (config: Config) => unknown) => !isDeepStrictEqual(look(from), look(to));
  const changes: string[] = [];
  if (!isSameServer(name, { from, to })) changes.push("address");
  if (differs((config) => checkOf(config.backends.get(name), config))) changes.push("health check");
  if (differs(({ healthchecker }) => healthchecker.netns)) changes.push("network namespace");
  return `${changes.join(" and ")} changed`;
}

/** The content of a health check: another name changes nothing. */
function checkOf(backend: Backend | undefined, { healthchecks }: Config): unknown {
  const check = healthchecks.get(backend?.healthcheck ?? "");
  return check && { ...check, name: "" };
}
