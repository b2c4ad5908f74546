/**
 * A copy of this machine's files to install things into: what is written there is gone at the end, and
 * never was anywhere else. It has a loopback interface of its own as well, on which all ports are free.
 *
 * @module
 */

import type { Outcome } from "./program.ts";

/** The copy, as long as it lasts. */
export interface ScratchRoot {
  /** Runs commands of a POSIX shell in it; `/mnt` is the folder that was given. */
  readonly run: (commands: string) => Promise<Outcome>;
}

/** Puts a file system over this machine's, in namespaces of its own, and keeps it until stdin ends. */
const keeper = `set -e
mount -t tmpfs none "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay none -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
mount --bind "$2" "$1/root/mnt"
mount --rbind /dev "$1/root/dev"
mount -t proc none "$1/root/proc"
mount -t tmpfs none "$1/root/run"
ip link set lo up
echo there
exec cat`;

/** Whether a copy can be made here: it takes root, and a kernel with overlays. */
export const canMakeScratchRoots: boolean = await withFolder((folder) =>
  withScratchRoot(folder, async ({ run }) => (await run("true")).code === 0)
).catch(() => false);

/** Makes a copy for as long as it is used. */
export async function withScratchRoot<T>(
  folder: string,
  use: (root: ScratchRoot) => Promise<T>,
): Promise<T> {
  return await withFolder(async (mounted) => {
    const process = new Deno.Command("unshare", {
      args: ["--mount", "--net", "sh", "-c", keeper, "sh", mounted, folder],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    try {
      const reader = process.stdout.getReader();
      const { done } = await reader.read();
      reader.releaseLock();
      if (done) throw new Error("no scratch root can be made here");
      const enter = ["--target", `${process.pid}`, "--mount", "--net", "chroot", `${mounted}/root`];
      return await use({ run: (commands) => toEnd("nsenter", [...enter, "sh", "-c", commands]) });
    } finally {
      await process.stdin.close();
      await process.stdout.cancel();
      await process.status;
    }
  });
}

/** Makes a folder that is gone after its use. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "maglev-package-" });
  try {
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs a program to its end. */
export async function toEnd(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    env: { LC_ALL: "C.UTF-8", ...env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}
