/**
 * Where a page is acted: servers on loopback addresses, a simulated VPP, a daemon, and a folder that
 * stands for the root of the machine.
 *
 * What pages call 10.0.0.1 is 127.80.0.1 here, port 80 is a free one, and /run/vpp is in the folder.
 *
 * @module
 */

import { dirname } from "node:path";
import { systemClock } from "../../src/clock.ts";
import { type Offer, type Simulator, startSimulator } from "../../src/vpp/sim/server.ts";
import { type LoopbackSite, type Mode, startLoopbackSite } from "../loopback_site.ts";
import { program } from "../program.ts";
import { until } from "../vpp_under_test.ts";
import { agrees } from "./agrees.ts";

const root = new URL("../..", import.meta.url).pathname;

/** The ports that pages name, each of which is another one here. */
const shownPorts = [80, 443, 8080, 9090, 9091, 9092] as const;

/** A program that was started. */
interface Started {
  readonly child: Deno.ChildProcess;
  /** What it printed so far, on stdout and stderr, as a terminal would show it. */
  printed(): string;
  /** Its exit code; null while it runs. */
  code(): number | null;
  readonly ended: Promise<unknown>;
}

/** How a command went. */
export interface CommandOutcome {
  readonly agrees: boolean;
  readonly printed: readonly string[];
}

/** A page's stage. */
export interface Stage extends AsyncDisposable {
  /** Does what a comment says. */
  act(act: string): Promise<void>;
  writeFile(path: string, text: string): Promise<void>;
  /** Runs a command until it has printed what is expected, or for so long that it never will. */
  run(command: string, expected: readonly string[]): Promise<CommandOutcome>;
}

const traffic = (newFlowsPerSecond: number): Offer => ({
  newFlowsPerSecond,
  packetsPerFlowPerSecond: 5,
  flowSeconds: 10,
  packetBytes: 400,
  clients: 1_000,
});

/** These change nothing, and are asked again until what they show has come about. */
const looks =
  /^(sudo )?((\.\/scripts\/)?maglev (-\S+ \S+ )*(sh|show|debug|probe|watch)\b|vppctl show\b|curl -s|grpcurl .*\/Get)/;

/** For so long a command runs, and is asked again. */
const patienceMs = 15_000;

