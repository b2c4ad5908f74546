/**
 * A host and a port, as one writes them: `:9091`, `127.0.0.1:9091`, `localhost:9091` or `[::1]:9091`.
 *
 * @module
 */

// Not by the room's mod.ts, which reads YAML: a client should not wait for that.
import { parseAddress } from "../config/address.ts";
import type { Parsed } from "../config/mod.ts";

/** A host and a port. */
export interface HostPort {
  /** A name or an address; empty = all addresses of both families, or to connect to, this machine. */
  readonly host: string;
  /** 0 = one that is free, where it is to listen on. */
  readonly port: number;
}

/** Reads a host and a port. */
export function parseHostPort(text: string): Parsed<HostPort> {
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(text);
  const [, bracketed, plain = "", digits = ""] = match ?? [];
  if (match === null) return { problem: 'no host:port, like ":9091" or "[::1]:9091"' };
  if (!/^\d{1,5}$/.test(digits) || Number(digits) > 65_535) {
    return { problem: `no host:port, as ${JSON.stringify(digits)} is no port from 0 to 65535` };
  }
  const port = Number(digits);
  if (bracketed === undefined) {
    if (/^[a-z0-9._-]*$/i.test(plain)) return { value: { host: plain, port } };
    return { problem: `no host:port, as ${JSON.stringify(plain)} is no host` };
  }
  const address = parseAddress(bracketed);
  if ("value" in address && address.value.family === 6) return { value: { host: bracketed, port } };
  return { problem: `no host:port, as ${JSON.stringify(bracketed)} is no IPv6 address` };
}

/** The text of a host and a port. */
export function formatHostPort({ host, port }: HostPort): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
