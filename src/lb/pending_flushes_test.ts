import assert from "node:assert/strict";
import type { MemberWeight, PoolWeights } from "../health/mod.ts";
import { membersOf, newlyFlushed } from "./pending_flushes.ts";

/** Pools, from `web1 down flush, web2 up; sorry up, web1 up again`. */
function pools(text: string): readonly PoolWeights[] {
  return text.split(";").map((pool, index) => ({
    name: `pool${index}`,
    isActive: index === 0,
    members: pool.split(",").map((member) => memberOf(member.trim().split(" "))),
  }));
}

function memberOf([backend = "", state, ...words]: readonly string[]): MemberWeight {
  assert.ok(state === "up" || state === "down" || state === "paused" || state === "disabled");
  const effective = state === "up" ? 100 : 0;
  const flush = words.includes("flush");
  return {
    backend,
    state,
    serves: state === "up",
    weight: 100,
    effective,
    flush,
    counts: !words.includes("again"),
  };
}

const cases: readonly {
  readonly rule: string;
  readonly before: string;
  readonly now: string;
  readonly flushed: readonly string[];
}[] = [
  {
    rule: "one that comes into a state that flushes is flushed",
    before: "web1 up, web2 up",
    now: "web1 down flush, web2 up",
    flushed: ["web1"],
  },
  {
    rule: "one that was paused is flushed when it is disabled",
    before: "web1 paused, web2 up",
    now: "web1 disabled flush, web2 up",
    flushed: ["web1"],
  },
  {
    rule: "one that stays in such a state is flushed no more, nor one that goes to another",
    before: "web1 down flush, web2 disabled flush",
    now: "web1 disabled flush, web2 disabled flush",
    flushed: [],
  },
  {
    rule: "one that leaves such a state is not flushed",
    before: "web1 down flush, web2 disabled flush",
    now: "web1 up, web2 paused",
    flushed: [],
  },
  {
    rule: "one that drains is not flushed",
    before: "web1 up, web2 up",
    now: "web1 down, web2 paused",
    flushed: [],
  },
  {
    rule: "one that is new has no flows yet",
    before: "web1 up",
    now: "web1 up, web2 disabled flush",
    flushed: [],
  },
  {
    rule: "one that is gone is for the plan to delete",
    before: "web1 up, web2 up",
    now: "web1 up",
    flushed: [],
  },
  {
    rule: "several are flushed in the order of the pools",
    before: "web1 up, web2 up; sorry up",
    now: "web1 down flush, web2 up; sorry disabled flush",
    flushed: ["web1", "sorry"],
  },
  {
    rule: "one that stands by is flushed as well, where it counts, and once",
    before: "web1 up; web2 up, web1 up again",
    now: "web1 down flush; web2 down flush, web1 down flush again",
    flushed: ["web1", "web2"],
  },
  {
    rule: "what becomes of the second place of a backend matters to nobody",
    before: "web1 up; web2 up, web1 up again",
    now: "web1 up; web2 up, web1 down flush again",
    flushed: [],
  },
];

for (const { rule, before, now, flushed } of cases) {
  Deno.test(rule, () => {
    assert.deepEqual(newlyFlushed(membersOf(pools(before)), membersOf(pools(now))), flushed);
  });
}

Deno.test("a frontend that was not seen before flushes nothing", () => {
  assert.deepEqual(newlyFlushed(new Map(), membersOf(pools("web1 disabled flush"))), []);
});
