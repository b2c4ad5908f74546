/**
 * Whether certificates and keys can be used, found out before the first connection does.
 *
 * @module
 */

import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { TlsSettingsError } from "./server_tls.ts";

/** A certificate and its key, in PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/**
 * Checks a certificate and its key. Returns warnings.
 *
 * @throws {TlsSettingsError} One is not PEM, or they do not belong together.
 */
export function checkKeyPair({ certificate, key }: KeyPair, nowMs: number): readonly string[] {
  const [first] = readCertificates(certificate, "certificate");
  if (first?.checkPrivateKey(readKey(key)) !== true) {
    throw new TlsSettingsError("the key is not that of the certificate");
  }
  return warnings(first, nowMs);
}

/**
 * Checks the certificates of authorities.
 *
 * @throws {TlsSettingsError} They are not PEM, or there is none.
 */
export function checkAuthorities(text: string, what: string): void {
  readCertificates(text, what);
}

function readCertificates(text: string, what: string): readonly X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new TlsSettingsError(`the ${what} is no certificate in PEM`);
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch (error) {
    throw new TlsSettingsError(`the ${what} cannot be read`, { cause: error });
  }
}

function readKey(text: string): KeyObject {
  if (/ENCRYPTED/.test(text)) {
    throw new TlsSettingsError("the key is encrypted: it must be one without a passphrase");
  }
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw new TlsSettingsError("the key is no private key in PEM", { cause: error });
  }
}

function warnings({ validFrom, validTo }: X509Certificate, nowMs: number): readonly string[] {
  if (Date.parse(validTo) < nowMs) return [`the certificate expired on ${dayOf(validTo)}`];
  if (Date.parse(validFrom) > nowMs) {
    return [`the certificate is not valid before ${dayOf(validFrom)}`];
  }
  return [];
}

/** The day of a time as certificates are shown with. */
export function dayOf(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? "an unknown day" : new Date(ms).toISOString().slice(0, 10);
}
