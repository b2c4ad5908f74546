/**
 * What the head of a message must be for the message to be well formed (RFC 9113, section 8).
 *
 * @module
 */

import type { Header } from "./hpack/mod.ts";

/** The pseudo-headers that a kind of head has to have, and may have. */
const pseudoHeaders = {
  request: { needed: [":method", ":scheme", ":path"], allowed: [":authority"] },
  response: { needed: [":status"], allowed: [] },
  trailers: { needed: [], allowed: [] },
} as const;

/** Headers that speak of a connection, which HTTP/2 has no use for. */
const connectionHeaders = new Set([
  ...["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"],
]);

/** What is wrong with a head; undefined = nothing. */
export function headProblem(
  kind: keyof typeof pseudoHeaders,
  headers: readonly Header[],
): string | undefined {
  const needed: readonly string[] = pseudoHeaders[kind].needed;
  const allowed: readonly string[] = pseudoHeaders[kind].allowed;
  const seen = new Set<string>();
  let isPastPseudo = false;
  for (const [name, value] of headers) {
    if (name.startsWith(":")) {
      if (!needed.includes(name) && !allowed.includes(name)) return `there is no ${name} here`;
      if (isPastPseudo) return `${name} comes after other headers`;
      if (seen.has(name)) return `${name} comes twice`;
      seen.add(name);
      continue;
    }
    isPastPseudo = true;
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) return "a name is none, or in capitals";
    if (/[\0\r\n]/.test(value)) return `${name} has a line break`;
    if (connectionHeaders.has(name)) return `${name} is not for HTTP/2`;
    if (name === "te" && value !== "trailers") return "te may only be trailers";
  }
  const missing = needed.find((name) => !seen.has(name));
  if (missing !== undefined) return `${missing} is missing`;
  return headers.some(([name, value]) => name === ":path" && value === "")
    ? ":path is empty"
    : undefined;
}

/** The first value of a header. */
export function valueOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([each]) => each === name)?.[1];
}
