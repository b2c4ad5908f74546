import assert from "node:assert/strict";
import { systemClock } from "../clock.ts";
import { closeDescriptor } from "./descriptor.ts";
import { O_RDONLY } from "./layout.ts";
import { libc, succeeded } from "./libc.ts";
import { cString } from "./memory.ts";
import { createSharedMemory, largestMappingBytes, mapSharedMemory } from "./shared_memory.ts";
import { inFolder, soon, startScript } from "./testing.ts";
import { receiveDescriptor } from "./unix_seqpacket.ts";

Deno.test("two mappings of one memory show the same, also after its descriptor is closed", () => {
  const descriptor = createSharedMemory("test", 12_345);
  const [writer, reader] = [
    mapSharedMemory(descriptor, "read-write"),
    mapSharedMemory(descriptor, "read"),
  ];
  closeDescriptor(descriptor);
  assert.equal(reader.bytes.length, 12_345);
  assert(reader.bytes.every((byte) => byte === 0));
  writer.bytes.set([1, 2, 3], 12_342);
  assert.deepEqual([...reader.bytes.subarray(12_341)], [0, 1, 2, 3]);
  const numbers = new BigUint64Array(writer.bytes.buffer, 0, 10);
  const seen = new BigUint64Array(reader.bytes.buffer, 0, 10);
  Atomics.store(numbers, 3, 2n ** 63n);
  assert.equal(Atomics.load(seen, 3), 2n ** 63n);
  for (const { unmap } of [writer, reader]) unmap();
});

Deno.test("what another process writes shows up in a live buffer", () =>
  inFolder(async (folder) => {
    const path = `${folder}/memory.sock`;
    const server = startScript("memory_server.ts", ["-A"], [path]);
    const [requests, answers] = [server.stdin.getWriter(), server.stdout.getReader()];
    const ask = async () => {
      await requests.write(new Uint8Array(1));
      await answers.read();
    };
    await ask();
    const options = { clock: systemClock, timeoutMs: 10_000 };
    const descriptor = await receiveDescriptor(path, options);
    const mapping = mapSharedMemory(descriptor, "read");
    closeDescriptor(descriptor);
    assert.equal(mapping.bytes.length, 1 << 20);
    const numbers = new BigUint64Array(mapping.bytes.buffer);
    assert.equal(numbers[0], 1n);
    for (let count = 2n; count < 100n; count++) {
      await ask();
      assert.equal(Atomics.load(numbers, 0), count);
      assert.equal(numbers[0], count);
      assert.equal(mapping.bytes[0], Number(count));
    }
    await requests.close();
    await answers.cancel();
    assert.equal((await server.status).success, true);
    assert.equal(numbers[0], 99n, "the memory outlives the process that made it");
    mapping.unmap();
    await assert.rejects(receiveDescriptor(path, options), { code: "ENOENT" });
  }));

Deno.test("after unmapping all views are empty, whoever has kept one", () => {
  const descriptor = createSharedMemory("test", 1 << 25);
  const mapping = mapSharedMemory(descriptor, "read-write");
  closeDescriptor(descriptor);
  const bytes = mapping.bytes;
  const part = bytes.subarray(100, 200);
  const view = new DataView(bytes.buffer, 8, 8);
  const numbers = new BigUint64Array(bytes.buffer);
  const sum = () => {
    let sum = 0;
    for (let index = 0; index < 100; index++) sum += part[index] ?? 1;
    return sum;
  };
  // Compiled code must notice as well.
  for (let round = 0; round < 10_000; round++) assert.equal(sum(), 0);
  mapping.unmap();
  mapping.unmap();
  assert.equal(sum(), 100);
  assert.deepEqual([bytes.length, part.length, numbers.length, part[0]], [0, 0, 0, undefined]);
  assert.throws(() => view.getUint8(0), TypeError);
  assert.throws(() => Atomics.load(numbers, 0), TypeError);
  assert.throws(() => mapping.bytes, { name: "ReferenceError" });
});

Deno.test("unmapping gives the addresses back", async () => {
  const named = () => Deno.readTextFileSync("/proc/self/maps").includes("/memfd:maglev-test-maps ");
  const descriptor = createSharedMemory("maglev-test-maps", 4096);
  const mapping = mapSharedMemory(descriptor, "read");
  closeDescriptor(descriptor);
  assert.equal(named(), true);
  mapping.unmap();
  await soon(() => named() ? undefined : true);
});

Deno.test("what cannot be mapped is refused", () => {
  const file = succeeded(libc().open(cString("/proc/version"), O_RDONLY), "open", "");
  const readOnly = succeeded(
    libc().open(cString(import.meta.filename ?? ""), O_RDONLY),
    "open",
    "",
  );
  const empty = createSharedMemory("test", 0);
  const huge = createSharedMemory("test", largestMappingBytes + 1);
  const cases: [number, "read" | "read-write", object][] = [
    [-1, "read", { name: "OsError", code: "EBADF", syscall: "lseek" }],
    [readOnly, "read-write", { name: "OsError", code: "EACCES", syscall: "mmap" }],
    [empty, "read", { name: "RangeError", message: "memory of 0 bytes cannot be mapped" }],
    [huge, "read", { name: "RangeError", message: "memory of 4294967297 bytes cannot be mapped" }],
    [file, "read", Error],
  ];
  for (const [descriptor, access, error] of cases) {
    assert.throws(() => mapSharedMemory(descriptor, access), error);
  }
  mapSharedMemory(readOnly, "read").unmap();
  assert.throws(() => createSharedMemory("test", -1), { code: "EINVAL", syscall: "ftruncate" });
  assert.throws(() => createSharedMemory("x".repeat(300), 1), { code: "EINVAL" });
  for (const descriptor of [file, readOnly, empty, huge]) closeDescriptor(descriptor);
});
