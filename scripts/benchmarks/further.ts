/**
 * What is good to know besides the goals: how fast the daemon answers, how fast VPP can be talked to,
 * how long a large file takes to check, and the benchmarks that stand beside the code.
 *
 * @module
 */

import { systemClock } from "../../src/clock.ts";
import { rpcClient } from "../../src/rpc/client.ts";
import { methods, serviceName } from "../../src/rpc/maglev_pb.ts";
import { dial, parseServerAddress } from "../../src/transport/mod.ts";
import { connectApi } from "../../src/vpp/api/mod.ts";
import { controlPing } from "../../src/vpp/wire/mod.ts";
import { type ApiDaemon, withApiDaemon } from "../../tests/clients/api_daemon.ts";
import { largeConfig } from "../../tests/large_config.ts";
import { sourceProgram } from "../../tests/program.ts";
import type { VppKind } from "../../tests/vpp_under_test.ts";
import { figure } from "./figure.ts";
import type { Extent, Figure, Row } from "./row.ts";
import { ofEachVpp } from "./scene.ts";

/** The rows without a goal in the table. */
export const furtherRows: readonly Row[] = [
  {
    name: "calls of the API",
    goal: "",
    how: "ListBackends on one connection, one after another and 50 at a time",
    measure: async (extent) => {
      let figures: readonly Figure[] = [];
      await withApiDaemon(async (daemon) => {
        figures = await measureCalls(daemon, extent);
      });
      return figures;
    },
  },
  {
    name: "requests to VPP",
    goal: "",
    how: "control_ping, one after another and 64 at a time; VPP's own Python client where Python " +
      "finds it",
    measure: (extent) => ofEachVpp((kind) => measurePings(kind, extent)),
  },
  {
    name: "daemon --check, 10,000 backends and 2,000 frontends",
    goal: "≤ 1.5 s",
    how: "the whole process, from source",
    measure: measureCheck,
  },
  {
    name: "benchmarks beside the code",
    goal: "",
    how: "deno bench src: the time that three quarters of the runs stay below",
    measure: measureInside,
  },
];

async function measureCalls(
  { targets: [target] }: ApiDaemon,
  extent: Extent,
): Promise<readonly Figure[]> {
  const parsed = parseServerAddress(target);
  if ("problem" in parsed) throw new Error(parsed.problem);
  const clock = systemClock;
  const transport = await dial(parsed.value, { signal: new AbortController().signal, clock });
  const client = rpcClient({ transport, service: serviceName, authority: target, clock });
  const call = () => client.call(methods.ListBackends, {});
  const calls = extent === "full" ? 5_000 : 50;
  const alone: number[] = [];
  for (let count = 0; count < calls / 5; count++) alone.push(await timeOf(call));
  const together = await timeOf(() =>
    Promise.all(Array.from({ length: 50 }, async () => {
      for (let count = 0; count < calls / 50; count++) await call();
    }))
  );
  client.close();
  return [
    figure({ what: "one after another", unit: "ms" }, alone),
    figure({ what: "50 at a time", unit: "/s" }, 1_000 * calls / together),
  ];
}

async function measurePings(kind: VppKind, extent: Extent): Promise<readonly Figure[]> {
  const vpp = await kind.run();
  const api = await connectApi({ path: vpp.apiPath });
  const pings = extent === "full" ? 20_000 : 200;
  const ping = () => api.call(controlPing, {});
  const serial = await timeOf(async () => {
    for (let count = 0; count < pings / 10; count++) await ping();
  });
  const together = await timeOf(() => Promise.all(Array.from({ length: pings }, ping)));
  const python = kind.isReal ? await pythonPings(vpp.apiPath) : null;
  await api.close();
  await vpp.end();
  const perSecond = 1_000 * pings / together;
  return [
    ...python === null
      ? []
      : [figure({ what: "64 at a time ÷ VPP's Python client", unit: "×" }, perSecond / python)],
    figure({ what: "one after another", unit: "/s" }, 100 * pings / serial),
    figure({ what: "64 at a time", unit: "/s" }, perSecond),
  ];
}

const pythonScript = `
import sys, time
from vpp_papi import VPPApiClient
vpp = VPPApiClient(server_address=sys.argv[1], use_socket=True)
vpp.connect("bench")
start = time.time()
for _ in range(2000):
    vpp.api.control_ping()
print(2000 / (time.time() - start))
vpp.disconnect()
`;

/** Pings a second by VPP's Python client, if Python finds it (see PYTHONPATH, VPP_API_DIR). */
async function pythonPings(path: string): Promise<number | null> {
  const python = new Deno.Command("python3", { args: ["-c", pythonScript, path], stderr: "null" });
  const output = await python.output().catch(() => null);
  return output?.success ? Number(new TextDecoder().decode(output.stdout)) : null;
}

async function measureCheck(extent: Extent): Promise<readonly Figure[]> {
  const file = await Deno.makeTempFile({ prefix: "maglev-bench-", suffix: ".yaml" });
  const size = { backends: 10_000, frontends: 2_000, backendsPerFrontend: 10 };
  await Deno.writeTextFile(file, largeConfig(size));
  const [command = "", ...args] = [...sourceProgram, "daemon", "--check", "--config", file];
  const times: number[] = [];
  for (let run = 0; run < (extent === "full" ? 7 : 1); run++) {
    times.push(
      await timeOf(async () => {
        const { success } = await new Deno.Command(command, { args }).output();
        if (!success) throw new Error("the file is wrong");
      }),
    );
  }
  await Deno.remove(file);
  return [figure({ what: "the process", unit: "ms", atMost: 1_500 }, times)];
}

async function measureInside(extent: Extent): Promise<readonly Figure[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["bench", "-A", "--no-check", "--json", extent === "full" ? "src" : "src/lb"],
    cwd: new URL("../..", import.meta.url).pathname,
    stderr: "null",
  }).output();
  const { benches } = JSON.parse(new TextDecoder().decode(stdout)) as {
    benches: { name: string; results: { ok?: { p75: number } }[] }[];
  };
  return benches.map(({ name, results }) => {
    const nanoseconds = results[0]?.ok?.p75;
    if (nanoseconds === undefined) throw new Error(`the benchmark "${name}" failed`);
    return figure({ what: name, unit: "µs" }, nanoseconds / 1e3);
  });
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
