/**
 * Reaches the daemon that the flags name.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { parseDuration } from "../config/duration.ts";
import { type RpcClient, rpcClient } from "../rpc/client.ts";
import { serviceName } from "../rpc/maglev_pb.ts";
import { UnreachableError } from "../rpc/status.ts";
import type { TlsClientSettings } from "../transport/client_tls.ts";
import { dial } from "../transport/dial.ts";
import { DialError } from "../transport/dial_error.ts";
import {
  formatServerAddress,
  parseServerAddress,
  type ServerAddress,
} from "../transport/server_address.ts";
import { TlsSettingsError } from "../transport/server_tls.ts";
import type { serverFlags } from "./command_flags.ts";
import { type FlagValues, UsageError } from "./flags.ts";

/** A daemon that was reached. */
export interface Server extends RpcClient {
  /** How long to wait for each answer. */
  readonly timeoutMs: number;
}

/** What the flags say about the daemon. */
export type ServerFlags = FlagValues<typeof serverFlags>;

/**
 * Uses the daemon, and leaves it.
 *
 * @throws {UsageError} A flag is wrong.
 * @throws {UnreachableError} It cannot be reached; the message says where, and why.
 */
export async function withServer<T>(
  flags: ServerFlags,
  { clock }: { readonly clock: Clock },
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const address = addressOf(flags.server);
  const timeoutMs = timeoutOf(flags.timeout);
  const tls = await tlsOf(flags);
  const where = formatServerAddress(address);
  try {
    const transport = await connect(address, { tls, clock, timeoutMs });
    const authority = address.kind === "unix" ? "localhost" : where;
    const client = rpcClient({ transport, service: serviceName, authority, clock });
    try {
      return await use({ ...client, timeoutMs });
    } finally {
      client.close();
    }
  } catch (error) {
    if (error instanceof TlsSettingsError) throw new UsageError(error.message, { cause: error });
    if (!(error instanceof DialError || error instanceof UnreachableError)) throw error;
    throw new UnreachableError(`cannot reach ${where}: ${error.message}`, { cause: error });
  }
}

function addressOf(text: string): ServerAddress {
  const parsed = parseServerAddress(text);
  if ("value" in parsed) return parsed.value;
  throw new UsageError(`--server: ${JSON.stringify(text)} is ${parsed.problem}`);
}

/**
 * Reads `--timeout`, in milliseconds.
 *
 * @throws {UsageError} It is no duration.
 */
export function timeoutOf(text: string): number {
  const parsed = parseDuration(text);
  if ("value" in parsed && parsed.value > 0) return parsed.value / 1e6;
  throw new UsageError(`--timeout takes a duration such as 5s, not ${JSON.stringify(text)}`);
}

/** What the flags say about TLS; each of them asks for it. */
async function tlsOf(flags: ServerFlags): Promise<TlsClientSettings | undefined> {
  const { tls, "tls-ca": ca, "tls-cert": cert, "tls-key": key } = flags;
  const serverName = flags["tls-server-name"];
  if (!tls && [ca, cert, key, serverName].every((text) => text === "")) return undefined;
  if ((cert === "") !== (key === "")) throw new UsageError("--tls-cert and --tls-key go together");
  const [authorities, certificate, privateKey] = await Promise.all([ca, cert, key].map(readFile));
  return { authorities, certificate, key: privateKey, serverName: serverName || undefined };
}

async function readFile(path: string): Promise<string | undefined> {
  if (path === "") return undefined;
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const reason = Error.isError(error)
      ? error.message.replace(/ \(os error.*/, "")
      : String(error);
    throw new UsageError(`cannot read ${path}: ${reason}`);
  }
}

async function connect(
  address: ServerAddress,
  { tls, clock, timeoutMs }: {
    readonly tls: TlsClientSettings | undefined;
    readonly clock: Clock;
    readonly timeoutMs: number;
  },
) {
  const limit = new AbortController();
  const giveUp = () => limit.abort(new UnreachableError(`no answer in ${timeoutMs / 1000} s`));
  const timer = clock.setTimer(timeoutMs, giveUp);
  try {
    return await dial(address, { tls, clock, signal: limit.signal });
  } finally {
    timer.cancel();
  }
}
