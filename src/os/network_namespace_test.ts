import assert from "node:assert/strict";
import { Worker } from "node:worker_threads";
import { enterNetworkNamespace, withNetworkNamespace } from "./network_namespace.ts";
import { runScript, testInNamespace } from "./testing.ts";

/** The namespace that this thread is in. */
const here = () => Deno.readLinkSync("/proc/thread-self/ns/net");

testInNamespace("a function runs inside, and the thread is back whatever happens", (name) => {
  const home = here();
  const inside = withNetworkNamespace(name, here);
  assert.notEqual(inside, home);
  assert.equal(here(), home);
  assert.equal(withNetworkNamespace(`/var/run/netns/${name}`, here), inside, "by its path");
  const fail = () => {
    throw new Error("inside");
  };
  assert.throws(() => withNetworkNamespace(name, fail), { message: "inside" });
  assert.equal(here(), home);
});

testInNamespace("from one namespace a thread goes to another, and back to the first", (name) => {
  const home = here();
  const homePath = `/proc/${Deno.pid}/ns/net`;
  const seen = withNetworkNamespace(
    name,
    () => [here(), withNetworkNamespace(homePath, here), here()],
  );
  const [first, second, third] = seen;
  assert.notEqual(first, home);
  assert.equal(second, home);
  assert.equal(third, first);
  assert.equal(here(), home);
});

testInNamespace("what is opened inside belongs there", (name) => {
  const open = (port: number) => Deno.listen({ hostname: "127.0.0.1", port });
  const outside = open(0);
  assert(outside.addr.transport === "tcp");
  const { port } = outside.addr;
  assert.throws(() => open(port), Deno.errors.AddrInUse);
  withNetworkNamespace(name, () => open(port)).close();
  outside.close();
});

testInNamespace("entering moves one thread, until it leaves", async (name) => {
  const home = here();
  const script = new URL("testdata/namespace_worker.ts", import.meta.url);
  const worker = new Worker(script, { workerData: name });
  const [before, within, later, after] = await new Promise<string[]>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  assert.equal(before, home);
  assert.notEqual(within, home);
  assert.equal(later, within);
  assert.equal(after, home);
  assert.equal(here(), home, "this thread was never anywhere else");
  await worker.terminate();
});

testInNamespace("a thread that cannot go back says so", async (name) => {
  assert.deepEqual(await runScript("lost_namespace.ts", ["-A"], [name]), {
    name: "NamespaceLostError",
    code: "NAMESPACE_LOST",
    message: "the thread cannot go back to its network namespace",
    cause: "setns /proc/thread-self/ns/net: bad file descriptor",
  });
});

Deno.test("a namespace that is none is an error, and the thread stays", () => {
  const home = here();
  const cases: [string, object][] = [
    ["none-such", { code: "ENOENT", message: /^open \/var\/run\/netns\/none-such: no such file/ }],
    ["/none/such", { code: "ENOENT", message: "open /none/such: no such file or directory" }],
    ["/proc/version", { name: "OsError", syscall: "setns" }],
    ["/proc/self/ns/uts", { name: "OsError", syscall: "setns" }],
    ["", { name: "RangeError", message: /^"" names no network namespace: write the name that/ }],
    [".", RangeError],
    ["..", RangeError],
    ["../../proc/1/ns/net", RangeError],
    ["a\0b", RangeError],
  ];
  for (const [name, error] of cases) {
    assert.throws(() => enterNetworkNamespace(name), error, name);
    assert.throws(() => withNetworkNamespace(name, () => assert.fail("ran")), error, name);
  }
  assert.equal(here(), home);
});

Deno.test("a function that goes on later does not compile", () => {
  // @ts-expect-error: the rest of it would run outside.
  assert.throws(() => withNetworkNamespace("", async () => await Promise.resolve(1)), RangeError);
});
