/**
 * The statistics of a real VPP, if MAGLEV_TEST_VPP names its executable.
 *
 * @module
 */

import assert from "node:assert/strict";
import { systemClock } from "../clock.ts";
import { closeDescriptor } from "./descriptor.ts";
import { mapSharedMemory } from "./shared_memory.ts";
import { inFolder, soon } from "./testing.ts";
import { receiveDescriptor } from "./unix_seqpacket.ts";

const vpp = Deno.env.get("MAGLEV_TEST_VPP");

/** Runs a test while a VPP runs that has its statistics in a file of the folder. */
async function withVpp(folder: string, test: (socket: string) => Promise<void>): Promise<void> {
  const socket = `${folder}/stats.sock`;
  const settings = [
    `unix { nodaemon nosyslog cli-listen ${folder}/cli.sock runtime-dir ${folder} }`,
    `api-segment { prefix ${folder.replaceAll("/", "-")} }`,
    `statseg { socket-name ${socket} size 32M update-interval 0.05 }`,
    "buffers { page-size default buffers-per-numa 2048 }",
    "memory { main-heap-size 512M main-heap-page-size default }",
    "plugins { plugin default { disable } }",
  ];
  const file = `${folder}/startup.conf`;
  await Deno.writeTextFile(file, settings.join("\n"));
  const child = new Deno.Command(vpp ?? "", {
    args: ["-c", file],
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    await soon(() => {
      try {
        return Deno.statSync(socket);
      } catch {
        return undefined;
      }
    });
    await test(socket);
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
}

if (vpp !== undefined) {
  Deno.test("VPP hands over its statistics, which live", () =>
    inFolder((folder) =>
      withVpp(folder, async (socket) => {
        const clock = systemClock;
        const attach = async () => {
          const descriptor = await receiveDescriptor(socket, { clock, timeoutMs: 5_000 });
          const mapping = mapSharedMemory(descriptor, "read");
          closeDescriptor(descriptor);
          return mapping;
        };
        const mapping = await attach();
        assert.equal(mapping.bytes.length, 32 << 20);
        const numbers = new BigUint64Array(mapping.bytes.buffer);
        assert.equal(numbers[0], 2n, "the version of the format");
        assert(Atomics.load(numbers, 2) > 0n, "the epoch");
        const before = numbers.slice();
        await soon(() => numbers.some((value, index) => value !== before[index]) || undefined);
        for (let count = 0; count < 20; count++) (await attach()).unmap();
        mapping.unmap();
      })
    ));
}
