/**
 * A daemon with the control API, for tests with clients.
 *
 * @module
 */

import assert from "node:assert/strict";
import { program } from "../program.ts";
import { type RunningDaemon, withDaemon } from "../daemon_process.ts";
import { readExposition, type ReadFamily, valueOf } from "../exposition.ts";
import { startRefusing } from "../unreachable_ports.ts";
import { type RunningVpp, until } from "../vpp_under_test.ts";

/** A daemon that serves the control API. */
export interface ApiDaemon extends RunningDaemon {
  /** Where it listens for calls, in the order of the flags. */
  readonly targets: readonly [string, ...string[]];
  /** The value of a metric that has no labels. */
  metric(name: string): Promise<number | undefined>;
  vitals(): Vitals;
}

/** What of the machine a process holds. */
export interface Vitals {
  readonly rssMib: number;
  readonly descriptors: number;
}

/**
 * What a process holds has not grown: not its memory by so much, and its descriptors not at all, but
 * for those of a few probes and of whoever reads the metrics.
 */
export function assertFlat(before: Vitals, after: Vitals, toleranceMib: number): void {
  const grown = after.rssMib - before.rssMib;
  assert.ok(grown < toleranceMib, `it grew from ${before.rssMib} to ${after.rssMib} MiB`);
  const open = `${before.descriptors} descriptors were open, and now ${after.descriptors}`;
  assert.ok(after.descriptors <= before.descriptors + 4, open);
}

/** How a daemon is run. */
export interface ApiDaemonOptions {
  /** Default: `127.0.0.1:0`. */
  readonly addresses?: string;
  /** How many addresses to wait for. Default: 1. */
  readonly addressCount?: number;
  readonly args?: readonly string[];
  /** The text of its file. Default: a small one. */
  readonly config?: string;
  /** The VPP to drive, which is synced at once. Default: none. */
  readonly vpp?: Pick<RunningVpp, "apiPath" | "statsPath">;
  readonly env?: Readonly<Record<string, string>>;
  /** The command that runs it, if not the one that all tests use. */
  readonly command?: readonly string[];
}

/** The last backend has no health check; the others fail theirs. */
const configuration = (closedPort: number, lb: string) =>
  `maglev:
  healthchecks:
    web: { type: http, port: ${closedPort}, interval: 1s, timeout: 500ms, rise: 1, fall: 2 }
  backends:
    web1: { address: 127.0.0.1, healthcheck: web }
    web2: { address: 127.0.0.2, healthcheck: web }
    sorry: { address: 10.0.9.1 }
  frontends:
    www:
      address: 198.51.100.1
      protocol: tcp
      port: 80
      pools:
        - { name: primary, backends: { web1: { weight: 70 }, web2: {} } }
        - { name: last-resort, backends: { sorry: {} } }
  vpp:
    lb:
      ipv4-src-address: 192.0.2.1
      ipv6-src-address: "2001:db8::1"
${lb}`;

/** A daemon with these syncs at once, and later only what it has a reason for. */
const promptSync = `      startup-min-delay: 0s
      startup-max-delay: 0s
      sync-interval: 1h
`;

/** Runs a test with a daemon that serves the API. */
export async function withApiDaemon(
  test: (daemon: ApiDaemon) => Promise<void>,
  options: ApiDaemonOptions = {},
): Promise<void> {
  const { addresses = "127.0.0.1:0", addressCount = 1, args = [], env = {}, vpp } = options;
  await using closed = await startRefusing();
  const file = await Deno.makeTempFile({ prefix: "maglev-api-", suffix: ".yaml" });
  const small = () => configuration(closed.port, vpp === undefined ? "" : promptSync);
  await Deno.writeTextFile(file, options.config ?? small());
  const listening = ({ lines }: RunningDaemon, what: RegExp) =>
    lines.filter((line) => line.msg === "listening" && what.test(String(line.what)))
      .map(({ address }) => String(address));
  const flags = [
    ...["--config", file, "--metrics-addr", "127.0.0.1:0"],
    ...["--vpp-api-addr", vpp?.apiPath ?? "", "--vpp-stats-addr", vpp?.statsPath ?? ""],
    ...["--grpc-addr", addresses, ...args],
  ];
  try {
    await withDaemon(flags, async (running) => {
      const isThere = () =>
        listening(running, /^api/).length === addressCount &&
        listening(running, /^metrics$/).length === 1;
      await until(isThere, `it does not listen: ${JSON.stringify(running.lines)}`);
      const [first = "", ...others] = listening(running, /^api/);
      const metrics = `http://${listening(running, /^metrics$/)[0]}/metrics`;
      await test({
        ...running,
        targets: [first, ...others],
        metric: async (name) => valueOf(await families(metrics), name),
        vitals: () => vitalsOf(running.pid),
      });
    }, { env, command: options.command ?? program });
  } finally {
    await Deno.remove(file);
  }
}

async function families(url: string): Promise<ReadonlyMap<string, ReadFamily>> {
  const answer = await fetch(url);
  return readExposition(await answer.text(), "text");
}

function vitalsOf(pid: number): Vitals {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const rssKib = Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1]);
  const descriptors = [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
  return { rssMib: Math.round(rssKib / 1_024), descriptors };
}
