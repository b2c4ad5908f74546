/**
 * Keeps a connection to VPP, for as long as the daemon runs.
 *
 * The binary API and the stats segment are one unit: both are there, or neither is. If one is lost,
 * both are closed and opened again, and what was read through them means nothing any more.
 *
 * A VPP that is not there is tried after 1 s, then less and less often, up to every 5 s. As that alone
 * would leave a VPP that is back without its VIPs for 5 s, the socket files are looked at meanwhile: a
 * VPP that starts makes new ones, and is tried at once.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { type ApiCounters, ApiError } from "../vpp/api/mod.ts";
import { type ConnectedVpp, connectVpp } from "./connect_vpp.ts";
import { countFailures, retryDelayMs, type TryResult } from "./retry_delay.ts";
import { waitForSocketFiles } from "./socket_files.ts";
import { socketAccess, type VppAccess } from "./vpp_access.ts";
import { watchVpp } from "./watch_vpp.ts";

export type { ConnectedVpp, VppInfo } from "./connect_vpp.ts";

/** What to keep connected, and whom to tell. */
export interface VppLinkOptions {
  readonly apiPath: string;
  readonly statsPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Counts the messages of the binary API, of all connections together. */
  readonly counters: ApiCounters;
  /** Called when a VPP is connected, also one whose lb plugin cannot be used. */
  readonly onConnect: (vpp: ConnectedVpp) => void;
  /** Called once for each `onConnect`, when that VPP is lost or the link is closed. */
  readonly onDisconnect: () => void;
  /** Makes one attempt; for tests. Default: {@link connectVpp}. */
  readonly connect?: typeof connectVpp;
  /** How to get at VPP. Default: {@link socketAccess}. */
  readonly access?: VppAccess | undefined;
}

/** For how long there has been no VPP, and why. */
export interface VppAbsence {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** What the latest attempt failed for, or else the end of the last connection. */
  readonly reason: string;
}

/** A connection that is made again whenever it is lost. */
export interface VppLink {
  /** The VPP of the moment; null while there is none. */
  readonly connected: ConnectedVpp | null;
  /** Null while there is a VPP. */
  readonly absence: VppAbsence | null;
  /**
   * Since when VPP, though connected, has not responded, in milliseconds since the epoch. Null while it
   * does, and while there is none.
   */
  readonly silentSince: number | null;
  /**
   * Ends the connection, or the attempt to make one, and leaves VPP as it is. Resolves when nothing is
   * left open. Harmless a second time.
   */
  close(): Promise<void>;
}

/** Connects to VPP, now and again, until the link is closed. */
export function keepVppLink(options: VppLinkOptions): VppLink {
  const { clock, log, access = socketAccess } = options;
  const look = () => access.socketFiles(paths);
  const closing = new AbortController();
  const { signal } = closing;
  const paths = [options.apiPath, options.statsPath];
  const where = { api: options.apiPath, stats: options.statsPath };
  let connected: ConnectedVpp | null = null;
  let absence: VppAbsence | null = { since: clock.now(), reason: "no attempt has ended yet" };
  let silentSince: number | null = null;
  let isFailing = false;

  const keep = async () => {
    for (let failures = 0;; signal.throwIfAborted()) {
      const before = look();
      failures = countFailures(failures, await tryOnce());
      const delayMs = retryDelayMs(failures);
      const isNew = await waitForSocketFiles({ paths, look, before, delayMs, clock, signal });
      if (isNew) failures = 0;
    }
  };

  const tryOnce = async (): Promise<TryResult> => {
    const { connect = connectVpp } = options;
    let vpp: ConnectedVpp;
    try {
      vpp = await connect({ ...options, signal });
    } catch (error) {
      signal.throwIfAborted();
      log.log(isFailing ? "debug" : "warn", "vpp-connect-failed", {
        ...where,
        error: error as object,
      });
      isFailing = true;
      if (absence !== null) absence = { ...absence, reason: messageOf(error) };
      return { kind: "failed" };
    }
    isFailing = false;
    const startMs = clock.monotonic();
    await hold(vpp);
    return { kind: "lost", lastedMs: clock.monotonic() - startMs };
  };

  /** Resolves when the connection is over, and all that belongs to it is closed. */
  const hold = async (vpp: ConnectedVpp) => {
    const { api, stats, info } = vpp;
    const { promise: lost, resolve: lose } = Promise.withResolvers<string>();
    const over = new AbortController();
    const end = () => lose("closed by this side");
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { signal: over.signal });
    api.ended.then(({ message }) => lose(message));
    const watch = watchVpp({
      ...options,
      vpp,
      attach: access.attachStats,
      onSilence: (since) => silentSince = since,
      signal: over.signal,
    });
    watch.then(lose);

    connected = vpp;
    absence = null;
    logConnect(vpp);
    tell("onConnect", () => options.onConnect(vpp));
    const reason = await lost;
    connected = null;
    silentSince = null;
    absence = { since: clock.now(), reason };
    over.abort();
    log.log(signal.aborted ? "info" : "warn", "vpp-disconnect", { reason, pid: info.pid });
    tell("onDisconnect", () => options.onDisconnect());

    if (signal.aborted) await api.close();
    else api.abandon(new ApiError("closed", reason));
    stats.close();
    await watch;
  };

  const logConnect = ({ info, lb, missing }: ConnectedVpp) => {
    const { version, buildDate, pid, profile } = info;
    const attributes = { version, "build-date": buildDate, pid, ...where, profile };
    if (lb !== null) return log.info("vpp-connect", attributes);
    const error = "the lb plugin of this VPP cannot be used: is it loaded, and of a known release?";
    log.error("vpp-connect", { ...attributes, error, missing });
  };

  const tell = (callback: string, call: () => void) => {
    try {
      call();
    } catch (error) {
      log.error("vpp-callback-failed", { callback, error: error as object });
    }
  };

  const kept = keep().catch((error) => {
    if (error !== signal.reason) throw error;
  });
  return {
    get connected() {
      return connected;
    },
    get absence() {
      return absence;
    },
    get silentSince() {
      return silentSince;
    },
    close: () => {
      closing.abort();
      return kept;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
