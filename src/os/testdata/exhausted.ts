/**
 * Receives a descriptor when no more of them may be open, and prints the code and message of the error.
 * To be run with a small limit of open files.
 *
 * @module
 */

import { virtualClock } from "../../clock.ts";
import { closeDescriptor, createSharedMemory, DescriptorError, receiveDescriptor } from "../mod.ts";
import { startServer } from "./seqpacket_server.ts";

const folder = Deno.makeTempDirSync();
const clock = virtualClock();
const server = startServer(`${folder}/server`);
const memory = createSharedMemory("exhausted", 4096);

/** Opens files until no more can be, and returns the last one. */
function exhaust(): number {
  let last = memory;
  for (;;) {
    try {
      last = createSharedMemory("exhausted", 1);
    } catch {
      return last;
    }
  }
}

const received = receiveDescriptor(`${folder}/server`, { clock, timeoutMs: 1_000 })
  .catch((error) => error);
// The server needs one to accept its client, and gives it back.
closeDescriptor(exhaust());
server.answer([], [memory]);
const last = exhaust();
await clock.advance(10);
const error = await received;
if (!(error instanceof DescriptorError)) throw error;
closeDescriptor(last);
server.close();
Deno.removeSync(folder, { recursive: true });
const report = JSON.stringify([error.code, error.message.replace(`${folder}/`, "")]);
Deno.stdout.writeSync(new TextEncoder().encode(report));
