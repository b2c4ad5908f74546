/**
 * Web servers that can be killed and started again, all on one port, each at an address of its own.
 *
 * @module
 */

/** Web servers, by name. */
export interface WebServers<Name extends string> {
  readonly port: number;
  /** Whoever connects is refused from then on. Harmless for one that is dead. */
  kill(...names: readonly Name[]): Promise<void>;
  /**
   * Starts those that were killed.
   *
   * @throws {Deno.errors.AddrInUse} Somebody else has taken the port.
   */
  start(...names: readonly Name[]): void;
  /** Kills them all. */
  stop(): Promise<void>;
}

/** How many ports are tried, each of which may be taken at one of the addresses. */
const mostPorts = 20;

/**
 * Starts a web server at each of the addresses, on some port that is free at all of them.
 *
 * @throws {Error} An address is none of this machine, or no port is free.
 */
export async function startWebServers<Name extends string>(
  addresses: Readonly<Record<Name, string>>,
): Promise<WebServers<Name>> {
  const running = new Map<Name, RunningServer>();
  const names = Object.keys(addresses) as Name[];
  let port = 0;

  const start = (...names: readonly Name[]) => {
    for (const name of names) {
      const server = serve(name, addresses[name], port);
      port = server.port;
      running.set(name, server);
    }
  };
  const kill = async (...names: readonly Name[]) => {
    for (const name of names) {
      const server = running.get(name);
      running.delete(name);
      await server?.kill();
    }
  };
  const stop = () => kill(...names);

  for (let tried = 1;; tried++) {
    try {
      start(...names);
      break;
    } catch (error) {
      await stop();
      if (!(error instanceof Deno.errors.AddrInUse) || tried === mostPorts) throw error;
      port = 0;
    }
  }
  return { port, kill, start, stop };
}

interface RunningServer {
  readonly port: number;
  kill(): Promise<void>;
}

function serve(name: string, hostname: string, port: number): RunningServer {
  const end = new AbortController();
  const server = Deno.serve({
    ...{ hostname, port, signal: end.signal },
    onListen: () => {},
    handler: () => new Response(`${name} is well\n`),
  });
  const kill = async () => {
    end.abort();
    await server.finished;
  };
  return { port: server.addr.port, kill };
}
