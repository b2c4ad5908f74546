/**
 * Prints how many more descriptors are counted while 700 more are open, and after that.
 *
 * @module
 */

import { closeDescriptor } from "../descriptor.ts";
import { O_RDONLY } from "../layout.ts";
import { libc, succeeded } from "../libc.ts";
import { cString } from "../memory.ts";
import { countOpenDescriptors } from "../mod.ts";

const file = cString("/proc/version");
const openOne = () => succeeded(libc().open(file, O_RDONLY), "open", "/proc/version");

const before = countOpenDescriptors();
const opened = Array.from({ length: 700 }, openOne);
const during = countOpenDescriptors();
opened.forEach(closeDescriptor);
const report = { before, more: during - before, left: countOpenDescriptors() - before };
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(report)));
