/**
 * Invariant 7: each transition has a cause.
 *
 * @module
 */

import type { Event, StateChange } from "../../../src/checker/mod.ts";
import type { Config } from "../../../src/config/mod.ts";
import type {
  BackendHealth,
  BackendRules,
  BackendState,
  OperatorAct,
  ProbeResult,
} from "../../../src/health/mod.ts";
import { must } from "../violation.ts";

/** A result that a backend got, and what its state was and is. */
export interface CountedResult {
  readonly backend: string;
  readonly result: ProbeResult;
  readonly rules: BackendRules;
  readonly from: BackendState;
  readonly to: BackendState;
}

/** Remembers what happened, and looks for it behind each transition. */
export interface CauseWatch {
  result(counted: CountedResult): void;
  act(backend: string, act: OperatorAct, by: string): void;
  /** A start is a reload from nothing. */
  reload(config: Config): void;
  event(event: Event): void;
}

const stateAfter: Readonly<Record<OperatorAct, readonly BackendState[]>> = {
  pause: ["paused"],
  resume: ["unknown", "up"],
  disable: ["disabled"],
  enable: ["unknown", "up"],
};

/** Makes a watch over one daemon. */
export function watchCauses(): CauseWatch {
  const results = new WeakSet<ProbeResult>();
  const acts = new Set<string>();
  const configs: Config[] = [];
  const streaks = new Map<string, { ok: boolean; count: number }>();
  const states = new Map<string, string>();

  /** Counts in another way than the daemon: how many results in a row were alike. */
  const result = ({ backend, result, rules, from, to }: CountedResult) => {
    results.add(result);
    const { ok } = result;
    const before = streaks.get(backend);
    const isContinued = from !== "unknown" && before?.ok === ok;
    const count = isContinued ? before.count + 1 : 1;
    streaks.set(backend, { ok, count });
    const isEnough = from === "unknown" || count >= (ok ? rules.rise : rules.fall);
    const wanted = isEnough ? ok ? "up" : "down" : from;
    must(to === wanted, 7, () => {
      return `${backend} was ${from}, and is ${to} after ${count} × ${result.code}`;
    });
  };

  const continues = (subject: string, from: string, to: string) => {
    const before = states.get(subject);
    must(before === undefined || before === from, 7, () => {
      return `${subject} went from ${from} to ${to}, but was ${before}`;
    });
    states.set(subject, to);
    if (to === "removed") states.delete(subject);
  };

  const ofBackend = (backend: string, { from, to, cause }: StateChange) => {
    const what = () => `${backend} ${from} → ${to} because of ${JSON.stringify(cause)}`;
    switch (cause?.kind) {
      case "probe": {
        const isReal = results.has(cause.result) && to === (cause.result.ok ? "up" : "down");
        return must(isReal, 7, what);
      }
      case "operator": {
        const isReal = acts.has(`${backend} ${cause.act} ${cause.by}`);
        return must(isReal && stateAfter[cause.act].includes(to), 7, what);
      }
      case "config":
        return must(isInFile(backend, to, cause.change, configs), 7, what);
      case "start":
        return must(to === "unknown" || to === "up", 7, what);
      default:
        return must(false, 7, what);
    }
  };
  return {
    result,
    act: (backend, act, by) => void acts.add(`${backend} ${act} ${by}`),
    reload: (config) => void configs.push(config),
    event(event) {
      if (event.kind === "frontend") {
        const { frontend, transition: { from, to } } = event;
        if (from === to) states.set(`frontend ${frontend}`, to);
        else continues(`frontend ${frontend}`, from, to);
      }
      // A deleted frontend has no last transition. Under its old name another one begins anew.
      if (event.kind === "reload") {
        const names = configs.at(-1)?.frontends ?? new Map();
        for (const subject of states.keys()) {
          const [kind, name = ""] = subject.split(" ");
          if (kind === "frontend" && !names.has(name)) states.delete(subject);
        }
      }
      if (event.kind !== "backend") return;
      const { backend, transition } = event;
      const { from, to } = transition;
      if (from === to) return void states.set(`backend ${backend}`, to);
      continues(`backend ${backend}`, from, to);
      ofBackend(backend, transition);
    },
  };
}

/** Only a server that was up, and whose check alone is another since, serves without being up. */
export function checkTrust({ name, state, isTrusted, transitions }: BackendHealth): void {
  const last = transitions.at(-1);
  const isEarned = state === "unknown" && last?.from === "up" && last.cause.kind === "config" &&
    !last.cause.change.includes("address");
  must(!isTrusted || isEarned, 7, () => `${name} is ${state}, and serves for no reason`);
}

/** Whether a reload that has happened did this to a backend. */
function isInFile(
  backend: string,
  to: BackendState,
  change: string,
  configs: readonly Config[],
): boolean {
  return configs.some((config, index) => {
    const before = configs[index - 1]?.backends.get(backend);
    const after = config.backends.get(backend);
    if (before === undefined) return false;
    if (change === "removed") return to === "removed" && after === undefined;
    if (after === undefined) return false;
    if (change === `enabled: ${after.enabled}`) {
      const wanted = after.enabled ? ["unknown", "up"] : ["disabled"];
      return before.enabled !== after.enabled && wanted.includes(to);
    }
    const isMoved = change.includes("address") ===
      (before.address.text !== after.address.text);
    return change.endsWith("changed") && isMoved && (to === "unknown" || to === "up");
  });
}
