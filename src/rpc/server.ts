/**
 * The server of the control API: gRPC over connections that others accept.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { ConnectionError, type Http2Connection, startHttp2 } from "../http2/mod.ts";
import type { Logger } from "../log.ts";
import type { Transport } from "../transport/transport.ts";
import { answerCall, type CallableMethod, type RunningCall } from "./answer_call.ts";
import { type CallCounts, countCalls } from "./call_counters.ts";
import { allowance } from "./message_frames.ts";
import type { Service } from "./service.ts";
import { RpcError } from "./status.ts";
import { turns } from "./turns.ts";
import { unsentBytes } from "./unsent_bytes.ts";

/** What a server is made with. */
export interface RpcServerOptions {
  readonly services: readonly Service[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** A connection that somebody made to us. */
export interface Accepted {
  readonly transport: Transport;
  /** Who it is: an address, or the name in a certificate. */
  readonly caller: string;
  /** Whether calls that change something are refused. */
  readonly isReadOnly: boolean;
}

/** A server. */
export interface RpcServer {
  /** The calls of each method. */
  readonly counts: readonly CallCounts[];
  /** How many connections there are. */
  readonly connections: number;
  /** How many calls are being answered. */
  readonly calls: number;
  /** Serves a connection. */
  accept(accepted: Accepted): void;
  /**
   * Ends streams at once, gives other calls some seconds to come to their end, then cuts what is left.
   * Resolves when nothing is left.
   */
  stop(): Promise<void>;
}

/** The most connections at once. */
const mostConnections = 64;
/** How many streams of a client may be open on a connection, and how many of its calls may run. */
const mostStreams = 256;
/** How much may come before it is taken. */
const windows = { stream: 65_535, connection: 1_048_576 };
/** How many bytes of messages that are not complete are kept, of all clients together. */
const mostIncomplete = 64 * 1024 * 1024;
/** How many bytes of answers may wait for their callers, of all together. */
const mostUnsent = 64 * 1024 * 1024;
/** How many answers of a connection are made at a time, or wait to be taken; other calls wait. */
const mostAnswers = 16;
/** How long calls may go on when the server stops. */
const graceMs = 5_000;

/** Makes a server. It waits for connections. */
export function startRpcServer({ services, clock, log }: RpcServerOptions): RpcServer {
  const counters = countCalls(services);
  const methods = new Map<string, CallableMethod>();
  for (const { name, methods: served } of services) {
    for (const each of served) {
      const counter = counters.of(name, each.method.name);
      methods.set(`/${name}/${each.method.name}`, { ...each, counter });
    }
  }
  const shared = { methods, allowance: allowance(mostIncomplete), clock, log };
  const unsentOfAll = unsentBytes(mostUnsent);
  /** The connections, the oldest first, with the calls that run on each. */
  const connections = new Map<Http2Connection, Set<RunningCall>>();
  const stopping = new RpcError("UNAVAILABLE", "shutting down");
  let isStopping = false;

  /** Makes room for one more connection, at the cost of one on which nothing happens. */
  const makeRoom = (): boolean => {
    if (connections.size < mostConnections) return true;
    for (const [connection, calls] of connections) {
      if (calls.size > 0 || connection.streams > 0) continue;
      connections.delete(connection);
      connection.close(new ConnectionError("ENHANCE_YOUR_CALM", "others want to connect"));
      return true;
    }
    return false;
  };
  return {
    counts: counters.counts,
    get connections() {
      return connections.size;
    },
    get calls() {
      return [...connections.values()].reduce((sum, calls) => sum + calls.size, 0);
    },
    accept({ transport, caller, isReadOnly }) {
      if (isStopping || !makeRoom()) {
        if (!isStopping) {
          log.warn("api-connection-refused", { caller, connections: mostConnections });
        }
        return transport.close();
      }
      const calls = new Set<RunningCall>();
      const unsent = unsentOfAll.of(() => {
        connections.delete(connection);
        const text = "it does not take its answers, and there are too many";
        log.warn("api-connection-failed", { caller, error: text });
        connection.close(new ConnectionError("ENHANCE_YOUR_CALM", text));
      });
      const context = { ...shared, caller, isReadOnly, unsent, turns: turns(mostAnswers) };
      const connection = startHttp2({
        role: "server",
        maxConcurrentStreams: mostStreams,
        ...{ transport, clock, windows },
        onStream(stream, head) {
          // Calls whose streams are over may still run.
          if (calls.size >= 2 * mostStreams) {
            return stream.reset("REFUSED_STREAM", "too many calls");
          }
          const call = answerCall(stream, head, context);
          if (call === undefined) return;
          calls.add(call);
          void call.ended.then(() => calls.delete(call));
        },
      });
      connections.set(connection, calls);
      void connection.ended.then(() => connections.delete(connection));
    },
    async stop() {
      isStopping = true;
      const cut = clock.setTimer(graceMs, () => {
        const error = new ConnectionError("NO_ERROR", stopping.message);
        for (const connection of connections.keys()) connection.close(error);
      });
      for (const [connection, calls] of connections) {
        connection.goAway(stopping.message);
        for (const call of calls) if (call.type !== "unary") call.abort(stopping);
      }
      await Promise.all(Array.from(connections.keys(), ({ ended }) => ended));
      cut.cancel();
    },
  };
}
