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
  args: ["-c", `read word; echo; while kill -USR1 ${Deno.pid}; do :; done`],
  ...{ stdin: "piped", stdout: "piped", stderr: "null" },
}).spawn();
// The runtime may stand still for good if a signal comes while it registers its own handlers.
const writer = sender.stdin.getWriter();
await writer.write(new TextEncoder().encode("go\n"));
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
