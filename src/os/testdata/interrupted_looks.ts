/**
 * Looks at a descriptor on which there is never anything, while signals come one after the other, and
 * prints how often it looked, and how often it saw something.
 *
 * @module
 */

import { closeDescriptor, isReadable } from "../descriptor.ts";
import { EFD_CLOEXEC } from "../layout.ts";
import { libc } from "../libc.ts";
import { systemClock } from "../../clock.ts";
import { lineWriter } from "../../line_writer.ts";

Deno.addSignalListener("SIGUSR1", () => {});
const sender = new Deno.Command("sh", {
  args: ["-c", `echo; while kill -USR1 ${Deno.pid}; do :; done`],
  stdout: "piped",
  stderr: "null",
}).spawn();
// The listener may have to wait until there are fewer signals.
await sender.stdout.getReader().read();

const descriptor = libc().eventfd(0, EFD_CLOEXEC);
let looks = 0;
let seen = 0;
for (const endMs = systemClock.monotonic() + 300; systemClock.monotonic() < endMs;) {
  looks++;
  if (isReadable(descriptor)) seen++;
}
closeDescriptor(descriptor);
sender.kill("SIGKILL");
await sender.status;
lineWriter(Deno.stdout)(JSON.stringify({ looks, seen }));
Deno.exit();
