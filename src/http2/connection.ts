/**
 * A connection of HTTP/2: a session over a transport, and the time limits of both.
 *
 * @module
 */

import type { Clock, Timer } from "../clock.ts";
import type { Transport } from "../transport/transport.ts";
import { ConnectionError } from "./error_code.ts";
import { type Session, type SessionOptions, startSession } from "./session.ts";

/** What a connection is made with. */
export interface Http2ConnectionOptions extends Omit<SessionOptions, "onOutput"> {
  readonly transport: Transport;
  readonly clock: Clock;
}

/** A connection. */
export interface Http2Connection
  extends Pick<Session, "open" | "streams" | "isEstablished" | "isRemoteClosing"> {
  /** Lets the streams that are open come to their end, and takes no more. */
  goAway(reason: string): void;
  /** Ends all streams, and the connection. Harmless a second time. */
  close(error: ConnectionError): void;
  /** Resolves with why the connection is over. It never rejects. */
  readonly ended: Promise<ConnectionError>;
}

/** How long the other end may take to begin. */
const beginMs = 10_000;
/** After so long without a word it is asked for a sign of life, */
const silentMs = 60_000;
/** which has to come in this time. */
const signMs = 20_000;
/** How long it may take to tell the other end what it did wrong. */
const lastWordsMs = 1_000;
/** About how many bytes are written at a time. */
const writeLength = 32_768;
/** More replies than these are not made ready: nothing is read until the other end has taken them. */
const mostReplies = 16_384;
/**
 * How many streams the other end may abandon before they are over, at once and in a second. To open a
 * stream costs us more than the other end, so what is above is read later.
 */
const abandoned = { burst: 1_000, perSecond: 1_000 };

/** Begins to speak HTTP/2. */
export function startHttp2(options: Http2ConnectionOptions): Http2Connection {
  const { transport, clock } = options;
  const end = Promise.withResolvers<ConnectionError>();
  const startedAt = clock.monotonic();
  let heardAt = startedAt;
  const over = new AbortController();
  let isLeaving = false;
  let watch: Timer | undefined = undefined;
  let writing: Promise<void> | undefined;
  let written = Promise.withResolvers<void>();

  const close = (error: ConnectionError) => {
    if (over.signal.aborted) return;
    over.abort();
    watch?.cancel();
    transport.close();
    written.resolve();
    session.fail(error);
    end.resolve(error);
  };
  /** Writes until nothing is left. */
  const write = () => writing ??= writeAll();
  const writeAll = async () => {
    try {
      // What is sent in the same turn goes together.
      await Promise.resolve();
      while (!over.signal.aborted) {
        const bytes = session.take(writeLength);
        if (bytes.length === 0) break;
        await transport.write(bytes);
        written.resolve();
        written = Promise.withResolvers();
      }
      if (isLeaving && session.streams === 0) close(new ConnectionError("NO_ERROR", "goodbye"));
    } catch (error) {
      close(broken(error));
    }
    writing = undefined;
  };
  const session = startSession({ ...options, onOutput: () => void write() });
  const read = async () => {
    let budget = abandoned.burst;
    let budgetAt = clock.monotonic();
    try {
      for (;;) {
        const bytes = await transport.read();
        if (bytes === null || over.signal.aborted) break;
        heardAt = clock.monotonic();
        const before = session.abandoned;
        session.receive(bytes);
        if (isLeaving) void write();
        const earned = (heardAt - budgetAt) / 1000 * abandoned.perSecond;
        budget = Math.min(abandoned.burst, budget + earned) - (session.abandoned - before);
        budgetAt = heardAt;
        if (budget < 0) {
          await clock.sleep(-budget / abandoned.perSecond * 1000, { signal: over.signal });
        }
        while (session.replies > mostReplies && !over.signal.aborted) await written.promise;
      }
      close(new ConnectionError("NO_ERROR", "the other end closed the connection"));
    } catch (error) {
      if (!(error instanceof ConnectionError)) return close(broken(error));
      // What went wrong is told, if the other end takes it soon.
      session.fail(error);
      const timer = clock.setTimer(lastWordsMs, () => close(error));
      await write();
      timer.cancel();
      close(error);
    }
  };
  const look = () => {
    const now = clock.monotonic();
    const { isEstablished } = session;
    const leftMs = isEstablished ? heardAt + silentMs + signMs - now : startedAt + beginMs - now;
    if (leftMs <= 0) {
      return close(new ConnectionError("SETTINGS_TIMEOUT", "the other end is silent"));
    }
    if (isEstablished && leftMs <= signMs) session.ping();
    watch = clock.setTimer(Math.min(leftMs, signMs / 2), look);
  };
  look();
  void read();
  return {
    get streams() {
      return session.streams;
    },
    get isRemoteClosing() {
      return session.isRemoteClosing;
    },
    get isEstablished() {
      return session.isEstablished;
    },
    open: session.open,
    goAway(reason) {
      isLeaving = true;
      session.goAway("NO_ERROR", reason);
      void write();
    },
    close,
    ended: end.promise,
  };
}

function broken(error: unknown): ConnectionError {
  const message = error instanceof Error ? error.message : String(error);
  return new ConnectionError("INTERNAL_ERROR", message, { cause: error });
}
