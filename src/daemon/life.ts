/**
 * The life of the daemon's process: from before the start to after the end, whatever happens. It ends
 * in one of these ways:
 *
 * | what happens                          | what follows                               | exit code |
 * | ------------------------------------- | ------------------------------------------ | --------- |
 * | the start fails                       |                                            | its own   |
 * | SIGTERM or SIGINT                     | the daemon stops                           | 0         |
 * | it has not stopped in time            | `shutdown-forced`, and the end at once     | as it was |
 * | a second SIGTERM or SIGINT            | the end at once                            | 143, 130  |
 * | an error that nobody caught           | `internal-error`, and the daemon stops     | 70        |
 * | a second one, or a signal after one   | the end at once                            | 70        |
 *
 * @module
 */

import type { Clock, Timer } from "../clock.ts";
import type { Logger } from "../log.ts";
import type { HeardSignal, Process } from "./process.ts";
import type { ServiceManager, StatusSource } from "./service_manager.ts";

/** What lives. */
export interface Living extends StatusSource {
  reload(): Promise<unknown>;
  stop(): Promise<void>;
}

/** How a start went. */
export type Start =
  | { readonly kind: "started"; readonly living: Living }
  /** It cannot be, which somebody has been told; the process ends with this code. */
  | { readonly kind: "failed"; readonly code: number };

/** Options of {@link live}. */
export interface LifeOptions {
  readonly start: () => Promise<Start>;
  readonly process: Process;
  readonly serviceManager: ServiceManager;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A stop may take so long: calls in flight are given 5 s of it. */
const stopMs = 6_000;

const internalErrorCode = 70;
const signalCodes = { SIGTERM: 143, SIGINT: 130 } as const;

/**
 * Lives until something ends it, and returns the code with which the process is to end. Nothing is
 * rejected: an error of the start or the stop counts as one that nobody caught.
 */
export async function live(options: LifeOptions): Promise<number> {
  const { start, process, serviceManager, clock, log } = options;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const now: {
    living?: Living;
    /** The code to end with, once it is to end. */
    code?: number;
    deadline?: Timer;
    isReloadWanted?: true;
  } = {};

  const beginEnd = (why: string, newCode: number) => {
    const isFirst = now.code === undefined;
    now.code = newCode;
    if (!isFirst) return;
    serviceManager.stopping(why);
    now.deadline = clock.setTimer(stopMs, () => {
      log.warn("shutdown-forced", { "after-seconds": stopMs / 1_000 });
      process.exit(now.code ?? internalErrorCode);
    });
    end();
  };
  const onUncaught = (error: unknown) => {
    log.error("internal-error", describe(error));
    if (now.code === internalErrorCode) return process.exit(internalErrorCode);
    beginEnd("internal error", internalErrorCode);
  };
  const onSignal = (signal: HeardSignal) => {
    if (signal === "SIGHUP") return reload();
    if (now.code !== undefined) return process.exit(now.code || signalCodes[signal]);
    log.info("shutdown", { signal });
    beginEnd(signal, 0);
  };
  /** A file that changes during the start may have been read already, so that it is read again. */
  const reload = () => {
    if (now.code !== undefined) return;
    if (now.living === undefined) now.isReloadWanted = true;
    else now.living.reload().catch(onUncaught);
  };

  const stopListening = [process.onSignal(onSignal), process.onUncaught(onUncaught)];
  try {
    const started = await start();
    if (started.kind === "failed") return now.code || started.code;
    const { living } = started;
    now.living = living;
    if (now.code === undefined) serviceManager.ready(living);
    if (now.isReloadWanted) reload();
    await ended;
    await living.stop();
  } catch (error) {
    onUncaught(error);
  } finally {
    now.deadline?.cancel();
    serviceManager.end();
    for (const stop of stopListening) stop();
  }
  return now.code ?? internalErrorCode;
}

function describe(error: unknown): { readonly error: object | string; readonly stack?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  return error.stack === undefined ? { error } : { error, stack: error.stack };
}
