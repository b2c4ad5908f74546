/**
 * Invariant 4: a void probe changes no health.
 *
 * @module
 */

import type { BackendHealth } from "../../../src/health/mod.ts";
import { must } from "../violation.ts";

/** After a void probe the health is the same value that it was before. */
export function checkVoid(before: BackendHealth, after: BackendHealth): void {
  must(before === after, 4, () => {
    return `${after.name} was ${before.state} at ${before.counter}, ` +
      `and is ${after.state} at ${after.counter} after a void probe`;
  });
}
