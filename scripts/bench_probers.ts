/**
 * Other programs that check servers, for comparison: how much of the processor a check costs them.
 *
 * @module
 */

/** A kind of check that all programs can make. */
export type CheckKind = "tcp" | "http" | "https";

/** What is checked: a server at a loopback address, under many names. */
export interface CheckLoad {
  readonly kind: CheckKind;
  readonly port: number;
  readonly servers: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** How long a program gets to start and become warm. */
const WARM_UP_MS = 2_000;

/** How much of the processor a process has used, in seconds; the kernel counts in hundredths. */
function cpuSeconds(pid: number): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The first of these that is on the machine. */
function programAt(...paths: readonly string[]): string | undefined {
  return paths.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

/** Runs a program, and work for it, and returns the microseconds of CPU for each check. */
async function measure(
  command: readonly string[],
  work: () => Promise<number>,
): Promise<number> {
  const [program = "", ...args] = command;
  const child = new Deno.Command(program, { args, stdout: "null", stderr: "null" }).spawn();
  try {
    await sleep(WARM_UP_MS);
    const before = cpuSeconds(child.pid);
    const checks = await work();
    return 1e6 * (cpuSeconds(child.pid) - before) / checks;
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
}

/** What a check costs HAProxy, in microseconds on one thread; undefined where it is not installed. */
export async function measureHaproxy(load: CheckLoad): Promise<number | undefined> {
  const program = programAt("/usr/sbin/haproxy");
  if (program === undefined) return undefined;
  const { kind, port, servers, perSecond, seconds } = load;
  const options = kind === "https" ? "check-ssl verify none" : "";
  const interval = Math.round(1_000 * servers / perSecond);
  const lines = [
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
      { length: servers },
      (_, index) => `  server s${index} 127.0.0.1:${port} check inter ${interval}ms ${options}`,
    ),
    "frontend front",
    `  bind 127.0.0.1:${freePort()}`,
    "  default_backend checked",
  ];
  const file = await Deno.makeTempFile({ suffix: ".cfg" });
  await Deno.writeTextFile(file, `${lines.join("\n")}\n`);
  const cost = await measure([program, "-db", "-f", file], async () => {
    await sleep(1_000 * seconds);
    return perSecond * seconds;
  });
  await Deno.remove(file);
  return cost;
}

/**
 * What a check costs blackbox_exporter, in microseconds over all its threads, asked for by as many
 * requests; undefined where it is not installed.
 */
export async function measureBlackbox(load: CheckLoad): Promise<number | undefined> {
  const program = programAt("/usr/bin/prometheus-blackbox-exporter");
  if (program === undefined) return undefined;
  const { kind, port, perSecond, seconds } = load;
  const folder = await Deno.makeTempDir();
  const modules = {
    tcp: { prober: "tcp" },
    http: { prober: "http" },
    https: { prober: "http", http: { tls_config: { insecure_skip_verify: true } } },
  };
  const config = { modules: { check: { ...modules[kind], timeout: "1s" } } };
  await Deno.writeTextFile(`${folder}/config.yml`, JSON.stringify(config));
  const own = freePort();
  const target = kind === "tcp" ? `127.0.0.1:${port}` : `${kind}://127.0.0.1:${port}/`;
  const url = `http://127.0.0.1:${own}/probe?module=check&target=${encodeURIComponent(target)}`;
  const args = [`--config.file=${folder}/config.yml`, `--web.listen-address=127.0.0.1:${own}`];
  const cost = await measure([program, ...args], async () => {
    const count = perSecond * seconds;
    let [asked, passed] = [0, 0];
    const ask = async () => {
      while (asked++ < count) {
        const answer = await fetch(url);
        if (/^probe_success 1$/m.test(await answer.text())) passed++;
      }
    };
    await Promise.all(Array.from({ length: 8 }, ask));
    if (passed < count) throw new Error(`${count - passed} checks of blackbox_exporter failed`);
    return count;
  });
  await Deno.remove(folder, { recursive: true });
  return cost;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
