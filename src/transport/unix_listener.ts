/**
 * Listening at the path of a Unix socket, where something may be already.
 *
 * @module
 */

import { ListenError } from "./listen_error.ts";

/** The socket's mode is 0660: who is to connect is made a member of its group. */
const umaskForSocket = 0o117;

/** A Unix socket that is listened on. */
export interface UnixListener {
  readonly listener: Deno.UnixListener;
  /**
   * Ends it, and removes its file, but nothing that took its place. `accepting` settles when nothing
   * waits for a caller any more.
   */
  close(accepting: Promise<void>): Promise<void>;
}

/**
 * Listens at a path. A socket that a dead process left there makes room.
 *
 * @throws {ListenError} Something else is there, or a living process listens there.
 */
export async function listenOnUnix(path: string): Promise<UnixListener> {
  await makeRoom(path);
  const listener = bind(path);
  const made = identityAt(path);
  const close = async (accepting: Promise<void>) => {
    // The runtime removes whatever is at the path when the last accept has ended, so what is not ours
    // steps aside until then.
    const aside = `${path}.aside`;
    const isAside = identityAt(path) !== made && moved(path, aside);
    listener.close();
    await accepting;
    if (isAside) moved(aside, path);
  };
  return { listener, close };
}

/** Nothing else runs between the two changes of the mask, and the file is born with its mode. */
function bind(path: string): Deno.UnixListener {
  const umask = Deno.umask(umaskForSocket);
  try {
    return Deno.listen({ transport: "unix", path });
  } finally {
    Deno.umask(umask);
  }
}

/** Removes a socket on which nobody listens. */
async function makeRoom(path: string): Promise<void> {
  const found = lookAt(path);
  if (found === null) return;
  const where = `unix:${path}`;
  if (!found.isSocket) {
    throw new ListenError(where, "NO_SOCKET", "what is there is no socket, so it is left alone");
  }
  if (await isListenedOn(path)) {
    throw new ListenError(where, "IN_USE", "another process listens there");
  }
  Deno.removeSync(path);
}

/** @throws {Error} It cannot be told. */
async function isListenedOn(path: string): Promise<boolean> {
  try {
    const conn = await Deno.connect({ transport: "unix", path });
    conn.close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    // Its queue is full, which takes somebody who listens.
    if (error instanceof Deno.errors.WouldBlock) return true;
    throw error;
  }
}

function lookAt(path: string): Deno.FileInfo | null {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function identityAt(path: string): string | null {
  try {
    const { dev, ino } = Deno.lstatSync(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/** Moves a file, but over nothing. */
function moved(from: string, to: string): boolean {
  try {
    if (lookAt(to) !== null) return false;
    Deno.renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}
