/**
 * What is to be synchronised: requests that come while a sync runs become one more run.
 *
 * @module
 */

/** What a run is to look at: everything, or the VIPs of some frontends. */
export interface SyncRequest {
  readonly frontends: "all" | ReadonlySet<string>;
  /**
   * VPP is to be asked, also for what only its text tells. Otherwise what is known of it will do for
   * the VIPs of some frontends.
   */
  readonly withText: boolean;
}

/** Runs one sync at a time. */
export interface SyncQueue<T> {
  /** Resolves with what became of the run that included the request. */
  add(request: SyncRequest): Promise<T>;
  /** Whether a run goes on or waits. */
  isBusy(): boolean;
}

interface Waiting<T> {
  request: SyncRequest;
  readonly outcome: PromiseWithResolvers<T>;
}

/** Makes a queue. `run` is not to throw: if it does, that is nobody's to catch. */
export function syncQueue<T>(run: (request: SyncRequest) => Promise<T>): SyncQueue<T> {
  let waiting: Waiting<T> | null = null;
  let isRunning = false;

  const work = async () => {
    isRunning = true;
    // A turn later, so that what happens at once is one run.
    await null;
    while (waiting !== null) {
      const { request, outcome } = waiting;
      waiting = null;
      outcome.resolve(await run(request));
    }
    isRunning = false;
  };

  const add = (request: SyncRequest) => {
    if (waiting === null) {
      waiting = { request, outcome: Promise.withResolvers() };
    } else {
      waiting.request = joined(waiting.request, request);
    }
    const { promise } = waiting.outcome;
    if (!isRunning) work();
    return promise;
  };
  return { add, isBusy: () => isRunning };
}

/** One request for two. */
export function joined(one: SyncRequest, other: SyncRequest): SyncRequest {
  const withText = one.withText || other.withText;
  if (one.frontends === "all" || other.frontends === "all") return { frontends: "all", withText };
  return { frontends: new Set([...one.frontends, ...other.frontends]), withText };
}
