import assert from "node:assert/strict";
import { type VirtualClock, virtualClock } from "../clock.ts";
import { closeDescriptor } from "./descriptor.ts";
import { createSharedMemory, mapSharedMemory } from "./shared_memory.ts";
import { abandonSocket, startServer } from "./testdata/seqpacket_server.ts";
import { inFolder } from "./testing.ts";
import { receiveDescriptor } from "./unix_seqpacket.ts";
import { listenSeqpacket, type SeqpacketConnection } from "./unix_seqpacket_listener.ts";

/** Lets time pass until the promise is settled, and returns how it ended and how long that took. */
async function outcome<T>(
  clock: VirtualClock,
  promise: Promise<T>,
): Promise<{ value?: T; error?: unknown; afterMs: number }> {
  const startMs = clock.monotonic();
  let settled: { value?: T; error?: unknown } | undefined;
  promise.then((value) => settled = { value }, (error) => settled = { error });
  await clock.advance(0);
  for (let ms = 0; settled === undefined && ms < 10_000; ms++) await clock.advance(1);
  assert(settled !== undefined, "it never ends");
  assert.equal(clock.pending, 0, "a timer is left");
  return { ...settled, afterMs: clock.monotonic() - startMs };
}

Deno.test("a descriptor arrives with a message without data, and belongs to this program alone", () =>
  inFolder(async (folder) => {
    const path = `${folder}/stats.sock`;
    const clock = virtualClock();
    const server = startServer(path);
    const sent = createSharedMemory("test", 4096);
    const promise = receiveDescriptor(path, { clock, timeoutMs: 9_000 });
    server.answer([], [sent]);
    const { value: received, afterMs } = await outcome(clock, promise);
    server.close();
    assert(received !== undefined && received !== sent);
    assert(afterMs <= 2, `${afterMs} ms`);
    const flags = /^flags:\s+(\d+)/m.exec(Deno.readTextFileSync(`/proc/self/fdinfo/${received}`));
    assert(parseInt(flags?.[1] ?? "", 8) & 0o2000000, "a program started meanwhile inherits it");
    const [ours, theirs] = [received, sent].map((fd) => mapSharedMemory(fd, "read-write"));
    assert(ours !== undefined && theirs !== undefined);
    theirs.bytes[7] = 42;
    assert.equal(ours.bytes[7], 42);
    for (const { unmap } of [ours, theirs]) unmap();
    for (const descriptor of [received, sent]) closeDescriptor(descriptor);
  }));

Deno.test("what a server sends instead of one descriptor is named", () =>
  inFolder(async (folder) => {
    const own = createSharedMemory("test", 4096);
    const cases: [number[], number[], string, string][] = [
      [[], [], "CLOSED", "closed without sending a descriptor"],
      [[1], [], "UNEXPECTED", "sent data, no descriptor"],
      [new Array(5_000).fill(1), [], "UNEXPECTED", "sent data, no descriptor"],
      [[], [own, own], "UNEXPECTED", "sent more than one descriptor"],
      [[], new Array(100).fill(own), "UNEXPECTED", "sent more than one descriptor"],
    ];
    for (const [index, [data, descriptors, code, words]] of cases.entries()) {
      const path = `${folder}/${index}`;
      const clock = virtualClock();
      const server = startServer(path);
      const promise = receiveDescriptor(path, { clock, timeoutMs: 9_000 });
      server.answer(data, descriptors);
      const { error } = await outcome(clock, promise);
      server.close();
      assert(error instanceof Error);
      assert.deepEqual({ ...error, message: error.message }, {
        name: "DescriptorError",
        code,
        message: `${path}: ${words}`,
      });
    }
    closeDescriptor(own);
  }));

Deno.test("a descriptor for which there is no room is missed with the right words", async () => {
  const script = new URL("testdata/exhausted.ts", import.meta.url).pathname;
  const run = 'ulimit -n 100 && exec "$0" run --quiet --no-check -A "$1"';
  const { stdout } = await new Deno.Command("sh", { args: ["-c", run, Deno.execPath(), script] })
    .output();
  assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)), [
    "NOT_TAKEN",
    "server: its descriptor could not be taken, perhaps because too many files are open",
  ]);
});

