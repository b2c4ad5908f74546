import assert from "node:assert/strict";
import { authorityPath, certificateFiles } from "./certificates.ts";
import { assertFlat, withApiDaemon } from "./clients/api_daemon.ts";
import {
  type Observation,
  python,
  type RunningClient,
  startGrpcJs,
  startNode,
  startPython,
} from "./clients/client_program.ts";
import { node, nodeFolder } from "./clients/node_folder.ts";
import { sleep } from "./clients/raw_connection.ts";

const isSlow = Deno.env.get("MAGLEV_TEST_SLOW") === "1";

/** With this the C library fills memory that was freed, so that whoever still uses it dies. */
const env = { GLIBC_TUNABLES: "glibc.malloc.perturb=165" };

/** How much is done: connections, and the seconds over which they are spread. */
interface Amount {
  readonly connections: number;
  readonly seconds: number;
}

const program = "stress_client.ts";

/** The clients on one runtime, which do a share of it. */
interface Crowd {
  readonly name: string;
  readonly isMissing?: boolean;
  start(
    target: string,
    seed: number,
    amount: Amount,
    authorities: readonly string[],
  ): RunningClient;
}

const argsOf = (seed: number, { connections, seconds }: Amount) =>
  [seed, connections, seconds, 12].map(String);

const onDeno: Crowd = {
  name: "grpc-js on Deno",
  start: (target, seed, amount, authorities) =>
    startGrpcJs(program, target, ...argsOf(seed, amount), ...authorities),
};

const onNode = (path: string): Crowd => ({
  name: "grpc-js on Node",
  isMissing: node === undefined,
  start: (target, seed, amount, authorities) =>
    startNode(path, target, ...argsOf(seed, amount), ...authorities),
});

const onPython: Crowd = {
  name: "grpcio",
  isMissing: python === undefined,
  start: (target, seed, { connections, seconds }, authorities) =>
    startPython(
      ...[target, "stress", "--seed", `${seed}`, "--width", "4"],
      ...["--count", `${connections}`, "--seconds", `${seconds}`],
      ...authorities.flatMap((path) => ["--ca", path]),
    ),
};

const { certPath, keyPath } = certificateFiles("ok");

/** How it is run. */
interface Scale extends Amount {
  readonly name: string;
  /** The share of it after which nothing may grow any more. */
  readonly warmUp: number;
  readonly ignore: boolean;
  readonly isTls?: boolean;
}

const scales: readonly Scale[] = [
  { name: "1,200 connections", connections: 1_200, seconds: 3, warmUp: 0.6, ignore: false },
  {
    name: "1,200 connections with TLS",
    ...{ connections: 1_200, seconds: 3, warmUp: 0.6, ignore: false, isTls: true },
  },
  {
    name: "50,000 connections in 10 minutes (needs MAGLEV_TEST_SLOW=1)",
    ...{ connections: 50_000, seconds: 600, warmUp: 0.2, ignore: !isSlow },
  },
];

const absent = [
  ...(node === undefined ? ["Node"] : []),
  ...(python === undefined ? ["a Python with grpcio"] : []),
];
const without = absent.length === 0 ? "" : ` (without ${absent.join(" and ")}, which is not here)`;

for (const { name, connections, seconds, warmUp, ignore, isTls = false } of scales) {
  Deno.test({
    name: `clients that come, go and break off leave nothing behind: ${name}${without}`,
    ignore,
    fn: async () => {
      await using folder = await nodeFolder();
      const crowds = [onDeno, onNode(folder.program(program)), onPython]
        .filter(({ isMissing = false }) => !isMissing);
      const authorities = isTls ? [authorityPath] : [];
      const args = isTls ? ["--grpc-tls-cert", certPath, "--grpc-tls-key", keyPath] : [];

      await withApiDaemon(async ({ targets: [target], metric, vitals, signal, ended }) => {
        const begin = (share: number, firstSeed: number) =>
          crowds.map(({ start }, index) => {
            const each = Math.ceil(connections * share / crowds.length);
            const amount = { connections: each, seconds: seconds * share };
            return start(target, firstSeed + index, amount, authorities);
          });
        const patienceMs = 1_000 * seconds + 180_000;
        const outcomes = async (running: readonly RunningClient[]) =>
          (await Promise.all(running.map((each) => each.ended(patienceMs)))).map(([outcome]) =>
            outcome
          );
        const stress = async (share: number, seed: number) => {
          const seen = await outcomes(begin(share, seed));
          for (const outcome of seen) {
            assert.deepEqual(outcome?.unexpected, {}, JSON.stringify(outcome));
          }
          await sleep(500);
          report(name, seen, vitals());
          return seen.reduce((sum, outcome) => sum + Number(outcome?.connections), 0);
        };

        const first = await stress(warmUp, 10);
        const before = vitals();
        assert.ok(first + await stress(1 - warmUp, 20) >= connections);
        assert.equal(await metric("maglev_event_subscribers"), 0);
        assertFlat(before, vitals(), 32);

        // The server says goodbye while calls are made.
        const last = begin(10, 30);
        await sleep(1_500);
        const startMs = performance.now();
        signal("SIGTERM");
        assert.equal(await ended(), 0);
        const tookMs = Math.round(performance.now() - startMs);
        assert.ok(tookMs < 6_000, `it took ${tookMs} ms to end`);
        // What becomes of them is theirs: the HTTP/2 of Deno may die of a server's goodbye.
        await Promise.all(last.map((client) => client.kill()));
      }, { env, args });
    },
  });
}

function report(name: string, seen: readonly (Observation | undefined)[], vitals: unknown): void {
  const path = Deno.env.get("MAGLEV_TEST_REPORT");
  if (path === undefined) return;
  const line = `${JSON.stringify({ name, vitals, seen })}\n`;
  Deno.writeTextFileSync(path, line, { append: true });
}
