/**
 * A worker that enters the namespace that it is told, leaves it again, and tells where it was.
 *
 * @module
 */

import { parentPort, workerData } from "node:worker_threads";
import { enterNetworkNamespace } from "../mod.ts";

const here = () => Deno.readLinkSync("/proc/thread-self/ns/net");

const before = here();
const visit = enterNetworkNamespace(workerData);
const within = here();
await new Promise((resolve) => setImmediate(resolve));
const later = here();
visit.leave();
visit.leave();
parentPort?.postMessage([before, within, later, here()]);
