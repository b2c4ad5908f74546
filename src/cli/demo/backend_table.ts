/**
 * The demo's table.
 *
 * @module
 */
import type { Style } from "../output/style.ts";
import { formatTable } from "../output/table.ts";
import { stateWord } from "../output/words.ts";
import type { BackendMoment } from "./backend_moment.ts";

const sides = ["left", "left", "left", "right", "right", "right", "right"] as const;

/** A line for each backend, below the names of the columns. */
export function backendTable(backends: readonly BackendMoment[], style: Style): string[] {
  const titles = ["backend", "pool", "state", "weight", "share", "flows", "packets/s"];
  const rows = backends.map((backend) => [
    backend.name,
    backend.pool,
    stateWord(backend.state, style),
    String(backend.weight),
    `${(100 * backend.share).toFixed(1)} %`,
    String(backend.flows),
    String(backend.packetsPerSecond),
  ]);
  // The longest state has its room from the beginning: columns that move are hard to follow.
  const lines = formatTable([titles, ["", "", "disabled"], ...rows], sides);
  return lines.filter((_, index) => index !== 1).map((line) => `   ${line}`);
}
