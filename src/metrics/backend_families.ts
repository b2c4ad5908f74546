/**
 * The metrics of backends and of their probes.
 *
 * @module
 */

import type { BackendHealth, BackendState } from "../health/mod.ts";
import { counter, type Family, gauge, histogram, only } from "./family.ts";
import type { BackendSource } from "./sources.ts";

const states: readonly BackendState[] = ["unknown", "up", "down", "paused", "disabled"];

/** Metrics of backends. */
export const backendFamilies: readonly Family[] = [
  gauge("maglev_backend_state", {
    help: "Whether the backend is in this state: 1 for the one that it is in, else 0.",
    labels: ["backend", "address", "healthcheck", "state"],
    of: ({ backends }) => backends,
    series: ({ backend: { name, address, healthcheck }, health }, add) => {
      for (const state of states) {
        add(health.state === state ? 1 : 0, name, address.text, healthcheck ?? "", state);
      }
    },
  }),
  gauge("maglev_backend_health", {
    help: "The health counter, from 0 to rise + fall - 1; the backend is up from rise on.",
    labels: ["backend"],
    of: ({ backends }) => backends,
    series: ({ backend, health }, add) => add(health.counter, backend.name),
  }),
  gauge("maglev_backend_enabled", {
    help: "1 while the backend is enabled, 0 while the file or an operator disables it.",
    labels: ["backend"],
    of: ({ backends }) => backends,
    series: ({ backend, health }, add) => add(isEnabled(health) ? 1 : 0, backend.name),
  }),
  counter("maglev_backend_transitions_total", {
    help: "Transitions of the backend from one state to another.",
    labels: ["backend", "from", "to"],
    of: ({ backends }) => backends,
    series: ({ backend, counters }, add) => {
      for (const { from, to, count } of counters.transitions()) add(count, backend.name, from, to);
    },
  }),
  counter("maglev_probe_total", {
    help:
      "Probes of the backend, by result and code; void are those that the daemon itself delayed.",
    labels: ["backend", "type", "result", "code"],
    of: ({ backends }) => backends,
    series: (source, add) => {
      const { backend, counters } = source;
      for (const { result, code, count } of counters.probes()) {
        add(count, backend.name, probeType(source), result, code);
      }
    },
  }),
  histogram("maglev_probe_duration_seconds", {
    help: "How long the backend's probes took that had a result.",
    labels: ["backend", "type"],
    of: ({ backends }) => backends.filter(({ check }) => check !== null),
    series: (source, add) => add(source.counters.durations, source.backend.name, probeType(source)),
  }),
  histogram("maglev_probe_lag_seconds", {
    help: "How much later than due probes started.",
    of: ({ checker }) => only(checker.counters.lag),
    series: (lag, add) => add(lag),
  }),
];

/** Empty for a backend whose probes were before it became a static one. */
function probeType({ check }: BackendSource): string {
  return check?.probe.type ?? "";
}

/** A pause covers the disable that it came after. */
function isEnabled({ state, override, enabledInFile }: BackendHealth): boolean {
  if (state !== "paused") return state !== "disabled";
  for (let under = override?.under ?? null; under !== null; under = under.under) {
    if (under.act !== "pause") return under.act === "enable";
  }
  return enabledInFile;
}
