import assert from "node:assert/strict";
import { assertFlat, withApiDaemon } from "./clients/api_daemon.ts";
import { startGrpcJs } from "./clients/client_program.ts";
import { sleep } from "./clients/raw_connection.ts";

const isSlow = Deno.env.get("MAGLEV_TEST_SLOW") === "1";

/** With this the C library fills memory that was freed, so that whoever still uses it dies. */
const env = { GLIBC_TUNABLES: "glibc.malloc.perturb=165" };

/** How much is done: connections, and the seconds that they may take. */
interface Amount {
  readonly name: string;
  readonly connections: number;
  readonly seconds: number;
  readonly ignore: boolean;
}

const amounts: readonly Amount[] = [
  { name: "600 connections", connections: 600, seconds: 60, ignore: false },
  {
    name: "50,000 connections in 10 minutes (needs MAGLEV_TEST_SLOW=1)",
    ...{ connections: 50_000, seconds: 600, ignore: !isSlow },
  },
];

for (const { name, connections, seconds, ignore } of amounts) {
  Deno.test({
    name: `clients that come, go and break off leave nothing behind: ${name}`,
    ignore,
    fn: async () => {
      await withApiDaemon(async ({ targets: [target], metric, vitals, ended }) => {
        const stress = async (seed: number, count: number) => {
          const args = [target, seed, count, seconds, 12].map(String);
          const [outcome] = await startGrpcJs("stress_client.ts", ...args).ended();
          assert.deepEqual(outcome?.unexpected, {}, JSON.stringify(outcome));
          await sleep(500);
          return Number(outcome?.connections);
        };
        let over = false;
        void ended().then(() => over = true);
        await stress(1, connections / 2);
        const before = vitals();
        const done = await stress(2, connections / 2);
        assert.equal(over, false, "the daemon died");
        assert.equal(done, connections / 2);
        assert.equal(await metric("maglev_event_subscribers"), 0);
        assertFlat(before, vitals(), 32);
      }, { env });
    },
  });
}
