/**
 * Hands out shared memory on the socket whose path is its argument. Each byte of its input is answered
 * by one of output, after adding 1 to the number at the beginning of the memory.
 *
 * @module
 */

import { systemClock } from "../../clock.ts";
import {
  closeDescriptor,
  createSharedMemory,
  listenSeqpacket,
  mapSharedMemory,
  type SeqpacketConnection,
} from "../mod.ts";

const [path = ""] = Deno.args;
const descriptor = createSharedMemory("memory-server", 1 << 20);
const mapping = mapSharedMemory(descriptor, "read-write");
const numbers = new BigUint64Array(mapping.bytes.buffer);
const onConnection = (connection: SeqpacketConnection) => {
  connection.sendDescriptor(descriptor);
  connection.close();
};
const listener = listenSeqpacket({ path, clock: systemClock, onConnection });

const byte = new Uint8Array(1);
while (await Deno.stdin.read(byte) !== null) {
  Atomics.add(numbers, 0, 1n);
  Deno.stdout.writeSync(byte);
}
listener.close();
mapping.unmap();
closeDescriptor(descriptor);
