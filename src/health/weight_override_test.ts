import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import type { FrontendPools } from "./pools.ts";
import { epoch, frontendOf, frozen, randomFrontend } from "./testing.ts";
import {
  applyWeights,
  overrideWeight,
  survivingWeights,
  weightInFile,
  type WeightOverride,
  type WeightPlace,
} from "./weight_override.ts";

const www = frozen(frontendOf([["web1", "web2"], ["sorry"]]));
const web1: WeightPlace = { frontend: "www", pool: "pool0", backend: "web1" };

function set(weight: number, place: WeightPlace = web1, inFile = 100): WeightOverride {
  return frozen({ ...place, weight, inFile, by: "10.0.0.5", at: epoch });
}

Deno.test("an override replaces the weight of its place, and no other", () => {
  const [first, second] = applyWeights(www, [set(30)]);
  assert.deepEqual(first?.backends, [{ name: "web1", weight: 30 }, { name: "web2", weight: 100 }]);
  assert.deepEqual(second?.backends, [{ name: "sorry", weight: 100 }]);
});

Deno.test("an override of weight 0 is one", () => {
  assert.equal(applyWeights(www, [set(0)])[0]?.backends[0]?.weight, 0);
});

Deno.test("the pools of a frontend without overrides stay the same object", () => {
  assert.equal(applyWeights(www, [set(30, { ...web1, frontend: "mail" })]), www.pools);
});

Deno.test("the last weight that was set holds, one a place", () => {
  const other = set(10, { ...web1, backend: "web2" });
  const overrides = [set(30), other, set(70)].reduce(overrideWeight, frozen<WeightOverride[]>([]));
  assert.deepEqual(overrides, [other, set(70)]);
});

Deno.test("an override survives a reload that keeps its object and the file's weight", () => {
  const cases: [story: string, after: FrontendPools[], survives: boolean][] = [
    ["nothing changed", [www], true],
    ["other frontends came", [frontendOf([["web1"]], { name: "mail" }), www], true],
    ["another weight changed", [frontendOf([["web1", "web2"]], { weights: { web2: 1 } })], true],
    ["the members moved", [frontendOf([["web2", "web1"]])], true],
    ["its weight changed", [frontendOf([["web1"]], { weights: { web1: 99 } })], false],
    ["the backend left the pool", [frontendOf([["web2"], ["web1"]])], false],
    ["the pool is gone", [{ ...www, pools: [] }], false],
    ["the frontend is gone", [], false],
  ];
  for (const [story, after, survives] of cases) {
    assert.deepEqual(survivingWeights([set(30)], after), survives ? [set(30)] : [], story);
  }
});

Deno.test("a new weight in the file ends the override even if it equals it", () => {
  const after = [frontendOf([["web1"]], { weights: { web1: 30 } })];
  assert.deepEqual(survivingWeights([set(30)], after), []);
});

Deno.test("a place that the file does not have has no weight in it", () => {
  assert.equal(weightInFile([www], web1), 100);
  for (const key of ["frontend", "pool", "backend"]) {
    assert.equal(weightInFile([www], { ...web1, [key]: "nowhere" }), undefined);
  }
});

Deno.test("overrides change weights and nothing else, in whatever order they were set", () => {
  forSeeds(200, (random) => {
    const { frontend } = randomFrontend(random);
    const overrides = frontend.pools.flatMap(({ name: pool, backends }) =>
      backends.filter(() => random.chance(0.3)).map(({ name: backend, weight }) =>
        set(random.int(0, 100), { frontend: frontend.name, pool, backend }, weight)
      )
    );
    const applied = applyWeights(frontend, overrides);
    assert.deepEqual(applyWeights(frontend, random.shuffle(overrides)), applied);
    const names = (pools: typeof applied) =>
      pools.map(({ name, backends }) => [name, backends.map((member) => member.name)]);
    assert.deepEqual(names(applied), names(frontend.pools));
    for (const override of overrides) {
      assert.equal(weightInFile([{ ...frontend, pools: applied }], override), override.weight);
    }
  });
});
