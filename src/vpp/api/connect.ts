/**
 * Connects to VPP's binary API: socket, handshake, message table.
 *
 * @module
 */

import { type Clock, systemClock } from "../../clock.ts";
import {
  decode,
  encode,
  messageId,
  messageTable,
  sockclntCreate,
  sockclntCreateIds,
} from "../wire/mod.ts";
import { ApiError } from "./api_error.ts";
import { ApiConnection } from "./connection.ts";
import { MessageStream, type Transport } from "./message_stream.ts";
import type { ApiObserver } from "./observer.ts";

/** Where VPP's binary API is, unless its configuration says otherwise. */
export const defaultApiPath = "/run/vpp/api.sock";

/** How to connect. */
export interface ConnectOptions {
  /** The path of the socket. Default: {@link defaultApiPath}. */
  readonly path?: string;
  /** What VPP's `show api clients` calls this client. Default: `maglev`. */
  readonly name?: string;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Told of every message. Default: nobody. */
  readonly observer?: ApiObserver;
  /** How long the handshake may take. Default: 5 s. */
  readonly timeoutMs?: number;
  /** Gives up. */
  readonly signal?: AbortSignal;
  /** Makes the socket; for tests. Default: a Unix stream socket. */
  readonly open?: (path: string) => Promise<Transport>;
}

const nobody: ApiObserver = { sent() {}, received() {}, refused() {}, unanswered() {} };

/**
 * Connects to a VPP.
 *
 * @throws {ApiError} VPP cannot be reached, does not answer, or does not want this client.
 */
export async function connectApi(options: ConnectOptions = {}): Promise<ApiConnection> {
  const { path = defaultApiPath } = options;
  if (options.signal?.aborted) throw new ApiError("aborted", "connecting to VPP was given up");
  const transport = await open(path, options.open ?? openUnix);
  return await shakeHands(transport, path, options);
}

function shakeHands(
  transport: Transport,
  path: string,
  options: ConnectOptions,
): Promise<ApiConnection> {
  const { clock = systemClock, observer = nobody } = options;
  const { name = "maglev", timeoutMs = 5_000, signal } = options;
  return new Promise((resolve, reject) => {
    const giveUp = (error: ApiError) => stream.close(error);
    const onAbort = () => giveUp(new ApiError("aborted", "connecting to VPP was given up"));
    const timer = clock.setTimer(timeoutMs, () => {
      const seconds = timeoutMs / 1_000;
      giveUp(new ApiError("not-responding", `${path}: no answer to the handshake in ${seconds} s`));
    });
    const settle = (end: () => void) => {
      timer.cancel();
      signal?.removeEventListener("abort", onAbort);
      end();
    };
    const stream = new MessageStream(transport, {
      message(bytes) {
        if (messageId(bytes) !== sockclntCreateIds.reply) {
          throw new ApiError("protocol", `${path}: what answers there is no VPP`);
        }
        const reply = decode(sockclntCreate.reply, bytes);
        if (reply.response !== 0) {
          throw new ApiError("refused", `VPP refuses this client with ${reply.response}`);
        }
        // Made here and now, because what comes next is for it, be it the end.
        const table = messageTable(reply);
        const parts = { stream, clock, observer, table, clientIndex: reply.index };
        settle(() => resolve(new ApiConnection(parts)));
      },
      end: (error) => settle(() => reject(error)),
    });
    // It may have been given up while the socket was opened.
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    const header = { id: sockclntCreateIds.request, clientIndex: 0, context: 1 };
    stream.send(encode(sockclntCreate, { name }, header));
  });
}

async function open(path: string, make: (path: string) => Promise<Transport>): Promise<Transport> {
  try {
    return await make(path);
  } catch (error) {
    throw new ApiError("unreachable", `cannot connect to VPP at ${path}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Opens a Unix stream socket. */
export function openUnix(path: string): Promise<Transport> {
  return Deno.connect({ transport: "unix", path });
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such socket";
  if (error instanceof Deno.errors.ConnectionRefused) return "nobody listens there";
  if (error instanceof Deno.errors.PermissionDenied) {
    return "permission denied; is this user in its group, vpp?";
  }
  return error instanceof Error ? error.message : String(error);
}
