/**
 * The end of a soak: what is left of the load when all is calm, and how the daemon ends.
 *
 * @module
 */

import { readExposition } from "../exposition.ts";
import { seeded } from "../seeded.ts";
import { runCommand } from "./commands.ts";
import { descriptorsOf } from "./figures.ts";
import { pause, waitUntil } from "./load.ts";
import type { SoakScene } from "./scene.ts";
import { startStreams } from "./streams.ts";

/** What is left when all is calm. */
export interface Calm {
  /** Whether the daemon had not ended by itself. */
  readonly isAlive: boolean;
  /** Backends that are not up, although all servers answer. */
  readonly notUp: number;
  /** What `show vpp lb plan` ends with: 0 if VPP is as it should be. */
  readonly plan: { readonly code: number; readonly complaints: string };
  readonly descriptors: number;
  readonly longestHungerMs: number;
}

/** How the daemon ended. */
export interface Farewell {
  /** Its exit code; NaN if it had to be killed. */
  readonly code: number;
  readonly tookMs: number;
}

const calmMs = 30_000;
const mostFarewellMs = 20_000;
const audienceMs = 500;
const nobodyCares = { report: () => {}, isStarved: () => false };

/** Lets the servers be, waits until nothing changes any more, and looks. */
export async function calmDown(scene: SoakScene, interruption: AbortSignal): Promise<Calm> {
  const { daemon } = scene;
  const { target } = daemon;
  await scene.calmServers();
  const isOver = () => interruption.aborted || !daemon.isRunning;
  const notUp = async () => isOver() ? NaN : notUpIn(await scene.scrape());
  const plan = async () =>
    isOver()
      ? { code: NaN, complaints: "" }
      : await runCommand({ ...scene, target }, ["show", "vpp", "lb", "plan"]);
  await waitUntil(async () => isOver() || await notUp() === 0, calmMs);
  await waitUntil(async () => isOver() || (await plan()).code === 0, calmMs);
  return {
    isAlive: daemon.isRunning,
    notUp: await notUp(),
    plan: await plan(),
    descriptors: isOver() ? NaN : await fewestDescriptors(daemon.pid),
    longestHungerMs: daemon.longestHungerMs(),
  };
}

/** Tells the daemon to end, before the eyes of those who read events. */
export async function sayGoodbye({ daemon }: SoakScene): Promise<Farewell> {
  const { signal, abort } = endable();
  const { target } = daemon;
  const audience = startStreams({ target, random: seeded(1), signal, ...nobodyCares });
  await pause({ signal }, audienceMs);
  const startMs = performance.now();
  daemon.signal("SIGTERM");
  const isOver = await waitUntil(() => !daemon.isRunning, mostFarewellMs);
  const tookMs = Math.round(performance.now() - startMs);
  abort();
  await audience.ended;
  return { code: isOver ? await daemon.ended : NaN, tookMs };
}

/** How many descriptors it holds; those of probes in flight are not always there. */
export async function fewestDescriptors(pid: number): Promise<number> {
  const counts: number[] = [];
  for (let count = 0; count < 30; count++) {
    counts.push(descriptorsOf(pid));
    await pause(endable(), 50);
  }
  return Math.min(...counts);
}

function notUpIn(text: string): number {
  const { samples = [] } = readExposition(text, "text").get("maglev_backend_state") ?? {};
  return samples.filter(({ labels, value }) => value === 1 && labels.state !== "up").length;
}

function endable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
