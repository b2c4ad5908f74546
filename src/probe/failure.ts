/**
 * Why there is no way to a server, in words.
 *
 * @module
 */

import type { Address } from "../config/mod.ts";
import { OsError } from "../os/mod.ts";

/** What a probe was to be sent from. */
export interface Origin {
  readonly source: Address | null;
  readonly netns: string | null;
}

/** What this machine lacks when it cannot probe, whatever the server does. */
const shortages: ReadonlySet<string> = new Set([
  ...["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"],
  // A full queue of packets to send, or no free port.
  "EAGAIN",
]);

/** How the kernel says that we may not. */
const forbidden: ReadonlySet<string> = new Set(["EPERM", "EACCES"]);

/** Whether the kernel refused for want of a capability. */
export function isForbidden({ code }: OsError): boolean {
  return forbidden.has(code);
}

/** Whether a failure says something about this program, and nothing about the server. */
export function isOurFault({ code, syscall }: OsError): boolean {
  // To `connect`, an address that is not available means that no port is free.
  if (syscall === "connect" && code === "EADDRNOTAVAIL") return true;
  return shortages.has(code) || (syscall === "socket" && forbidden.has(code));
}

/** The words that take the place of the system's, by what failed and how. */
const words: Readonly<Record<string, string>> = {
  "connect EINVAL": "connect: the route discards it (blackhole)",
  "connect EACCES": "connect: the route or the firewall prohibits it",
  "connect EPERM": "connect: the firewall prohibits it",
  "connect EHOSTUNREACH": "connect: host unreachable",
  "connect ENETUNREACH": "connect: no route to the network",
  "sendmsg EINVAL": "send: the route discards it (blackhole)",
  "sendmsg EACCES": "send: the route or the firewall prohibits it",
  "sendmsg EPERM": "send: the firewall prohibits it",
  "sendmsg EHOSTUNREACH": "send: host unreachable",
  "sendmsg ENETUNREACH": "send: no route to the network",
};

/** One line on why a probe could not be sent, or its connection not be made. */
export function describeFailure(error: OsError, { source, netns }: Origin): string {
  const { code, syscall } = error;
  if (syscall === "open" || syscall === "setns") return describeNamespace(error, netns ?? "");
  if (syscall === "bind" && source !== null) {
    const why = code === "EADDRNOTAVAIL" || code === "EINVAL"
      ? "not an address of this machine"
      : error.message;
    const where = netns === null ? "" : ` in network namespace ${netns}`;
    return `source ${source.text}: ${why}${where}`;
  }
  return words[`${syscall} ${code}`] ?? error.message;
}

function describeNamespace({ code, message }: OsError, netns: string): string {
  const subject = `network namespace ${netns}`;
  if (code === "ENOENT") return `${subject}: there is none of this name`;
  if (code === "EPERM") return `${subject}: may not be entered, which needs CAP_SYS_ADMIN`;
  if (code === "EINVAL") return `${subject}: the file of this name is none`;
  return `${subject}: ${message}`;
}

/**
 * What was caught, if it is a failure of the system.
 *
 * @throws Everything else, which is a fault of the program.
 */
export function osErrorOf(caught: unknown): OsError {
  if (caught instanceof OsError) return caught;
  throw caught;
}
