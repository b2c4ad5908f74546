/**
 * All that the demo shows, in this process: web servers, a simulated VPP, and a daemon.
 *
 * @module
 */
import { loadConfig } from "../../config/mod.ts";
import { startDaemon } from "../../daemon/daemon.ts";
import { logger } from "../../log.ts";
import { formatHostPort, formatServerAddress } from "../../transport/mod.ts";
import { startSimulator } from "../../vpp/sim/server.ts";
import type { World } from "../command.ts";
import { type BackendMoment, watchBackends } from "./backend_moment.ts";
import { hastened } from "./hastened_clock.ts";
import type { Pace } from "./pace.ts";
import {
  offer,
  serverAddresses,
  type ServerName,
  service,
  siteConfiguration,
} from "./site_configuration.ts";
import { startWebServers, type WebServers } from "./web_servers.ts";

/** What the demo shows. */
export interface Site {
  readonly servers: WebServers<ServerName>;
  /** Where the daemon serves its API. */
  readonly apiAddress: string;
  readonly metricsAddress: string;
  /** The daemon's configuration file. */
  readonly file: string;
  /** Lets clients come, from the next second on. */
  letClientsCome(): void;
  look(): Promise<readonly BackendMoment[]>;
  /** Ends it all, and leaves nothing. */
  stop(): Promise<void>;
}

/** What a site needs of the world. */
export type SiteWorld = Pick<World, "clock" | "random" | "randomBytes" | "complain">;

/** Nobody supervises the daemon of the demo. */
const serviceManager = { reloading: () => () => {} };

/**
 * Starts it all, on ports and in a folder that nobody else has.
 *
 * @throws {Error} The system refused something: an address, a port, a file, a socket.
 */
export async function startSite(world: SiteWorld, pace: Pace): Promise<Site> {
  const { clock, random, randomBytes, complain } = world;
  await using started = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "maglev-demo-" });
  started.defer(() => Deno.remove(folder, { recursive: true }));
  const servers = await startWebServers(serverAddresses);
  started.defer(servers.stop);

  const vpp = { apiPath: `${folder}/api.sock`, statsPath: `${folder}/stats.sock` };
  const vppClock = hastened(clock, pace.vppSpeed);
  const simulator = await startSimulator({ ...vpp, profile: "weighted", clock: vppClock, random });
  started.defer(simulator.close);

  const file = `${folder}/maglev.yaml`;
  await Deno.writeTextFile(file, siteConfiguration(servers.port, pace));
  const loaded = await loadConfig(file);
  if (!loaded.ok) throw new Error(`the demo's own configuration is wrong: ${loaded.stage}`);
  const anyPort = { host: "127.0.0.1", port: 0 };
  const addresses = [{ kind: "tcp", ...anyPort }] as const;
  const daemon = await startDaemon({
    ...{ file, config: loaded.config, vpp, metrics: anyPort },
    api: { addresses, readOnlyAddresses: [], tls: null, hasReflection: true },
    ...{ clock, random, randomBytes, serviceManager },
    log: logger({ clock, level: "error", format: "text", sink: complained(complain) }),
  });
  started.defer(daemon.stop);

  const [apiAddress] = daemon.apiAddresses;
  const { metricsAddress } = daemon;
  if (apiAddress === undefined || metricsAddress === null) throw new Error("nothing is served");
  const { address, protocol, port } = service;
  const prefix = { address: { family: 4, text: address }, length: 32 } as const;
  const all = started.move();
  return {
    servers,
    apiAddress: formatServerAddress(apiAddress),
    metricsAddress: formatHostPort(metricsAddress),
    file,
    letClientsCome: () => simulator.vpp.offerTraffic({ pfx: prefix, protocol, port }, offer),
    look: watchBackends(daemon),
    stop: () => all.disposeAsync(),
  };
}

/** What goes wrong in the daemon is not for the screen that the demo draws. */
function complained(complain: World["complain"]): (line: string) => boolean {
  return (line) => {
    complain(line);
    return true;
  };
}
