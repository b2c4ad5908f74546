/**
 * What the test's own process holds on to.
 *
 * @module
 */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What is left when the garbage is collected. */
export interface Holdings {
  readonly heapMB: number;
  readonly descriptors: number;
}

/** Collects the garbage, and looks. */
export async function measureHoldings(): Promise<Holdings> {
  // What is only kept by a finished turn of the loop goes with the next collection.
  for (let turn = 0; turn < 3; turn++) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { heapMB: Deno.memoryUsage().heapUsed / 1e6, descriptors: openDescriptors() };
}

/** How many files and sockets this process has open. */
export function openDescriptors(): number {
  // One of them is the folder's own.
  return [...Deno.readDirSync("/proc/self/fd")].length - 1;
}

/** The function is there without a flag on the command line, in a context that begins with the flag. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}
