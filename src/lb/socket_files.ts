/**
 * VPP's socket files, by which a VPP that starts is noticed before it is time to try again.
 *
 * @module
 */

import type { Clock } from "../clock.ts";

/** A look costs some microseconds, and happens only while there is no connection. */
const lookEveryMs = 250;

/** A word for the files that are at these paths: another word means that one was made or changed. */
export function socketFiles(paths: readonly string[]): string {
  return paths.map(describeFile).join(" ");
}

/**
 * Inode numbers are used again soon; together with the time at which the file was made they are not.
 * Who may use it counts as well: it takes no new VPP to mend that.
 */
function describeFile(path: string): string {
  try {
    const { dev, ino, mtime, mode, uid, gid } = Deno.statSync(path);
    return [dev, ino, mtime?.getTime(), mode, uid, gid].join(":");
  } catch {
    return "none";
  }
}

/** What to wait for. */
export interface SocketFilesWait {
  readonly paths: readonly string[];
  /** Looks at the files. Default: {@link socketFiles} of the paths. */
  readonly look?: () => string;
  /** What {@link socketFiles} said before the last try. */
  readonly before: string;
  readonly delayMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Waits for so long, or until the files are no longer what they were, which is checked four times a
 * second and never at once: resolves to whether that was so. Rejects with the signal's reason.
 */
export async function waitForSocketFiles(wait: SocketFilesWait): Promise<boolean> {
  const { paths, look = () => socketFiles(paths), before, delayMs, clock, signal } = wait;
  const dueMs = clock.monotonic() + delayMs;
  for (let restMs = delayMs; restMs > 0; restMs = dueMs - clock.monotonic()) {
    await clock.sleep(Math.min(lookEveryMs, restMs), { signal });
    if (look() !== before) return true;
  }
  return false;
}
