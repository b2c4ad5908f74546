/**
 * Where to listen: `:9091`, `127.0.0.1:9091`, `localhost:9091` or `[::1]:9091`.
 *
 * @module
 */

import { parseAddress, type Parsed } from "../config/mod.ts";

/** A host and a port to listen on. */
export interface ListenAddress {
  /** A name or an address; empty = all addresses of both families. */
  readonly host: string;
  /** 0 = one that is free. */
  readonly port: number;
}

/** Reads where to listen. */
export function parseListenAddress(text: string): Parsed<ListenAddress> {
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
export function formatListenAddress({ host, port }: ListenAddress): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
