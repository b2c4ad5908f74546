/**
 * Small servers at addresses of this machine, on one port, that are broken and mended all day. They
 * cost as little as a server can, because there are a hundred thousand probes of them.
 *
 * @module
 */

/** What a server does: refused means that nobody listens; the silent one listens and never answers. */
export type Mode = "answers" | "says 301" | "says 503" | "silent" | "refused";

/** Servers that run. */
export interface LoopbackSite extends AsyncDisposable {
  readonly port: number;
  /** How many connections they took. */
  readonly connections: number;
  change(address: string, mode: Mode): void;
}

/** A server for probes over TCP needs to take connections only, and the rest is for HTTP. */
export type Speaks = "tcp" | "http";

interface Server {
  readonly speaks: Speaks;
  mode: Mode;
  listener: Deno.Listener | null;
  ended: Promise<void>;
}

const encoder = new TextEncoder();
const answers = {
  "answers": encoder.encode("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"),
  "says 301": encoder.encode(
    "HTTP/1.1 301 Moved Permanently\r\nLocation: https://www.example.net/\r\nContent-Length: 0\r\n\r\n",
  ),
  "says 503": encoder.encode("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
} as const;

/** Starts servers at IPv4 loopback addresses, on some port unless told on which. */
export function startLoopbackSite(
  speaks: Readonly<Record<string, Speaks>>,
  port = 0,
): LoopbackSite {
  const servers = new Map<string, Server>();
  let connections = 0;

  const serve = async (server: Server, listener: Deno.Listener) => {
    const buffer = new Uint8Array(4_096);
    for (;;) {
      const connection = await accept(listener);
      if (connection === "closed") return;
      connections++;
      if (connection === "gone") continue;
      if (server.speaks === "tcp") connection.close();
      else answer(server, connection, buffer).catch(() => {}).finally(() => connection.close());
    }
  };
  const listen = (hostname: string, server: Server) => {
    const listener = Deno.listen({ hostname, port });
    port = (listener.addr as Deno.NetAddr).port;
    server.listener = listener;
    server.ended = serve(server, listener);
  };

  for (const [address, kind] of Object.entries(speaks)) {
    const server: Server = {
      speaks: kind,
      mode: "answers",
      listener: null,
      ended: Promise.resolve(),
    };
    servers.set(address, server);
    listen(address, server);
  }
  return {
    get port() {
      return port;
    },
    get connections() {
      return connections;
    },
    change: (address, mode) => {
      const server = servers.get(address);
      if (server === undefined) throw new RangeError(`there is no server at ${address}`);
      server.mode = mode;
      if (mode === "refused") {
        server.listener?.close();
        server.listener = null;
      } else if (server.listener === null) {
        listen(address, server);
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const { listener } of servers.values()) listener?.close();
      await Promise.all(Array.from(servers.values(), ({ ended }) => ended));
    },
  };
}

/** The next client, unless the listener is closed, or the client has gone already. */
async function accept(listener: Deno.Listener): Promise<Deno.Conn | "closed" | "gone"> {
  try {
    return await listener.accept();
  } catch (error) {
    if (error instanceof Deno.errors.NotConnected) return "gone";
    if (error instanceof Deno.errors.BadResource) return "closed";
    throw error;
  }
}

async function answer(
  { mode }: Server,
  connection: Deno.Conn,
  buffer: Uint8Array,
): Promise<void> {
  await connection.read(buffer);
  if (mode !== "silent" && mode !== "refused") await connection.write(answers[mode]);
  // Until the client has gone.
  else await connection.read(buffer);
}
