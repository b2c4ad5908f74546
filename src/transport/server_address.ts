/**
 * Where a server is: `localhost:9090`, `:9090`, `[::1]:9090`, `unix:/run/maglev.sock`; or several such,
 * separated by commas.
 *
 * @module
 */

import type { Parsed } from "../config/mod.ts";
import { formatHostPort, type HostPort, parseHostPort } from "./host_port.ts";

/** A place to listen at, or to connect to. */
export type ServerAddress = TcpServerAddress | UnixServerAddress;

/** A host and a port. */
export interface TcpServerAddress extends HostPort {
  readonly kind: "tcp";
}

/** A Unix socket, by the path of its file. */
export interface UnixServerAddress {
  readonly kind: "unix";
  readonly path: string;
}

/** Reads an address. */
export function parseServerAddress(text: string): Parsed<ServerAddress> {
  if (text.startsWith("unix:")) return parseUnix(text.slice("unix:".length));
  const parsed = parseHostPort(text);
  return "value" in parsed ? { value: { kind: "tcp", ...parsed.value } } : parsed;
}

/** Reads addresses separated by commas. There is at least one, and none twice. */
export function parseServerAddresses(text: string): Parsed<readonly ServerAddress[]> {
  const addresses = new Map<string, ServerAddress>();
  for (const item of text.split(",").map((item) => item.trim())) {
    if (item === "") {
      return { problem: text.trim() === "" ? "empty" : "a list with nothing between two commas" };
    }
    const parsed = parseServerAddress(item);
    if ("problem" in parsed) {
      return item === text ? parsed : { problem: `a list in which "${item}" is ${parsed.problem}` };
    }
    const key = formatServerAddress(parsed.value);
    if (addresses.has(key)) return { problem: `a list in which ${key} stands twice` };
    addresses.set(key, parsed.value);
  }
  return { value: [...addresses.values()] };
}

/** The text of an address. */
export function formatServerAddress(address: ServerAddress): string {
  return address.kind === "unix" ? `unix:${address.path}` : formatHostPort(address);
}

/** Reads what follows `unix:`, a path, or a path behind the two slashes of a URL. */
function parseUnix(text: string): Parsed<ServerAddress> {
  const path = text.startsWith("//") ? text.slice(2) : text;
  if (path === "") return { problem: 'no path of a Unix socket, like "unix:/run/maglev.sock"' };
  if (path !== text && !path.startsWith("/")) {
    return { problem: `no path of a Unix socket: write "unix:${path}", or three slashes` };
  }
  if (path.includes("\0")) return { problem: "no path of a Unix socket, as it contains a NUL" };
  return { value: { kind: "unix", path } };
}
