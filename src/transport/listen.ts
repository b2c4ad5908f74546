/**
 * Listening on TCP and Unix sockets, with TLS or without.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { connTransport, sendAtOnce } from "./conn_transport.ts";
import { formatHostPort } from "./host_port.ts";
import { listenErrorOf } from "./listen_error.ts";
import { formatServerAddress, type ServerAddress } from "./server_address.ts";
import type { ServerTls } from "./server_tls.ts";
import type { Transport } from "./transport.ts";
import { listenOnUnix } from "./unix_listener.ts";

/** Options of {@link listen}. */
export interface ListenOptions {
  readonly address: ServerAddress;
  /** Without it, and on a Unix socket, what is spoken is not encrypted. */
  readonly tls?: ServerTls | undefined;
  readonly clock: Pick<Clock, "setTimer" | "sleep">;
  /** Hears of every caller, behind TLS when the handshake is done. Must not throw. */
  onConnection(connection: IncomingConnection): void;
  /** Hears of callers that were refused, and of connections that could not be accepted. */
  onProblem(problem: ListenProblem): void;
}

/** A connection that somebody made to us. Whoever gets it closes it. */
export interface IncomingConnection {
  readonly transport: Transport;
  /** `192.0.2.1:4711`, `[2001:db8::1]:4711`, `web-admin (192.0.2.1:4711)` or `unix`. */
  readonly caller: string;
}

/** Something went wrong with one caller; or with all, then the caller is our own address. */
export interface ListenProblem {
  readonly caller: string;
  readonly message: string;
}

/** An address that is listened on. */
export interface Listener {
  /** Where it listens; the port is the true one. */
  readonly address: ServerAddress;
  /** Has later connections use these settings, where TLS is used at all. */
  setTls(tls: ServerTls): void;
  /**
   * Accepts no more, cuts the handshakes that are under way, and removes the Unix socket's file.
   * Connections that were handed out live on.
   */
  close(): Promise<void>;
}

/** How long a failed accept is not tried again: most fail for want of descriptors. */
const acceptPauseMs = 250;

/** Handshakes at a time, which strangers can start: the oldest makes room for the next. */
const mostHandshakes = 64;

/**
 * Starts to listen.
 *
 * @throws {ListenError} The address is in use, is none of this machine, is a file that is no socket, …
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const bound = await bind(options.address);
  const closing = new AbortController();
  const welcome = welcoming(options, closing.signal);
  const accepting = accept(bound, options, { welcome: welcome.conn, signal: closing.signal });
  return {
    address: bound.address,
    setTls: welcome.setTls,
    close: async () => {
      if (closing.signal.aborted) return await accepting;
      closing.abort();
      await bound.close(accepting);
    },
  };
}

interface Bound {
  readonly listener: Deno.Listener;
  readonly address: ServerAddress;
  close(accepting: Promise<void>): Promise<void>;
}

async function bind(address: ServerAddress): Promise<Bound> {
  try {
    if (address.kind === "unix") return { ...await listenOnUnix(address.path), address };
    const { host, port } = address;
    const listener = onHost(host, (hostname) => Deno.listen({ hostname, port }));
    const { addr } = listener;
    return {
      listener,
      address: { kind: "tcp", host: addr.hostname, port: addr.port },
      close: (accepting) => {
        listener.close();
        return accepting;
      },
    };
  } catch (error) {
    throw listenErrorOf(formatServerAddress(address), error);
  }
}

/** Listens on a host; without one on all addresses, of IPv4 alone where there is no IPv6. */
export function onHost<T>(host: string, listenOn: (hostname: string) => T): T {
  if (host !== "") return listenOn(host);
  try {
    return listenOn("::");
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) throw error;
    return listenOn("0.0.0.0");
  }
}

/** Accepts until the signal aborts, come what may. */
async function accept(
  { listener, address }: Bound,
  { clock, onProblem }: ListenOptions,
  { welcome, signal }: { welcome(conn: Deno.Conn): void; readonly signal: AbortSignal },
): Promise<void> {
  let isFailing = false;
  while (!signal.aborted) {
    try {
      const conn = await listener.accept();
      isFailing = false;
      if (signal.aborted) conn.close();
      else welcome(conn);
    } catch (error) {
      if (signal.aborted) return;
      if (isOfCaller(error)) continue;
      // A lasting want is told once, not four times a second.
      const message = `cannot accept connections: ${messageOf(error)}`;
      if (!isFailing) onProblem({ caller: formatServerAddress(address), message });
      isFailing = true;
      await clock.sleep(acceptPauseMs, { signal }).catch(() => {});
    }
  }
}

/** Whether the caller had gone before it was accepted, which is no concern of the next one. */
function isOfCaller(error: unknown): boolean {
  const { NotConnected, ConnectionReset, ConnectionAborted } = Deno.errors;
  return [NotConnected, ConnectionReset, ConnectionAborted].some((kind) => error instanceof kind);
}

/** What becomes of a connection, between accepting it and handing it out. */
function welcoming(
  { address, clock, onConnection, onProblem, ...options }: ListenOptions,
  signal: AbortSignal,
) {
  let tls = address.kind === "unix" ? undefined : options.tls;
  /** The oldest first. */
  const handshakes = new Set<AbortController>();
  signal.addEventListener("abort", () => {
    for (const handshake of handshakes) handshake.abort("no more connections are accepted");
  });

  const secure = async (conn: Deno.Conn, from: string, serverTls: ServerTls) => {
    if (handshakes.size >= mostHandshakes) {
      const [oldest] = handshakes;
      oldest?.abort(`${mostHandshakes} TLS handshakes have begun since, and are under way`);
    }
    const handshake = new AbortController();
    handshakes.add(handshake);
    try {
      const { transport, name } = await serverTls.secure(conn, { clock, signal: handshake.signal });
      onConnection({ transport, caller: name === null ? from : `${name} (${from})` });
    } catch (error) {
      if (!signal.aborted) onProblem({ caller: from, message: messageOf(error) });
    } finally {
      handshakes.delete(handshake);
    }
  };

  return {
    setTls: (next: ServerTls) => {
      if (tls !== undefined) tls = next;
    },
    conn: (conn: Deno.Conn) => {
      const from = callerOf(conn);
      sendAtOnce(conn);
      if (tls === undefined) return onConnection({ transport: connTransport(conn), caller: from });
      void secure(conn, from, tls);
    },
  };
}

function callerOf({ remoteAddr: from }: Deno.Conn): string {
  if (!("hostname" in from)) return "unix";
  // A socket for both families shows IPv4 as IPv6.
  return formatHostPort({
    host: from.hostname.replace(/^::ffff:(?=[\d.]+$)/, ""),
    port: from.port,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
