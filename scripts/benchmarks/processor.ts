/**
 * How much of the processor other processes use.
 *
 * @module
 */

/** How long a process has been on a processor, over all its threads that there are, in milliseconds. */
export function busyMs(pid: number): number {
  let nanoseconds = 0;
  for (const { name } of Deno.readDirSync(`/proc/${pid}/task`)) {
    try {
      const text = Deno.readTextFileSync(`/proc/${pid}/task/${name}/schedstat`);
      nanoseconds += Number(text.split(" ")[0]);
    } catch (error) {
      // A thread may end while we look.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return nanoseconds / 1e6;
}
