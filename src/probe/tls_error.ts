/**
 * What is wrong with a TLS handshake, in words.
 *
 * @module
 */

import type { PeerCertificate } from "node:tls";
import type { ChannelError } from "./channel.ts";
import { printable } from "./printable.ts";

/** By the code that the runtime gives, or a part of what it says. */
const words: readonly (readonly [RegExp, string])[] = [
  // So it calls an end of either sort.
  [/ECONNRESET|EPIPE/, "the server closed the connection"],
  [/WRONG_VERSION_NUMBER|InvalidContentType/, "the server does not speak TLS"],
  [/PROTOCOL_VERSION|Tls12Or13/, "the server does not speak TLS 1.2 or above"],
  [/NO_APPLICATION_PROTOCOL|NoApplicationProtocol/, "the server does not speak HTTP/1.1"],
];

/** One line on why a handshake was not completed. */
export function describeTlsError({ code = "", message }: ChannelError): string {
  const known = words.find(([pattern]) => pattern.test(`${code} ${message}`));
  return known?.[1] ?? printable(message);
}

/** Options of {@link describeMistrust}. */
export interface MistrustOptions {
  /** The code that the runtime gives. */
  readonly code: string;
  /** What the certificate had to be for: a name or an address. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** One line on why a certificate is not trusted. */
export function describeMistrust(
  certificate: Partial<PeerCertificate>,
  { code, name, now }: MistrustOptions,
): string {
  const { valid_from: from = "", valid_to: to = "", issuer, subjectaltname = "" } = certificate;
  if (code === "DEPTH_ZERO_SELF_SIGNED_CERT") return "certificate is self-signed";
  if (Date.parse(to) < now) return `certificate expired on ${day(to)}`;
  if (Date.parse(from) > now) return `certificate is not valid before ${day(from)}`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const names = subjectaltname.replaceAll(/(DNS|IP Address):/g, "") || "no name";
    return `certificate is for ${printable(names)}, not for ${name}`;
  }
  if (code === "CERT_REVOKED") return "certificate was revoked";
  const authority = [issuer?.CN ?? issuer?.O ?? "unknown"].flat().join(", ");
  return `certificate is of an authority that is not trusted: ${printable(authority)}`;
}

function day(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}
