/**
 * Makes a server's settings for TLS ready. What does the work is loaded only when it is asked for.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { ServerTls, TlsServerSettings } from "./server_tls.ts";

/**
 * Makes settings ready for use.
 *
 * @throws {TlsSettingsError} Something is not PEM, or the key is not that of the certificate.
 */
export async function prepareServerTls(
  settings: TlsServerSettings,
  clock: Pick<Clock, "now">,
): Promise<ServerTls> {
  const { serverTls } = await import("./tls_server.ts");
  return serverTls(settings, clock);
}
