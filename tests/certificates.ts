/**
 * The certificates of servers in tests. `fixtures/certificates/README.md` says how they were made.
 *
 * @module
 */

const folder = new URL("fixtures/certificates/", import.meta.url).pathname;

/** Which certificate a server has. All but `other-name` are for ok.test, 127.0.0.1 and ::1. */
export type CertificateName =
  | "ok"
  | "self-signed"
  | "expired"
  | "not-yet-valid"
  | "other-name"
  | "without-intermediate";

/** The files of a server's certificate and its private key. */
export interface CertificateFiles {
  readonly certPath: string;
  readonly keyPath: string;
}

/** The file of the authority that signed all but the self-signed one, for clients that trust it. */
export const authorityPath: string = `${folder}ca.pem`;

/** The authority between {@link authorityPath} and `without-intermediate`, which no server sends. */
export const intermediatePath: string = `${folder}intermediate.pem`;

/** Says where a certificate is. */
export function certificateFiles(name: CertificateName): CertificateFiles {
  return { certPath: `${folder}${name}.pem`, keyPath: `${folder}server-key.pem` };
}
