/**
 * The daemon's API: its services, the addresses it is served at, and the certificates for that.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import * as health from "../rpc/health_pb.ts";
import { healthService } from "../rpc/health.ts";
import * as maglev from "../rpc/maglev_pb.ts";
import { reflectionServices } from "../rpc/reflection.ts";
import { type RpcServer, startRpcServer } from "../rpc/server.ts";
import type { Service } from "../rpc/service.ts";
import {
  formatServerAddress,
  listen,
  type Listener,
  prepareServerTls,
  type ServerAddress,
  type ServerTls,
  TlsSettingsError,
} from "../transport/mod.ts";

/** Where and how the API is served. */
export interface ApiSettings {
  readonly addresses: readonly ServerAddress[];
  /** Where calls that change something are refused. */
  readonly readOnlyAddresses: readonly ServerAddress[];
  /** The files with the certificates; null = without TLS. */
  readonly tls: TlsFiles | null;
  /** Whether clients may ask what the API consists of. */
  readonly hasReflection: boolean;
}

/** The files that TLS needs, in PEM. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  /** With it, clients need a certificate of one of these authorities. */
  readonly clientAuthorities: string | null;
}

/** The API while it is served. */
export interface Api extends Pick<RpcServer, "counts"> {
  /** Where it is served, for reading and changing, and for reading alone. */
  readonly addresses: readonly ServerAddress[];
  /**
   * Reads the certificates again. What is returned puts them in force.
   *
   * @throws {TlsSettingsError} They cannot be used.
   */
  readTls(): Promise<() => void>;
  /** Tells clients that the service is no more, lets calls come to their end, and closes all. */
  stop(): Promise<void>;
}

/** What {@link startApi} needs. */
export interface ApiOptions {
  readonly settings: ApiSettings;
  /** The service that it is about. */
  readonly control: Service;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How long those who watch the health have to hear that the service ends. */
const farewellMs = 10;

/**
 * Starts to serve the API.
 *
 * @throws {ListenError} An address cannot be listened on.
 * @throws {TlsSettingsError} A certificate cannot be used.
 */
export async function startApi({ settings, control, clock, log }: ApiOptions): Promise<Api> {
  const { addresses, readOnlyAddresses, tls: tlsFiles, hasReflection } = settings;
  const healthOfServices = healthService([control.name]);
  const served = [control, healthOfServices.service];
  const services = hasReflection
    ? [...served, ...reflectionServices([maglev, health], served.map(({ name }) => name))]
    : served;
  const server = startRpcServer({ services, clock, log });
  const listeners: Listener[] = [];
  const close = () => Promise.all(listeners.map((each) => each.close()));

  const open = async (address: ServerAddress, tls: ServerTls | undefined, isReadOnly: boolean) => {
    const listener = await listen({
      ...{ address, tls, clock },
      onConnection: ({ transport, caller }) => server.accept({ transport, caller, isReadOnly }),
      onProblem: ({ caller, message }) =>
        log.warn("api-connection-failed", { caller, error: message }),
    });
    listeners.push(listener);
    log.info("listening", {
      what: "api",
      address: formatServerAddress(listener.address),
      mode: isReadOnly ? "read-only" : "read-write",
      tls: tls !== undefined && address.kind === "tcp",
    });
  };
  const readTls = async () => {
    if (tlsFiles === null) return undefined;
    const tls = await loadTls(tlsFiles, clock);
    for (const warning of tls.warnings) log.warn("api-tls-warning", { warning });
    return tls;
  };
  try {
    const tls = await readTls();
    for (const address of addresses) await open(address, tls, false);
    for (const address of readOnlyAddresses) await open(address, tls, true);
  } catch (error) {
    await close();
    throw error;
  }
  healthOfServices.setServing(true);
  return {
    counts: server.counts,
    addresses: listeners.map(({ address }) => address),
    async readTls() {
      const tls = await readTls();
      return () => {
        if (tls !== undefined) { for (const listener of listeners) listener.setTls(tls); }
      };
    },
    async stop() {
      healthOfServices.setServing(false);
      // Those who watch the health hear of it before their streams end.
      await clock.sleep(farewellMs);
      await Promise.all([close(), server.stop()]);
    },
  };
}

async function loadTls(files: TlsFiles, clock: Clock): Promise<ServerTls> {
  const { certificate, key, clientAuthorities } = files;
  const settings = {
    certificate: await readFile(certificate),
    key: await readFile(key),
    clientAuthorities: clientAuthorities === null ? undefined : await readFile(clientAuthorities),
  };
  try {
    return await prepareServerTls(settings, clock);
  } catch (error) {
    if (!(error instanceof TlsSettingsError)) throw error;
    const names = [certificate, key, ...(clientAuthorities === null ? [] : [clientAuthorities])];
    throw new TlsSettingsError(`${error.message} (${names.join(", ")})`, { cause: error });
  }
}

async function readFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const message = Error.isError(error) ? error.message : String(error);
    throw new TlsSettingsError(`cannot read ${path}: ${message}`, { cause: error });
  }
}
