/**
 * Who is called as soon as something changed, before anything else happens.
 *
 * @module
 */

import type { ConfigDiff } from "../config/mod.ts";
import type { Logger } from "../log.ts";

/** That something changed. What it is like now is to be read from the checker. */
export interface Change {
  /** The frontends whose weights, state or configuration may be others now, or that are gone. */
  readonly frontends: readonly string[];
  /** The reload that made the change; null where there was none. */
  readonly reload: ConfigDiff | null;
}

/** Called with each change. */
export type ChangeListener = (change: Change) => void;

/** The listeners. */
export interface ChangeListeners {
  /** Calls the listener with each change until the function returned is called. */
  add(listener: ChangeListener): () => void;
  /** Calls all of them. One that throws is reported to the log, and hinders nobody. */
  notify(change: Change): void;
  clear(): void;
}

/** Makes an empty set of listeners. */
export function changeListeners(log: Logger): ChangeListeners {
  const listeners = new Set<{ readonly listener: ChangeListener }>();
  return {
    add(listener) {
      const entry = { listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    notify(change) {
      for (const { listener } of listeners) {
        try {
          listener(change);
        } catch (cause) {
          log.error("change-listener-failed", { error: new Error("a listener threw", { cause }) });
        }
      }
    },
    clear: () => listeners.clear(),
  };
}
