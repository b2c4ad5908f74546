/**
 * Paths of sockets that no socket can have.
 *
 * @module
 */

import { longestUnixPath } from "../os/mod.ts";

/** What is wrong with the path of a Unix socket, whoever listens there or not; undefined if nothing. */
export function findPathProblem(path: string): string | undefined {
  if (path === "") return "it is empty";
  const { length } = new TextEncoder().encode(path);
  if (length <= longestUnixPath) return undefined;
  return `it has ${length} bytes, and the path of a socket has ${longestUnixPath} at most`;
}
