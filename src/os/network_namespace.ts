/**
 * Network namespaces: what a thread opens belongs to the namespace that the thread is in.
 *
 * @module
 */

import { closeDescriptor, closeOnError } from "./descriptor.ts";
import { CLONE_NEWNET, O_CLOEXEC, O_NONBLOCK, O_RDONLY } from "./layout.ts";
import { libc, succeeded } from "./libc.ts";
import { cString } from "./memory.ts";

/** Where `ip netns` keeps the namespaces that have a name. */
const NAMED = "/var/run/netns/";

/** The namespace that the calling thread is in. */
const OWN = "/proc/thread-self/ns/net";

/**
 * The thread could not go back to its network namespace. It is in the wrong one now, where nothing
 * that it opens is what it seems: the process should end.
 */
export class NamespaceLostError extends Error {
  override readonly name = "NamespaceLostError";
  readonly code = "NAMESPACE_LOST";
}

/** A stay in another network namespace. */
export interface NetworkNamespaceVisit {
  /**
   * Goes back to where the thread was before. Harmless a second time.
   *
   * @throws {NamespaceLostError} The way back is barred.
   */
  leave(): void;
}

/**
 * Moves the calling thread, and no other, into a network namespace: one that `ip netns` knows by
 * that name, or the file of one. Threads of the runtime do not come along, so that names must not be
 * looked up afterwards.
 *
 * @throws {OsError} There is no such namespace, or it may not be entered: that needs CAP_SYS_ADMIN.
 * @throws {RangeError} The name is none.
 */
export function enterNetworkNamespace(nameOrPath: string): NetworkNamespaceVisit {
  const path = namespacePath(nameOrPath);
  const previous = openNamespace(OWN);
  closeOnError(previous, () => {
    const wanted = openNamespace(path);
    try {
      enter(wanted, path);
    } finally {
      closeDescriptor(wanted);
    }
  });
  let left = false;
  const leave = () => {
    if (left) return;
    try {
      enter(previous, OWN);
    } catch (cause) {
      const message = "the thread cannot go back to its network namespace";
      throw new NamespaceLostError(message, { cause });
    }
    left = true;
    closeDescriptor(previous);
  };
  return { leave };
}

/**
 * Runs a function with the calling thread in a network namespace, and goes back whatever happens.
 * The function must be synchronous, because all else that the thread does meanwhile would be done in
 * there. Sockets that it opens stay in the namespace, and work from outside.
 *
 * @throws {OsError} There is no such namespace, or it may not be entered: that needs CAP_SYS_ADMIN.
 * @throws {RangeError} The name is none.
 * @throws {NamespaceLostError} The way back is barred.
 */
export function withNetworkNamespace<T>(
  nameOrPath: string,
  act: () => T extends PromiseLike<unknown> ? never : T,
): T {
  const visit = enterNetworkNamespace(nameOrPath);
  try {
    return act();
  } finally {
    visit.leave();
  }
}

/**
 * What tells a network namespace from a later one of the same name, or undefined if there is none.
 *
 * @throws {RangeError} The name is none.
 */
export function networkNamespaceIdentity(nameOrPath: string): string | undefined {
  const path = namespacePath(nameOrPath);
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}

function namespacePath(nameOrPath: string): string {
  if (nameOrPath.startsWith("/")) return nameOrPath;
  if (!/^(?!\.{1,2}$)[^/]+$/.test(nameOrPath)) {
    const hint = "write the name that `ip netns` knows, or a path from /";
    throw new RangeError(`${JSON.stringify(nameOrPath)} names no network namespace: ${hint}`);
  }
  return NAMED + nameOrPath;
}

function openNamespace(path: string): number {
  return succeeded(libc().open(cString(path), O_RDONLY | O_NONBLOCK | O_CLOEXEC), "open", path);
}

function enter(namespace: number, path: string): void {
  succeeded(libc().setns(namespace, CLONE_NEWNET), "setns", path);
}
