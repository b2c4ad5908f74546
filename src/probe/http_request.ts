/**
 * What a probe asks for.
 *
 * @module
 */

import type { Address, Probe } from "../config/mod.ts";
import { build } from "../version.ts";

type HttpProbe = Extract<Probe, { readonly type: "http" | "https" }>;

/** The ports that go without saying. */
const usualPorts: Readonly<Record<HttpProbe["type"], number>> = { http: 80, https: 443 };

/** The bytes of the request that a probe sends to a server. */
export function httpRequest(
  { type, port, http: { path, host } }: Pick<HttpProbe, "type" | "port" | "http">,
  address: Address,
): Uint8Array<ArrayBuffer> {
  const name = address.family === 6 ? `[${address.text}]` : address.text;
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host ?? (port === usualPorts[type] ? name : `${name}:${port}`)}`,
    `User-Agent: maglev/${build.version}`,
    "Accept: */*",
    "Connection: close",
  ];
  // The configuration lets nothing through that would begin another line.
  const end = lines.findIndex((line) => /[\r\n\0]/.test(line));
  if (end >= 0) throw new RangeError(`${JSON.stringify(lines[end])} is more than one line`);
  return new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`);
}
