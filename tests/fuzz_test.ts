import { fuzzTargets } from "./fuzz/targets.ts";
import { inputOf, tryInput } from "./fuzz/target.ts";

for (const target of fuzzTargets) {
  Deno.test(`whatever comes, what must hold of ${target.name} does`, async () => {
    for (let seed = 1; seed <= target.tries; seed++) {
      await tryInput(target, inputOf(target, seed), seed).catch((error) => {
        const repeat = `./scripts/deno task fuzz --target ${target.name} --seed ${seed}`;
        throw new Error(`seed ${seed} fails; repeat it with ${repeat}`, { cause: error });
      });
    }
  });
}