Deno.test("a server that does not answer is waited for as long as was said", () =>
  inFolder(async (folder) => {
    const path = `${folder}/silent`;
    const clock = virtualClock();
    const server = startServer(path);
    const { error, afterMs } = await outcome(
      clock,
      receiveDescriptor(path, { clock, timeoutMs: 77 }),
    );
    assert(error instanceof Error && "code" in error);
    assert.deepEqual([error.code, error.message], [
      "TIMEOUT",
      `${path}: no answer within 77 ms`,
    ]);
    assert.equal(afterMs, 77);
    server.close();
  }));

Deno.test("a server whose queue is full is waited for", () =>
  inFolder(async (folder) => {
    const path = `${folder}/busy`;
    const clock = virtualClock();
    const server = startServer(path, 0);
    const own = createSharedMemory("test", 4096);
    const first = receiveDescriptor(path, { clock, timeoutMs: 9_000 });
    const second = receiveDescriptor(path, { clock, timeoutMs: 9_000 });
    const third = receiveDescriptor(path, { clock, timeoutMs: 9 });
    // There is no room for it until one of the others is accepted.
    await Promise.all([assert.rejects(third, { code: "TIMEOUT" }), clock.advance(10)]);
    server.answer([], [own]);
    await clock.advance(10);
    server.answer([], [own]);
    await clock.advance(10);
    for (const descriptor of await Promise.all([first, second])) closeDescriptor(descriptor);
    server.close();
    closeDescriptor(own);
  }));

Deno.test("waiting ends at once when it is aborted", () =>
  inFolder(async (folder) => {
    const path = `${folder}/silent`;
    const clock = virtualClock();
    const server = startServer(path);
    const reason = new Error("not wanted any more");
    const early = AbortSignal.abort(reason);
    await assert.rejects(
      receiveDescriptor(path, { clock, timeoutMs: 9_000, signal: early }),
      reason,
    );
    const late = new AbortController();
    const promise = receiveDescriptor(path, { clock, timeoutMs: 9_000, signal: late.signal });
    await clock.advance(10);
    late.abort(reason);
    await assert.rejects(promise, reason);
    assert.equal(clock.pending, 0);
    server.close();
  }));

Deno.test("a socket that cannot be reached is an error at once", () =>
  inFolder(async (folder) => {
    const clock = virtualClock();
    const options = { clock, timeoutMs: 9_000 };
    const abandoned = `${folder}/abandoned`;
    abandonSocket(abandoned);
    const file = `${folder}/file`;
    Deno.writeTextFileSync(file, "");
    const stream = Deno.listen({ transport: "unix", path: `${folder}/stream` });
    const cases: [string, string, RegExp][] = [
      [`${folder}/none`, "ENOENT", /^connect .*\/none: no such file or directory$/],
      [abandoned, "ECONNREFUSED", /^connect .*\/abandoned: connection refused$/],
      [file, "ECONNREFUSED", /^connect .*\/file: connection refused$/],
      [`${folder}/stream`, "EPROTOTYPE", /^connect .*\/stream: protocol wrong type for socket$/],
    ];
    for (const [path, code, message] of cases) {
      await assert.rejects(receiveDescriptor(path, options), { name: "OsError", code, message });
    }
    await assert.rejects(receiveDescriptor("/".repeat(108), options), { name: "RangeError" });
    stream.close();
  }));

Deno.test("the listener hands a descriptor to each of many clients", () =>
  inFolder(async (folder) => {
    const path = `${folder}/stats.sock`;
    const clock = virtualClock();
    const own = createSharedMemory("test", 4096);
    const onConnection = (connection: SeqpacketConnection) => {
      assert.equal(connection.sendDescriptor(own), undefined);
      connection.close();
    };
    const listener = listenSeqpacket({ path, clock, onConnection });
    const clients = Array.from(
      { length: 50 },
      () => receiveDescriptor(path, { clock, timeoutMs: 9_000 }),
    );
    await clock.advance(20);
    for (const descriptor of await Promise.all(clients)) closeDescriptor(descriptor);
    listener.close();
    closeDescriptor(own);
    assert.equal(clock.pending, 0);
  }));
