/**
 * Other programs that check servers, for comparison: how much of the processor a check costs them.
 *
 * @module
 */

import type { Checked, CheckLoad } from "./checked.ts";
import { busyMs } from "./processor.ts";

/** A program that checks servers, or why it cannot be measured here. */
export type OtherProber =
  | {
    readonly name: string;
    /** Measures it: microseconds of CPU for each check, over all its threads. */
    readonly measure: (load: CheckLoad, server: Checked) => Promise<number>;
  }
  | { readonly name: string; readonly measure: null; readonly notHere: string };

/** How long a program gets to start and become warm. */
const WARM_UP_MS = 2_000;

/** HAProxy, on one thread. */
export function openHaproxy(): OtherProber {
  const name = "HAProxy";
  const program = findProgram("haproxy");
  if (program === undefined) return { name, measure: null, notHere: "no haproxy on the PATH" };
  const measure = async (load: CheckLoad, server: Checked) => {
    const folder = await Deno.makeTempDir({ prefix: "maglev-bench-" });
    const file = `${folder}/haproxy.cfg`;
    await Deno.writeTextFile(file, haproxyConfiguration(load, `unix@${folder}/front.sock`));
    try {
      return await costOf([program, "-db", "-f", file], async () => {
        const [before, beforeMs] = [await server.connections(), performance.now()];
        await sleep(1_000 * load.seconds);
        // A server never sees its TCP checks: it resets them instead of acknowledging the handshake.
        return load.kind === "tcp"
          ? load.perSecond * (performance.now() - beforeMs) / 1e3
          : await server.connections() - before;
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  };
  return { name, measure };
}

function haproxyConfiguration(
  { kind, port, backends, perSecond }: CheckLoad,
  front: string,
): string {
  const options = kind === "https" ? "check-ssl verify none" : "";
  const interval = Math.round(1_000 * backends / perSecond);
  return [
    "global",
    "  nbthread 1",
    "defaults",
    "  mode http",
    "  timeout connect 1s",
    "  timeout client 1s",
    "  timeout server 1s",
    "  timeout check 1s",
    "backend checked",
    kind === "tcp" ? "" : "  option httpchk GET /",
    ...Array.from(
      { length: backends },
      (_, index) => `  server s${index} 127.0.0.1:${port} check inter ${interval}ms ${options}`,
    ),
    "frontend front",
    `  bind ${front}`,
    "  default_backend checked",
    "",
  ].join("\n");
}

/** The blackbox_exporter of Prometheus, which checks when it is asked to. */
export function openBlackbox(): OtherProber {
  const name = "blackbox_exporter";
  const program = findProgram("prometheus-blackbox-exporter") ?? findProgram(name);
  if (program === undefined) return { name, measure: null, notHere: `no ${name} on the PATH` };
  return { name, measure: (load) => measureBlackbox(program, load) };
}

async function measureBlackbox(
  program: string,
  { kind, port, perSecond, seconds }: CheckLoad,
): Promise<number> {
  const modules = {
    tcp: { prober: "tcp" },
    http: { prober: "http" },
    https: { prober: "http", http: { tls_config: { insecure_skip_verify: true } } },
  };
  const config = { modules: { check: { ...modules[kind], timeout: "1s" } } };
  const file = await Deno.makeTempFile({ prefix: "maglev-bench-", suffix: ".yml" });
  await Deno.writeTextFile(file, JSON.stringify(config));
  const own = freePort();
  const target = kind === "tcp" ? `127.0.0.1:${port}` : `${kind}://127.0.0.1:${port}/`;
  const url = `http://127.0.0.1:${own}/probe?module=check&target=${encodeURIComponent(target)}`;
  const ask = async (count: number) => {
    let [asked, passed] = [0, 0];
    const askInTurn = async () => {
      while (asked++ < count) {
        const answer = await fetch(url);
        if (/^probe_success 1$/m.test(await answer.text())) passed++;
      }
    };
    await Promise.all(Array.from({ length: 8 }, askInTurn));
    if (passed < count) throw new Error(`${count - passed} checks of blackbox_exporter failed`);
    return count;
  };
  const command = [program, `--config.file=${file}`, `--web.listen-address=127.0.0.1:${own}`];
  try {
    return await costOf(command, () => ask(perSecond / 10 * seconds));
  } finally {
    await Deno.remove(file);
  }
}

/** Runs a program, and work for it that says how many checks it was. */
async function costOf(
  [program = "", ...args]: readonly string[],
  work: () => Promise<number>,
): Promise<number> {
  const child = new Deno.Command(program, { args, stdout: "null", stderr: "null" }).spawn();
  try {
    await sleep(WARM_UP_MS);
    const beforeMs = busyMs(child.pid);
    const checks = await work();
    return 1e3 * (busyMs(child.pid) - beforeMs) / checks;
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
}

/** A program on the PATH, or where administrators have theirs. */
function findProgram(name: string): string | undefined {
  const folders = [...Deno.env.get("PATH")?.split(":") ?? [], "/usr/sbin"];
  return folders.map((folder) => `${folder}/${name}`).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
