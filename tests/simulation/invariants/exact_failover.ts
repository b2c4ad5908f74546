/**
 * Invariant 9: a failover writes what differs and nothing else.
 *
 * @module
 */

import type { Profile } from "../../../src/vpp/lb/mod.ts";
import type { ModelVip } from "../model.ts";
import { describeWrite, type Write } from "../vpp_write.ts";
import { must } from "../violation.ts";

/** What should be before and after a failover in quiet, and what was written. */
export interface Failover {
  readonly before: ReadonlyMap<string, ModelVip>;
  /** What should have been in between, after each change. */
  readonly between: readonly ReadonlyMap<string, ModelVip>[];
  readonly after: ReadonlyMap<string, ModelVip>;
  readonly writes: readonly Write[];
  readonly profile: Profile;
}

/**
 * The writes are exactly the ASes whose weight differs, with the weight that they come to, and those
 * that have come into a state that forgets flows: also one that was in such a state before, and left it
 * for a while, as one that is enabled and is down. In `classic`, one that is not installed has flows
 * only if VPP remembers it, so that a flush may be left out.
 */
export function checkFailover({ before, between, after, writes, profile }: Failover): void {
  const written = writes.map((write) =>
    "address" in write ? `${write.vip} ${write.address} ${write.weight}` : describeWrite(write)
  );
  const seen = (weight: number) => profile === "classic" && weight > 0 ? 100 : weight;
  const needed: string[] = [];
  const allowed: string[] = [];
  for (const [key, { ases }] of after) {
    for (const [address, { weight, flush }] of ases) {
      const earlier = before.get(key)?.ases.get(address);
      const line = `${key} ${address} ${seen(weight)}`;
      const isFlushed = flush && weight === 0 &&
        [before, ...between].some((vips) => vips.get(key)?.ases.get(address)?.flush === false);
      if (seen(weight) !== seen(earlier?.weight ?? 0)) needed.push(line);
      else if (isFlushed) (profile === "weighted" ? needed : allowed).push(line);
    }
  }
  const missing = needed.filter((line) => !written.includes(line));
  const extra = written.filter((line) => ![...needed, ...allowed].includes(line));
  const twice = written.filter((line, index) => written.indexOf(line) !== index);
  must(missing.length + extra.length + twice.length === 0, 9, () => {
    return `not written: ${list(missing)}; not needed: ${list(extra)}; twice: ${list(twice)}`;
  });
  for (const write of writes) {
    if (!("address" in write) || write.weight > 0) continue;
    const wanted = after.get(write.vip)?.ases.get(write.address)?.flush ?? false;
    must(write.flush === wanted, 9, () => `${describeWrite(write)}, and flush should be ${wanted}`);
  }
}

function list(lines: readonly string[]): string {
  return lines.join(", ") || "nothing";
}
