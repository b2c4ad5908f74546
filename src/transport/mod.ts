/**
 * Byte streams: where a server is, listening there, and connecting to it.
 *
 * @module
 */

export type { TlsClientSettings } from "./client_tls.ts";
export { dial, type DialOptions } from "./dial.ts";
export { DialError, type DialErrorCode } from "./dial_error.ts";
export { formatHostPort, type HostPort, parseHostPort } from "./host_port.ts";
export {
  type IncomingConnection,
  listen,
  type Listener,
  type ListenOptions,
  type ListenProblem,
  onHost,
} from "./listen.ts";
export { ListenError, type ListenErrorCode, listenErrorOf } from "./listen_error.ts";
export {
  formatServerAddress,
  parseServerAddress,
  parseServerAddresses,
  type ServerAddress,
} from "./server_address.ts";
export { prepareServerTls } from "./prepare_server_tls.ts";
export { type ServerTls, type TlsServerSettings, TlsSettingsError } from "./server_tls.ts";
export type { Transport } from "./transport.ts";
