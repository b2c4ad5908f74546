/**
 * What a TCP server does to a client that begins a TLS handshake with it: anything but complete it.
 * See {@link startServer}; these are for servers without a certificate. A server that neither answers
 * nor closes is {@link staysSilent}, and one that speaks HTTP in the clear {@link speaksPlainHttp}.
 *
 * @module
 */

import type { Behaviour } from "./probed_server.ts";
import { says } from "./server_behaviours.ts";

/** Closes by a FIN when the client has begun. */
export const closesInHandshake: Behaviour = {
  upon: "first bytes",
  act: ({ stream }) => stream.end(),
};

/** Closes by an RST when the client has begun. */
export const resetsInHandshake: Behaviour = { upon: "first bytes", act: ({ reset }) => reset() };

/** Takes what the client sends for an HTTP request, as nginx does, and says so in HTTP. */
export const speaksPlainHttp: Behaviour = says(
  "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
  { upon: "first bytes" },
);

/**
 * Knows TLS 1.0 alone, and refuses a client that does not offer it: a fatal alert, protocol_version.
 * OpenSSL and nginx answer so when the client lists the versions that it knows.
 */
export const refusesAboveTls10: Behaviour = says(
  Uint8Array.of(21, 3, 3, 0, 2, 2, 70),
  { upon: "first bytes" },
);

/** Knows TLS 1.0 alone, and chooses it, as servers do that are too old to read such a list. */
export const choosesTls10: Behaviour = {
  upon: "first bytes",
  act: ({ stream }) => stream.write(serverHello({ minor: 1, suite: 0xc013 })),
};

/** Begins a TLS 1.2 handshake properly, and falls silent after its first message. */
export const stopsInHandshake: Behaviour = {
  upon: "first bytes",
  act: ({ stream }) => stream.write(serverHello({ minor: 3, suite: 0xc02b })),
};

/** The message by which a server chooses TLS 1.`minor - 1` and a cipher suite, in a record. */
function serverHello({ minor, suite }: { minor: number; suite: number }): Uint8Array {
  const random = Array.from({ length: 32 }, (_, index) => index);
  // Clients of OpenSSL go no further with a server that does not know this extension.
  const secureRenegotiation = [0, 5, 255, 1, 0, 1, 0];
  const hello = [3, minor, ...random, 0, suite >> 8, suite & 255, 0, ...secureRenegotiation];
  return Uint8Array.of(22, 3, minor, 0, hello.length + 4, 2, 0, 0, hello.length, ...hello);
}