/** Makes a stage. */
export async function setStage(): Promise<Stage> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-docs-" });
  const inside = (path: string) =>
    path.startsWith("/") ? `${folder}${path}` : `${folder}/home/${path}`;
  for (const name of ["home", "bin", "run/vpp", "run/maglev", "etc/vpp-maglev", "tmp"]) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
  }
  const ports = new Map(shownPorts.map((port) => [port as number, freePort()]));
  const portOf = (port: number) => ports.get(port) ?? port;

  /** What a page says, as it is here. */
  const toHere = (text: string) =>
    text.replaceAll("10.0.", "127.80.")
      .replaceAll(/(?<=\bport: |(?:localhost|127\.0\.0\.1|\[::1\])?:)(\d+)\b/g, (port) =>
        `${portOf(Number(port))}`)
      .replaceAll(/(?<![\w.~])\/(?=(run|etc|tmp)\/)/g, `${folder}/`);
  /** What is here, as a page says it. */
  const toPage = (text: string) => {
    const shown = [...ports].reduce(
      (text, [port, here]) => text.replaceAll(new RegExp(`\\b${here}\\b`, "g"), `${port}`),
      text,
    );
    return shown.replaceAll("127.80.", "10.0.").replaceAll(`${folder}/home/`, "")
      .replaceAll(folder, "");
  };

  const script = async (name: string, line: string) => {
    await Deno.writeTextFile(`${folder}/bin/${name}`, `#!/bin/sh\nexec ${line} "$@"\n`);
    await Deno.chmod(`${folder}/bin/${name}`, 0o755);
  };
  await script("maglev", program.join(" "));
  await script("sudo", "env");
  const vppctl = new URL("vppctl.ts", import.meta.url).pathname;
  await script("vppctl", `${Deno.execPath()} run -A --no-check --quiet ${vppctl}`);

  const vppPaths = {
    apiPath: inside("/run/vpp/api.sock"),
    statsPath: inside("/run/vpp/stats.sock"),
  };
  const env = {
    PATH: `${folder}/bin:${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`,
    HOME: `${folder}/home`,
    // What is run from source finds what has been fetched before.
    DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
    NO_COLOR: "1",
    MAGLEV_SERVER: `localhost:${portOf(9090)}`,
    MAGLEV_CONFIG: inside("/etc/vpp-maglev/maglev.yaml"),
    MAGLEV_VPP_API_ADDR: vppPaths.apiPath,
    MAGLEV_VPP_STATS_ADDR: vppPaths.statsPath,
    MAGLEV_GRPC_ADDR: `127.0.0.1:${portOf(9090)}`,
    MAGLEV_METRICS_ADDR: `127.0.0.1:${portOf(9091)}`,
    DENO_TLS_CA_STORE: "system",
  };
  const servers = new Map<string, LoopbackSite>();
  const running: Started[] = [];
  let simulator: Simulator | undefined;
  let daemon: Started | undefined;
  let lastCode = 0;

  const start = (command: string): Started => {
    const cwd = command.includes("./scripts/") ? root : `${folder}/home`;
    // One that is alone takes the place of the shell, so that a signal reaches it.
    const isAlone = !/[|;&]|\$\?/.test(command);
    const line = isAlone ? `exec ${command}` : `(exit ${lastCode}); ${command}`;
    const child = new Deno.Command("sh", {
      args: ["-c", line],
      ...{ cwd, env, stdin: "null", stdout: "piped", stderr: "piped" },
    }).spawn();
    let printed = "";
    let code: number | null = null;
    const take = async (from: ReadableStream<Uint8Array>) => {
      for await (const part of from.pipeThrough(new TextDecoderStream())) printed += part;
    };
    const ended = Promise.all([take(child.stdout), take(child.stderr), child.status])
      .then(([, , status]) => code = status.code);
    const started = { child, printed: () => printed, code: () => code, ended };
    running.push(started);
    return started;
  };
  const end = async ({ child, code, ended }: Started, signal: Deno.Signal = "SIGTERM") => {
    if (code() !== null) return;
    child.kill(signal);
    const patience = systemClock.setTimer(8_000, () => child.kill("SIGKILL"));
    await ended;
    patience.cancel();
  };

  const startVpp = async (profile = "weighted", flows = "0") => {
    if (profile !== "weighted" && profile !== "classic") throw new Error(`no profile ${profile}`);
    const offer = Number(flows) === 0 ? null : traffic(Number(flows));
    simulator = await startSimulator({
      ...{ ...vppPaths, profile, clock: systemClock, random: Math.random, traffic: offer },
    });
  };
  const writeFile: Stage["writeFile"] = (path, text) =>
    Deno.writeTextFile(inside(path), toHere(text));
  const acts: Readonly<Record<string, (...words: string[]) => void | Promise<void>>> = {
    site: async (flows) => {
      await acts["sample"]?.("/etc/vpp-maglev/maglev.yaml");
      await acts["servers"]?.("10.0.1.11", "10.0.1.12");
      await startVpp("weighted", flows);
      await acts["daemon"]?.();
    },
    sample: async (path = "") => {
      await writeFile(path, await Deno.readTextFile(new URL("site.yaml", import.meta.url)));
    },
    vpp: startVpp,
    "vpp-dies": () => {
      simulator?.close();
      simulator = undefined;
    },
    traffic: (address = "", port = "") => {
      const pfx = { address: { family: 4, text: address }, length: 32 } as const;
      simulator?.vpp.offerTraffic({ pfx, protocol: "tcp", port: Number(port) }, traffic(10));
    },
    "vpp-lacks": (prefix = "") => {
      if (simulator === undefined) return;
      simulator.faults.rename = (key) => key.startsWith(prefix) ? null : key;
      simulator.restart();
    },
    "vpp-refuses": (message, retval) => {
      if (simulator === undefined) return;
      simulator.faults.refuse = ({ name }) => name === message ? Number(retval) : null;
    },
    "vpp-stops": () => void (simulator !== undefined && (simulator.faults.isStopped = true)),
    "vpp-goes-on": () => void (simulator !== undefined && (simulator.faults.isStopped = false)),
    servers: (...addresses) => {
      for (const address of addresses.map(toHere)) {
        servers.set(address, startLoopbackSite({ [address]: "http" }, portOf(80)));
      }
    },
    server: (address = "", ...mode) => {
      servers.get(toHere(address))?.change(toHere(address), mode.join(" ") as Mode);
    },
    daemon: async (...flags) => {
      daemon = start(`maglev daemon ${toHere(flags.join(" "))}`);
      const { printed, code } = daemon;
      await until(() => printed().includes('"listening"') || code() !== null, "no daemon");
      if (code() !== null) throw new Error(`the daemon ended: ${printed()}`);
    },
    "all-settled": async () => {
      const known = await run("maglev show backends | grep -c unknown", ["0"]);
      const done = await run("maglev show vpp lb plan", [
        "nothing to do: VPP is what it should be",
      ]);
      if (!known.agrees || !done.agrees) throw new Error("it never is");
    },
    "daemon-reloads": async () => {
      const reloads = () => daemon?.printed().split('"config-loaded"').length ?? 0;
      const before = reloads();
      daemon?.child.kill("SIGHUP");
      await until(() => reloads() > before, "no reload");
    },
    "daemon-ends": async () => {
      if (daemon !== undefined) await end(daemon);
    },
    "without-warm-up": async () => {
      const path = inside("/etc/vpp-maglev/maglev.yaml");
      const text = await Deno.readTextFile(path);
      const delays = "startup-min-delay: 0s\n      startup-max-delay: 0s";
      await Deno.writeTextFile(path, text.replace("    lb:\n", `    lb:\n      ${delays}\n`));
    },
    replace: async (path = "", ...words) => {
      const [from = "", to = ""] = words.join(" ").replaceAll("\\n", "\n").split(" => ").map(
        toHere,
      );
      const text = await Deno.readTextFile(inside(path));
      if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
      await Deno.writeTextFile(inside(path), text.replace(from, to));
    },
  };

  const runOnce = async (command: string, expected: readonly string[]) => {
    const giveUpMs = systemClock.monotonic() + patienceMs;
    const { printed, code, ended } = start(toHere(command));
    const lines = () => {
      const text = toPage(printed());
      return text === "" ? [] : text.replace(/\n$/, "").split("\n");
    };
    // What goes on, such as a daemon, has said enough when it has said what is expected, for a while.
    for (let turns = 0; turns < 20 && systemClock.monotonic() < giveUpMs; turns++) {
      if (!agrees(expected, lines())) turns = 0;
      const pause = systemClock.sleep(25);
      await Promise.race([ended, pause]);
      if (code() !== null) break;
      await pause;
    }
    lastCode = code() ?? 0;
    return { agrees: agrees(expected, lines()), printed: lines() };
  };

  const run: Stage["run"] = async (command, expected) => {
    const giveUpMs = systemClock.monotonic() + patienceMs;
    for (;;) {
      const outcome = await runOnce(command, expected);
      const isLate = systemClock.monotonic() > giveUpMs;
      if (outcome.agrees || isLate || !looks.test(command)) return outcome;
      await systemClock.sleep(100);
    }
  };

  return {
    act: async (act) => {
      const [verb = "", ...words] = act.split(" ");
      const how = acts[verb];
      if (how === undefined) throw new Error(`nobody knows how to ${JSON.stringify(act)}`);
      await how(...words);
    },
    writeFile,
    run,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(running.map((started) => end(started)));
      simulator?.close();
      for (const site of servers.values()) await site[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** A port that nobody uses now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
