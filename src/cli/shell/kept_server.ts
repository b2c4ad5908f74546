/**
 * One connection to the daemon, kept from command to command.
 *
 * @module
 */
import { RpcError, UnreachableError } from "../../rpc/status.ts";
import type { World } from "../command.ts";
import { serverFlags } from "../command_flags.ts";
import { type Server, type ServerFlags, timeoutOf } from "../server.ts";

/** What keeps a connection. */
export interface KeptServer {
  /**
   * Uses the daemon that the flags name: over the connection that there is if it leads there and is
   * still good, else over a new one. The signal ends all calls.
   */
  use<T>(
    flags: ServerFlags,
    use: (server: Server) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T>;
  /** Leaves the daemon. */
  close(): void;
}

/** A connection, which whoever opened it closes once it is let go. */
interface Kept {
  readonly key: string;
  readonly server: Promise<Server>;
  /** Ends it; with an error, what that error means to whoever opened it comes as a rejection. */
  letGo(error?: unknown): Promise<void>;
}

/** Keeps what `withServer` connects to. */
export function keepServer(withServer: World["withServer"]): KeptServer {
  let kept: Kept | undefined;

  const close = () => {
    kept?.letGo();
    kept = undefined;
  };
  const connection = async (flags: ServerFlags): Promise<Kept> => {
    const key = keyOf(flags);
    if (kept !== undefined) {
      const server = await kept.server.catch(() => undefined);
      if (kept?.key === key && server?.isOpen()) return kept;
    }
    close();
    return kept = keep(withServer, flags, key);
  };
  return {
    close,
    async use(flags, use, signal) {
      const timeoutMs = timeoutOf(flags.timeout);
      const current = await unlessAborted(connection(flags), signal);
      try {
        const server = await unlessAborted(current.server, signal);
        return await use(limited(server, { timeoutMs, signal }));
      } catch (error) {
        if (!isOver(error)) throw error;
        if (kept === current) kept = undefined;
        await current.letGo(error);
        throw error;
      }
    },
  };
}

/** Which daemon it is, and how it is reached. A command's other flags are no matter. */
function keyOf(flags: ServerFlags): string {
  const { timeout: _, ...where } = serverFlags;
  return JSON.stringify(Object.keys(where).map((name) => flags[name as keyof typeof where]));
}

/** Opens a connection, which stays within `withServer` until it is let go. */
function keep(withServer: World["withServer"], flags: ServerFlags, key: string): Kept {
  const opened = Promise.withResolvers<Server>();
  const end = Promise.withResolvers<void>();
  const over = withServer(flags, (server) => {
    opened.resolve(server);
    return end.promise;
  });
  over.catch(opened.reject);
  // Whoever waits for them hears of it; if nobody does, nobody need.
  opened.promise.catch(() => {});
  end.promise.catch(() => {});
  return {
    key,
    server: opened.promise,
    letGo(error) {
      if (error === undefined) end.resolve();
      else end.reject(error);
      return over;
    },
  };
}

/** The server, with this command's limits to each call. */
function limited(
  server: Server,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Server {
  const both = (other: AbortSignal | undefined) =>
    other === undefined ? signal : AbortSignal.any([signal, other]);
  return {
    ...server,
    timeoutMs,
    call: (method, request, options) =>
      server.call(method, request, { ...options, signal: both(options?.signal) }),
    stream: (method, request, options) =>
      server.stream(method, request, { ...options, signal: both(options?.signal) }),
  };
}

/** Whether no other call will fare better: the daemon is gone, or silent. */
function isOver(error: unknown): boolean {
  return error instanceof UnreachableError ||
    (error instanceof RpcError && error.code === "DEADLINE_EXCEEDED");
}

/** @throws {RpcError} The signal aborted first. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new RpcError("CANCELLED", "the call was cancelled"));
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
