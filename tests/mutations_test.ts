import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { plant } from "../scripts/fault.ts";
import { plantedFaults } from "../scripts/planted_faults.ts";

const root = new URL("../", import.meta.url);
const isSlow = Deno.env.get("MAGLEV_TEST_SLOW") === "1";

/** What `scripts/check-mutations --json` says of each fault. */
interface Outcome {
  readonly file: string;
  readonly caughtBy: string | null;
}

async function checkMutations(...args: readonly string[]): Promise<readonly Outcome[]> {
  const script = fileURLToPath(new URL("scripts/check_mutations.ts", root));
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-all", script, "--json", ...args],
  });
  const { code, stdout, stderr } = await command.output();
  assert.notEqual(code, 2, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("every planted fault fits the source that it is for", async () => {
  for (const fault of plantedFaults) {
    const source = await Deno.readTextFile(new URL(fault.file, root));
    assert.notEqual(plant(source, fault), source);
    assert.match(fault.harm, /^[A-Z].*\.$/, fault.text);
  }
});

Deno.test("a fault whose text is not there exactly once is refused", () => {
  const fault = { file: "src/room/thing.ts", text: "a < b", replacement: "a <= b", harm: "None." };
  assert.equal(plant("if (a < b) return;", fault), "if (a <= b) return;");
  assert.throws(() => plant("if (a > b) return;", fault), /no longer fits.* there 0 times: a < b/);
  assert.throws(() => plant("a < b || a < b", fault), /no longer fits.* there 2 times: a < b/);
});

Deno.test("a fault is caught by the test beside it, and the checkout never has it", async () => {
  const file = "src/health/counter.ts";
  const before = await Deno.stat(new URL(file, root));
  const outcomes = await checkMutations("--only", file);
  assert.ok(outcomes.length > 0);
  for (const { caughtBy } of outcomes) {
    assert.match(`${caughtBy}`, /^src\/health\/counter_test\.ts: /);
  }
  assert.deepEqual((await Deno.stat(new URL(file, root))).mtime, before.mtime);
});

Deno.test({
  name: "every planted fault is caught (needs MAGLEV_TEST_SLOW=1)",
  ignore: !isSlow,
  async fn() {
    const outcomes = await checkMutations();
    assert.deepEqual(outcomes.filter(({ caughtBy }) => caughtBy === null), []);
  },
});
