/**
 * What the daemon has to do with its process.
 *
 * @module
 */

/** The signals that are heard. */
export type HeardSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** A process. The functions that it returns end what it was asked for. */
export interface Process {
  readonly pid: number;
  /** Calls the listener with each signal, which then has no other effect. */
  onSignal(listener: (signal: HeardSignal) => void): () => void;
  /** Calls the listener with each error that nobody caught, which then does not end the process. */
  onUncaught(listener: (error: unknown) => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}
