/**
 * What happens in the demo, step by step. What a step announces is done, and then waited for.
 *
 * @module
 */
import type { BackendMoment } from "./backend_moment.ts";
import type { ServerName } from "./site_configuration.ts";
import type { Site } from "./site.ts";

/** The backends at one moment, by name. */
export type Moment = Readonly<Record<ServerName, BackendMoment>>;

/** A step of the story. */
export interface Step {
  /** What is announced. */
  readonly text: readonly string[];
  readonly act?: (site: Site) => Promise<void> | void;
  /** A command of `maglev` that is run for it. */
  readonly command?: string;
  /** Whether what was announced has happened since a moment `before` it was begun. */
  readonly hasHappened: (now: Moment, before: Moment) => boolean;
}

const isServing = ({ state, weight, share }: BackendMoment) =>
  state === "up" && weight > 0 && share > 0;

const isBusy = (backend: BackendMoment) => isServing(backend) && backend.packetsPerSecond > 0;

const isOutOfTable = ({ weight, share }: BackendMoment) => weight === 0 && share === 0;

const isIdle = (backend: BackendMoment) => isOutOfTable(backend) && backend.packetsPerSecond === 0;

const isDead = (backend: BackendMoment) => backend.state === "down" && isIdle(backend);

/** Flows are spread by chance: their numbers are near the shares, not equal to them. */
const chance = 0.05;

/** Whether the packets go where the table of new flows leads. */
function isSpreadByShare(moment: Moment): boolean {
  const backends = Object.values(moment);
  const packets = backends.reduce((sum, { packetsPerSecond }) => sum + packetsPerSecond, 0);
  return packets > 0 &&
    backends.every(({ packetsPerSecond, share }) =>
      Math.abs(packetsPerSecond / packets - share) < chance
    );
}

/** The story. */
export const story: readonly Step[] = [
  {
    text: [
      "Four web servers listen. The daemon probes them and tells VPP who serves:",
      "the primary pool, by its weights. The standby waits with weight 0.",
    ],
    hasHappened: ({ app1, app2, app3, spare }) =>
      [app1, app2, app3].every(isServing) && spare.state === "up" && isOutOfTable(spare),
  },
  {
    text: ["Clients come, 200 new flows a second. VPP spreads them by weight."],
    act: (site) => site.letClientsCome(),
    hasHappened: (now) => [now.app1, now.app2, now.app3].every(isBusy) && isSpreadByShare(now),
  },
  {
    text: [
      "app2 is killed. Three probes fail, its weight becomes 0, and its share",
      "and its flows move to the others.",
    ],
    act: ({ servers }) => servers.kill("app2"),
    hasHappened: (now) => isDead(now.app2) && [now.app1, now.app3].every(isBusy),
  },
  {
    text: [
      "app1 and app3 die as well, and with them the primary pool. The standby takes",
      "over.",
    ],
    act: ({ servers }) => servers.kill("app1", "app3"),
    hasHappened: ({ app1, app2, app3, spare }) =>
      [app1, app2, app3].every(isDead) && isBusy(spare) && spare.share === 1,
  },
  {
    text: [
      "All three are started again, and new flows are theirs. The standby serves the",
      "flows that it has until they end.",
    ],
    act: ({ servers }) => servers.start("app1", "app2", "app3"),
    hasHappened: ({ app1, app2, app3, spare }) =>
      [app1, app2, app3].every(isBusy) && spare.state === "up" && isIdle(spare),
  },
  {
    text: ["An operator pauses app1. It gets no new flows, and its live ones run out."],
    command: "set backend app1 pause",
    hasHappened: ({ app1, app2, app3 }, before) =>
      app1.state === "paused" && isOutOfTable(app1) && [app2, app3].every(isBusy) &&
      app1.packetsPerSecond < before.app1.packetsPerSecond / 4,
  },
];
