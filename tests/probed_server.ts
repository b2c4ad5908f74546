/**
 * Servers for end-to-end tests of probes: each takes connections, notes who came and what was asked,
 * and behaves well or badly, as it was told to.
 *
 * @module
 */

import { createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import { certificateFiles, type CertificateName } from "./certificates.ts";

/** A port that a test can connect to until it is closed. */
export interface TestPort extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** Gives everything back, whatever is connected. Harmless a second time. */
  close(): Promise<void>;
}

/** A server, and what it has seen since its start. */
export interface ProbedServer extends TestPort {
  readonly connections: number;
  /** The source address of each connection. */
  readonly peers: readonly string[];
  /**
   * The TLS handshakes that were completed. A client of TLS 1.3 is done before the server is: one that
   * resets the connection at once is not among them.
   */
  readonly handshakes: readonly Handshake[];
  /** The head of the first request of each connection, to the blank line and with it. */
  readonly requests: readonly string[];
}

/** What a client and the server agreed on in a TLS handshake. */
export interface Handshake {
  /** The name that the client asked for (SNI). */
  readonly serverName: string | undefined;
  /** The protocol by ALPN. The server knows `http/1.1` alone. */
  readonly protocol: string | undefined;
}

/** One connection, as a behaviour sees it. */
export interface Connection {
  /** What the client reads and writes, inside of TLS where there is TLS. */
  readonly stream: Socket;
  /** Ends the connection by an RST. */
  reset(): void;
}

/** What a server does once on each connection, and when. It is silent before, and reads all the time. */
export interface Behaviour {
  /** When it acts: with the connection (or TLS) there, after the first bytes, or after a request. */
  readonly upon: "connection" | "first bytes" | "request";
  readonly act: (connection: Connection) => void;
}

/** Options of {@link startServer}. */
export interface ServerOptions {
  /** Where to listen. Default: 127.0.0.1. */
  readonly address?: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** Speaks TLS with this certificate. Default: no TLS. */
  readonly certificate?: CertificateName | undefined;
}

/** The loopback addresses: the first is 127.0.0.1, the last ::1 on a machine that has IPv6. */
export const loopbacks: readonly string[] = ["127.0.0.1", ...canListen("::1") ? ["::1"] : []];

/** Of connections without number, so many are noted. */
const MOST_NOTES = 1_000;

/** What does not end within so much is no head of a request. */
const LARGEST_HEAD_BYTES = 65_536;

/** Starts a server that behaves so. */
export async function startServer(
  behaviour: Behaviour,
  { address = "127.0.0.1", port = 0, certificate }: ServerOptions = {},
): Promise<ProbedServer> {
  const sockets = new Set<Socket>();
  const peers: string[] = [];
  const handshakes: Handshake[] = [];
  const requests: string[] = [];
  const secured = certificate === undefined ? undefined : securing(certificate, handshakes);
  let connections = 0;

  const server = createServer((socket) => {
    connections++;
    note(peers, socket.remoteAddress ?? "");
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", ignore);
    const stream = secured?.(socket) ?? socket;
    behave(behaviour, { stream, reset: () => void socket.resetAndDestroy() }, requests);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });

  const bound = server.address();
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    address,
    port: typeof bound === "object" && bound !== null ? bound.port : port,
    get connections() {
      return connections;
    },
    peers,
    handshakes,
    requests,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Returns what makes a TLS server's end of a TCP connection. */
function securing(name: CertificateName, handshakes: Handshake[]): (socket: Socket) => TLSSocket {
  const { certPath, keyPath } = certificateFiles(name);
  const secureContext = createSecureContext({
    cert: Deno.readTextFileSync(certPath),
    key: Deno.readTextFileSync(keyPath),
  });
  return (socket) => {
    const stream = new TLSSocket(socket, {
      isServer: true,
      secureContext,
      ALPNProtocols: ["http/1.1"],
    });
    stream.on("error", ignore);
    stream.once("secure", () => {
      const { servername, alpnProtocol } = stream as { servername?: string | null } & TLSSocket;
      note(handshakes, {
        serverName: servername || undefined,
        protocol: alpnProtocol || undefined,
      });
    });
    return stream;
  };
}

function behave({ upon, act }: Behaviour, connection: Connection, requests: string[]): void {
  const { stream } = connection;
  let head = "";
  const read = (text: string) => {
    if (head === "" && upon === "first bytes") act(connection);
    head += text;
    const end = head.indexOf("\r\n\r\n");
    if (end < 0 && head.length < LARGEST_HEAD_BYTES) return;
    stream.off("data", read).resume();
    if (end < 0) return;
    note(requests, head.slice(0, end + 4));
    if (upon === "request") act(connection);
  };
  stream.setEncoding("latin1").on("data", read);
  if (upon !== "connection") return;
  if (stream instanceof TLSSocket) stream.once("secure", () => act(connection));
  else act(connection);
}

function canListen(hostname: string): boolean {
  try {
    Deno.listen({ hostname, port: 0 }).close();
    return true;
  } catch {
    return false;
  }
}

function note<T>(notes: T[], value: T): void {
  if (notes.length < MOST_NOTES) notes.push(value);
}

/** Clients come and go as they like, and servers are told to do what no client likes. */
function ignore(): void {}
