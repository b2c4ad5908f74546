/**
 * What the tests of this room share.
 *
 * @module
 */

import { systemClock } from "../clock.ts";
import { withNetworkNamespace } from "./network_namespace.ts";

/** Runs a test in a folder of its own, which is gone afterwards. */
export async function inFolder(test: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Starts a script of testdata/ in a process of its own, whose stdin and stdout are pipes. */
export function startScript(
  script: string,
  permissions: readonly string[] = ["-A"],
  args: readonly string[] = [],
): Deno.ChildProcess {
  const path = new URL(`testdata/${script}`, import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--no-prompt", ...permissions, path, ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Runs a script of testdata/ to its end, and returns what it printed as JSON. */
export async function runScript(
  script: string,
  permissions?: readonly string[],
  args?: readonly string[],
): Promise<unknown> {
  const child = startScript(script, permissions, args);
  await child.stdin.close();
  const { stdout } = await child.output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** What the kernel brings about soon, but not at once: asks for it until it is there. */
export async function soon<T>(look: () => T | undefined): Promise<T> {
  const deadlineMs = systemClock.monotonic() + 10_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (systemClock.monotonic() > deadlineMs) throw new Error("what was waited for did not happen");
    await systemClock.sleep(1);
  }
}

/** An address that the namespaces of {@link testInNamespace} have besides the loopback ones. */
export const secondAddress = "fd00::99";

/** Registers a test that gets the name of a new network namespace, with the loopback interface up. */
export function testInNamespace(
  sentence: string,
  test: (name: string) => Promise<void> | void,
): void {
  Deno.test({ name: sentence, ignore: lacksNamespaces, fn: () => withNewNamespace(test) });
}

/** Lets all users open ping sockets in a namespace. */
export function allowPingSockets(name: string): void {
  withNetworkNamespace(name, () => {
    Deno.writeTextFileSync("/proc/sys/net/ipv4/ping_group_range", "0 2147483647");
  });
}

/** The numbers of the capabilities that new namespaces and raw sockets take. */
const capabilities = { CAP_NET_ADMIN: 12n, CAP_NET_RAW: 13n, CAP_SYS_ADMIN: 21n };

/** Wherever it is: that need not be on the PATH of an ordinary user. */
const ipProgram = ["/sbin/ip", "/bin/ip", "/usr/sbin/ip"].find(exists);

const lacksNamespaces = lacksCapabilities() || ipProgram === undefined;

function lacksCapabilities(): boolean {
  const [, effective] = /^CapEff:\s*(\w+)$/m.exec(Deno.readTextFileSync("/proc/self/status")) ?? [];
  const held = BigInt(`0x${effective ?? 0}`);
  return Object.values(capabilities).some((bit) => (held >> bit & 1n) === 0n);
}

async function withNewNamespace(
  test: (name: string) => Promise<void> | void,
): Promise<void> {
  const name = `maglev-test-${crypto.randomUUID().slice(0, 8)}`;
  await ip("netns", "add", name);
  try {
    await ip("-n", name, "link", "set", "lo", "up");
    await ip("-n", name, "address", "add", secondAddress, "dev", "lo", "nodad");
    await test(name);
  } finally {
    await ip("netns", "delete", name);
  }
}

async function ip(...args: string[]): Promise<void> {
  const { success } = await new Deno.Command(ipProgram ?? "ip", { args, stdout: "null" }).output();
  if (!success) throw new Error(`ip ${args.join(" ")} failed`);
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
