/**
 * Measures what a command costs that asks the daemon, beside a program that does nothing; and how many
 * calls the daemon answers.
 *
 * @module
 */

import { systemClock } from "../src/clock.ts";
import { rpcClient } from "../src/rpc/client.ts";
import { methods, serviceName } from "../src/rpc/maglev_pb.ts";
import { dial, parseServerAddress } from "../src/transport/mod.ts";
import { authorityPath, certificateFiles } from "../tests/certificates.ts";
import { type ApiDaemon, withApiDaemon } from "../tests/clients/api_daemon.ts";
import { program } from "../tests/program.ts";
import type { Row } from "./bench_row.ts";

const rounds = 21;
const calls = 5_000;
const concurrent = 50;

/** The rows about clients. */
export async function benchClient(): Promise<Row[]> {
  const folder = await Deno.makeTempDir();
  const socket = `unix:${folder}/api.sock`;
  const { certPath, keyPath } = certificateFiles("ok");
  const args = ["--grpc-tls-cert", certPath, "--grpc-tls-key", keyPath];
  const rows: Row[] = [];
  try {
    await bundle(folder);
    await withApiDaemon(async ({ targets: [tcp] }) => {
      await withApiDaemon(async ({ targets: [tls] }) => {
        rows.push(
          ...await benchCommands(folder, {
            "maglev --version": ["--version"],
            "show backends over TCP": ["show", "backends", "--server", tcp],
            "show version over TCP": ["show", "version", "--server", tcp],
            "show version over a Unix socket": ["show", "version", "--server", socket],
            // The runtime's cryptography alone takes longer to begin than an empty program.
            "show version over TLS": [
              ...["show", "version", "--server", tls, "--tls-ca", authorityPath],
            ],
          }),
        );
      }, { args });
    }, { addresses: `127.0.0.1:0,${socket}`, addressCount: 2 });
    await withApiDaemon(async (daemon) => void rows.push(...await benchCalls(daemon)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return rows;
}

const goals: Readonly<Record<string, number>> = { "maglev --version": 1.3 };

/** Times commands in turns with an empty program, so that a machine that slows down slows all. */
async function benchCommands(
  folder: string,
  commands: Readonly<Record<string, readonly string[]>>,
): Promise<Row[]> {
  const names = Object.keys(commands);
  const times = new Map(["empty", ...names].map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    times.get("empty")?.push(await timeOf([`${folder}/empty.js`]));
    for (const name of names) {
      times.get(name)?.push(await timeOf([`${folder}/main.js`, ...commands[name] ?? []]));
    }
  }
  const empty = median(times.get("empty") ?? []);
  return names.map((name) => ({
    what: `${name}, bundled, against an empty program`,
    value: median(times.get(name) ?? []) / empty,
    unit: "×",
    atMost: goals[name] ?? 2.5,
  }));
}

/** Puts the program into files as few as can be, as an executable has it. */
async function bundle(folder: string): Promise<void> {
  const main = program.at(-1) ?? "";
  const args = ["bundle", "--quiet", "--minify", "--code-splitting", "--outdir", folder, main];
  const { success } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error("the program cannot be bundled");
  await Deno.writeTextFile(`${folder}/empty.js`, "");
}

async function timeOf(args: readonly string[]): Promise<number> {
  const [command = "", ...runtime] = program.slice(0, -1);
  const start = performance.now();
  const { success } = await new Deno.Command(command, { args: [...runtime, ...args] }).output();
  if (!success) throw new Error(`${args.join(" ")} failed`);
  return performance.now() - start;
}

async function benchCalls({ targets: [target] }: ApiDaemon): Promise<Row[]> {
  const parsed = parseServerAddress(target);
  if ("problem" in parsed) throw new Error(parsed.problem);
  const { signal } = new AbortController();
  const transport = await dial(parsed.value, { signal, clock: systemClock });
  const client = rpcClient({
    ...{ transport, service: serviceName, authority: target, clock: systemClock },
  });
  const call = () => client.call(methods.ListBackends, {});
  const alone: number[] = [];
  for (let count = 0; count < 1_000; count++) {
    const start = performance.now();
    await call();
    alone.push(performance.now() - start);
  }
  const start = performance.now();
  await Promise.all(Array.from({ length: concurrent }, async () => {
    for (let count = 0; count < calls / concurrent; count++) await call();
  }));
  const perSecond = calls / (performance.now() - start) * 1_000;
  client.close();
  return [
    { what: "a call, one after another, median", value: median(alone), unit: "ms" },
    { what: `calls, ${concurrent} at a time`, value: perSecond, unit: "/s" },
  ];
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}
