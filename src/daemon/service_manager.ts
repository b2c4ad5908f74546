/**
 * Keeps the service manager, which is systemd, informed: that the daemon is ready, what it does, and
 * that it lives. Where there is none, all of this does nothing.
 *
 * Nothing here may disturb the daemon. A socket that takes no message is logged once. What a service
 * manager must know to go on is sent again until it is taken; what is outdated by then is not.
 *
 * @module
 */

import type { Clock, Timer } from "../clock.ts";
import type { Logger } from "../log.ts";

/** What the daemon tells. */
export interface ServiceManager {
  /** All is up. From now on the status is told whenever it changes, and the watchdog is fed. */
  ready(source: StatusSource): void;
  /** A reload begins. The function returned says that it is over, whatever came of it. */
  reloading(): () => void;
  /** The daemon ends, and why. The watchdog is fed until {@link ServiceManager.end}. */
  stopping(why: string): void;
  /** Leaves nothing that would run later. */
  end(): void;
}

/** What there is to tell of a daemon that runs. It is asked once a second. */
export interface StatusSource {
  /** One line for people. */
  status(): string;
  /** Whether the work goes on; if not, the watchdog is not fed. */
  isAlive(): boolean;
}

/** Options of {@link connectServiceManager}. */
export interface ServiceManagerOptions {
  readonly env: (name: string) => string | undefined;
  /** The number of this process. */
  readonly pid: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Sends a message to a socket. Returns an error, or throws one, if it could not be sent. */
  readonly send: (socket: string, message: string) => Error | undefined;
  /** CLOCK_MONOTONIC. */
  readonly monotonicMicroseconds: () => bigint;
}

const statusMs = 1_000;

/** So many messages wait at most for a service manager that takes none; the latest are kept. */
const mostUnsent = 8;

/** Tells those whom the environment names. */
export function connectServiceManager(options: ServiceManagerOptions): ServiceManager {
  const { env, clock, log, monotonicMicroseconds } = options;
  const socket = env("NOTIFY_SOCKET") ?? "";
  if (socket === "") return noServiceManager;
  const timers = new Set<Timer>();
  const unsent: string[] = [];
  let isFailing = false;
  let reloads = 0;
  let toldStatus = "";
  let isAlive = true;
  let isReady = false;
  let isStopping = false;

  /** Whether it was sent. */
  const trySend = (message: string): boolean => {
    const error = errorOr(() => options.send(socket, message));
    if (error !== undefined && !isFailing) {
      isFailing = true;
      log.warn("service-manager-unreachable", { socket, error });
    }
    return error === undefined;
  };
  const sendUnsent = () => {
    while (unsent[0] !== undefined && trySend(unsent[0])) unsent.shift();
  };
  /** Sends what must arrive, in order. */
  const sendSurely = (message: string) => {
    unsent.push(message);
    if (unsent.length > mostUnsent) unsent.shift();
    sendUnsent();
  };
  const repeat = (everyMs: number, act: () => void) => {
    const next = (dueMs: number) => {
      const timer = clock.setTimerAt(dueMs, () => {
        timers.delete(timer);
        next(Math.max(dueMs, clock.monotonic()) + everyMs);
        act();
      });
      timers.add(timer);
    };
    next(clock.monotonic() + everyMs);
  };
  const tellStatus = (source: StatusSource) => {
    sendUnsent();
    if (isStopping) return;
    const isAliveNow = source.isAlive();
    if (isAlive && !isAliveNow) log.error("probing-stands-still");
    isAlive = isAliveNow;
    const status = source.status();
    if (status !== toldStatus && trySend(`STATUS=${status}`)) toldStatus = status;
  };

  return {
    ready(source) {
      if (isReady || isStopping) return;
      isReady = true;
      toldStatus = source.status();
      sendSurely(`READY=1\nSTATUS=${toldStatus}`);
      repeat(statusMs, () => tellStatus(source));
      const watchdogMs = watchdogMsOf(options);
      if (watchdogMs === null) return;
      repeat(watchdogMs / 2, () => {
        if (isAlive) trySend("WATCHDOG=1");
      });
    },
    reloading() {
      // The manager gives up on a reload whose beginning it is told with no time, or an old one.
      const beganAt = errorOr(monotonicMicroseconds);
      const time = beganAt instanceof Error ? "" : `\nMONOTONIC_USEC=${beganAt}`;
      reloads++;
      if (!isStopping) sendSurely(`RELOADING=1${time}`);
      return () => {
        reloads--;
        if (reloads === 0 && !isStopping) sendSurely("READY=1");
      };
    },
    stopping(why) {
      if (isStopping) return;
      isStopping = true;
      sendSurely(`STOPPING=1\nSTATUS=stopping: ${why}`);
    },
    end() {
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
}

/** For daemons that nobody manages. */
export const noServiceManager: ServiceManager = {
  ready: () => {},
  reloading: () => () => {},
  stopping: () => {},
  end: () => {},
};

/** How long the watchdog waits; null where there is none, or it waits for another process. */
function watchdogMsOf({ env, pid }: Pick<ServiceManagerOptions, "env" | "pid">): number | null {
  const owner = env("WATCHDOG_PID") ?? "";
  if (owner !== "" && Number(owner) !== pid) return null;
  const waitMs = Number(env("WATCHDOG_USEC") ?? "") / 1_000;
  return waitMs >= 1 && Number.isFinite(waitMs) ? waitMs : null;
}

function errorOr<T>(act: () => T): T | Error {
  try {
    return act();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
