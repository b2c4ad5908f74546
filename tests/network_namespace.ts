/**
 * Network namespaces for tests, with a way in and a web server inside.
 *
 * @module
 */

import type { ProbedServer } from "./probed_server.ts";

/** The two ends of the way in. */
export interface Addresses {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** A network namespace that is there until it is disposed of, with the loopback interface up. */
export interface TestNamespace extends AsyncDisposable {
  /** The name that `ip netns` knows. */
  readonly name: string;
  /** What the web server inside listens on, besides the loopback addresses. */
  readonly inside: Addresses;
  /** The addresses at the other end, in the namespace of the test. */
  readonly outside: Addresses;
  /** The port of the web server, which answers every request with 200 and `ok`. */
  readonly port: number;
  /** What the web server has seen since it was started. */
  seen(): Promise<Pick<ProbedServer, "connections" | "peers" | "requests">>;
  /** Runs a command inside, and returns what it printed; throws if it fails. */
  run(command: string, ...args: string[]): Promise<string>;
  /** Deletes the namespace, the way in and the server. */
  delete(): Promise<void>;
  /** Makes all of it again with the same name, addresses and port, but as another namespace. */
  recreate(): Promise<void>;
}

/** In a namespace of its own a port is always free. */
const PORT = 80;

/** How many namespaces there can be at a time. */
const MOST_NAMESPACES = 64 * 256;

/** Tries of a name that nobody has. */
const MOST_TRIES = 5;

/** Wherever it is: that need not be on the PATH of an ordinary user. */
const ipProgram = ["/sbin/ip", "/bin/ip", "/usr/sbin/ip"].find(exists);

/** Whether the user may make such namespaces here, and the kernel has all that they take. */
export const canMakeNamespaces: boolean = ipProgram !== undefined && await isPossible();

/** Makes a namespace that no other test has. */
export async function makeNamespace(): Promise<TestNamespace> {
  const plan = await makeSomewhere();
  const { name, inside, outside } = plan;
  let server: Server | undefined;
  const end = async () => {
    await server?.end();
    server = undefined;
    await remove(plan);
  };
  const begin = async () => {
    try {
      server = await startInside(name);
    } catch (error) {
      await remove(plan);
      throw error;
    }
  };
  await begin();
  return {
    name,
    inside,
    outside,
    port: PORT,
    seen: () => server?.seen() ?? Promise.reject(new Error("the namespace is deleted")),
    // Programs for administrators need not be on the PATH.
    run: (command, ...args) =>
      ip("netns", "exec", name, command === "ip" ? ipProgram ?? "ip" : command, ...args),
    delete: end,
    recreate: async () => {
      await end();
      await make(plan);
      await begin();
    },
    [Symbol.asyncDispose]: end,
  };
}

/** What is unique about a namespace. */
interface Plan {
  readonly name: string;
  /** The interface outside. */
  readonly link: string;
  readonly inside: Addresses;
  readonly outside: Addresses;
}

/** All names and addresses come from one number, so that whoever has the name has the addresses. */
function planFor(number: number): Plan {
  const addresses = (end: number) => ({
    ipv4: `10.203.${number >> 6}.${(number & 63) * 4 + end}`,
    ipv6: `fd00:203:${number.toString(16)}::${end}`,
  });
  return {
    name: `maglev-test-${number}`,
    link: `mgltest${number}`,
    outside: addresses(1),
    inside: addresses(2),
  };
}

async function isPossible(): Promise<boolean> {
  try {
    await remove(await makeSomewhere());
    return true;
  } catch {
    return false;
  }
}

async function makeSomewhere(): Promise<Plan> {
  for (let tries = 1;; tries++) {
    const plan = planFor(Math.floor(Math.random() * MOST_NAMESPACES));
    try {
      await make(plan);
      return plan;
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
  }
}

/** Makes all of it, or nothing. */
async function make(plan: Plan): Promise<void> {
  const { name, link, inside, outside } = plan;
  await ip("netns", "add", name);
  try {
    await ip("link", "add", link, "type", "veth", "peer", "name", "inside", "netns", name);
    await furnish([], link, outside);
    await furnish(["-n", name], "inside", inside);
    await ip("-n", name, "link", "set", "lo", "up");
  } catch (error) {
    await remove(plan);
    throw error;
  }
}

/** Gives an interface its addresses. Those of IPv6 work at once, without a search for duplicates. */
async function furnish(where: string[], link: string, { ipv4, ipv6 }: Addresses): Promise<void> {
  await ip(...where, "address", "add", `${ipv4}/30`, "dev", link);
  await ip(...where, "address", "add", `${ipv6}/64`, "dev", link, "nodad");
  await ip(...where, "link", "set", link, "up");
}

/** Removes what there is. The interface goes first: it lives on while anything is in the namespace. */
async function remove({ name, link }: Plan): Promise<void> {
  if (exists(`/sys/class/net/${link}`)) await ip("link", "delete", link);
  if (exists(`/run/netns/${name}`)) await ip("netns", "delete", name);
}

async function ip(...args: string[]): Promise<string> {
  const output = await new Deno.Command(ipProgram ?? "ip", { args }).output();
  const [text, problem] = [output.stdout, output.stderr].map((it) => new TextDecoder().decode(it));
  if (!output.success) throw new Error(`ip ${args.join(" ")}: ${problem}`);
  return text ?? "";
}

/** The process inside. */
interface Server {
  readonly seen: TestNamespace["seen"];
  readonly end: () => Promise<void>;
}

async function startInside(namespace: string): Promise<Server> {
  const script = new URL("fixtures/namespace_server.ts", import.meta.url).pathname;
  const deno = [Deno.execPath(), "run", "--quiet", "--no-check", "--no-prompt", "-A"];
  const child = new Deno.Command(ipProgram ?? "ip", {
    args: ["netns", "exec", namespace, ...deno, script, String(PORT)],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = linesOf(child.stdout);
  const input = child.stdin.getWriter();
  const answer = async () => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error(`the server in ${namespace} has ended`);
    return JSON.parse(value);
  };
  const seen = async () => {
    await input.write(Uint8Array.of(0));
    return await answer();
  };
  const end = async () => {
    await input.close().catch(() => {});
    await child.status;
    await lines.return();
  };
  try {
    await answer();
    return { seen, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
