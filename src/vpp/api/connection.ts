/**
 * A session with VPP's binary API: calls in flight, matched to their answers.
 *
 * VPP handles the messages of one client in order. So up to 64 calls are in flight at once, and an
 * answer to a later call means that an earlier one without an answer will never get it: VPP answers
 * nothing at all to what it does not understand.
 *
 * @module
 */

import type { Clock, Timer } from "../../clock.ts";
import {
  type AnyMessage,
  checkTable,
  controlPing,
  decode,
  decodeHeader,
  type Dump,
  encode,
  memclntKeepalive,
  type Message,
  messageId,
  type MessageTable,
  type Request,
  sockclntDelete,
  type TableFinding,
} from "../wire/mod.ts";
import { ApiError } from "./api_error.ts";
import type { MessageStream } from "./message_stream.ts";
import type { ApiObserver } from "./observer.ts";

/** How a call is made. */
export interface CallOptions {
  /** How long VPP may show no sign of life meanwhile. Default: 5 s, and 10 s for a dump. */
  readonly timeoutMs?: number;
  /** Gives the call up. What VPP was told to do it may do all the same. */
  readonly signal?: AbortSignal;
}

/** What most users need of a connection: to call, and to know what can be called. */
export type ApiCaller = Pick<ApiConnection, "call" | "dump" | "check">;

/** What a connection is made of. */
export interface ConnectionParts {
  readonly stream: MessageStream;
  readonly clock: Clock;
  readonly observer: ApiObserver;
  readonly table: MessageTable;
  readonly clientIndex: number;
}

const callTimeoutMs = 5_000;
const dumpTimeoutMs = 10_000;
/** For so long a VPP that shows no sign of life is waited for at the end, and any VPP in all. */
const closeTimeoutMs = { silent: 1_000, most: 2_000 } as const;

/** How many messages VPP is given before it has answered the first. */
const maxInFlight = 64;

/** How many calls may wait for their turn. */
const maxWaiting = 100_000;

/** A call that is not settled, or that is given up and whose answer may still come. */
interface Call {
  readonly message: Request<unknown, unknown> | Dump<unknown, unknown>;
  readonly fields: unknown;
  readonly timeoutMs: number;
  readonly details: unknown[];
  /** When it was made, then when it was sent. */
  startMs: number;
  isSettled: boolean;
  isSent: boolean;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A message in flight: a call's own, or the ping that ends its dump. */
interface Flight {
  readonly call: Call;
  readonly expected: Message<unknown>;
  readonly isLast: boolean;
}

/** A session with a VPP. Made by `connectApi`. */
export class ApiConnection {
  /** Resolves with the reason when the connection has ended, whoever ended it. */
  readonly ended: Promise<ApiError>;
  /** The messages that this VPP has, by name and CRC. */
  readonly table: MessageTable;

  readonly #stream: MessageStream;
  readonly #clock: Clock;
  readonly #observer: ApiObserver;
  readonly #clientIndex: number;
  readonly #waiting = new Set<Call>();
  /** By context, in the order of sending. */
  readonly #inFlight = new Map<number, Flight>();
  #context = 0;
  #lastAnswerMs: number;
  #timer: Timer | null = null;
  #timerDueMs = Infinity;
  #end: ApiError | null = null;
  #resolveEnded: (error: ApiError) => void = () => {};

  constructor({ stream, clock, observer, table, clientIndex }: ConnectionParts) {
    this.#stream = stream;
    this.#clock = clock;
    this.#observer = observer;
    this.#clientIndex = clientIndex;
    this.table = table;
    this.#lastAnswerMs = clock.monotonic();
    this.ended = new Promise((resolve) => this.#resolveEnded = resolve);
    stream.handOver({
      message: (bytes) => this.#take(bytes),
      end: (error) => this.#finish(error),
    });
  }

  /** Which of these messages this VPP does not have as they are known here. */
  check(messages: readonly AnyMessage[]): readonly TableFinding[] {
    return checkTable(this.table, messages);
  }

  /**
   * Sends a request and gives its reply, whose `retval` is the caller's to look at.
   *
   * @throws {ApiError} There is no reply.
   * @throws {WireError} A field cannot hold its value: `bad-value`. Nothing was sent.
   */
  async call<T, R>(
    message: Request<T, R>,
    fields: NoInfer<T>,
    options: CallOptions = {},
  ): Promise<R> {
    return await this.#make(message, fields, options) as R;
  }

  /**
   * Sends a dump and gives all its details, which are complete.
   *
   * @throws {ApiError} The end of the details did not come.
   * @throws {WireError} A field cannot hold its value: `bad-value`. Nothing was sent.
   */
  async dump<T, D>(
    message: Dump<T, D>,
    fields: NoInfer<T>,
    options: CallOptions = {},
  ): Promise<readonly D[]> {
    return await this.#make(message, fields, options) as readonly D[];
  }

  /** Waits for what is in flight, tells VPP, and closes the socket, within 2 s. */
  async close(): Promise<void> {
    if (this.#end !== null) return;
    const index = this.#clientIndex;
    const options = { timeoutMs: closeTimeoutMs.silent };
    const end = () =>
      this.#stream.close(new ApiError("closed", "the connection to VPP was closed"));
    // A VPP that takes its time for each of many calls is never silent.
    const timer = this.#clock.setTimer(closeTimeoutMs.most, end);
    await this.call(sockclntDelete, { index }, options).catch(() => {});
    timer.cancel();
    end();
  }

  /** Closes the socket at once: all calls fail. */
  abandon(error: ApiError): void {
    this.#stream.close(error);
  }

  #make(message: Call["message"], fields: unknown, options: CallOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { signal, timeoutMs = message.kind === "dump" ? dumpTimeoutMs : callTimeoutMs } =
        options;
      const refusal = this.#refusal(message, signal);
      if (refusal !== null) {
        this.#observer.refused(message, refusal);
        return reject(refusal);
      }
      const onAbort = () => this.#fail(call, new ApiError("aborted", `${message.name}: given up`));
      const settle = (end: () => void) => {
        signal?.removeEventListener("abort", onAbort);
        end();
      };
      const call: Call = {
        message,
        fields,
        timeoutMs,
        details: [],
        startMs: this.#clock.monotonic(),
        isSettled: false,
        isSent: false,
        resolve: (answer) => settle(() => resolve(answer)),
        reject: (error) => settle(() => reject(error)),
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.add(call);
      this.#sendWaiting();
      if (!call.isSettled) this.#watch(this.#dueMs(call));
    });
  }

  #refusal(message: AnyMessage, signal: AbortSignal | undefined): ApiError | null {
    if (this.#end !== null) return new ApiError(this.#end.code, this.#end.message);
    if (signal?.aborted) return new ApiError("aborted", `${message.name}: given up`);
    if (this.#waiting.size >= maxWaiting) {
      return new ApiError(
        "overloaded",
        `${message.name}: ${maxWaiting} calls wait for VPP already`,
      );
    }
    const [finding] = this.check([message]);
    if (finding === undefined) return null;
    const code = finding.kind === "missing" ? "unknown-message" : "other-layout";
    return new ApiError(code, finding.text);
  }

  #sendWaiting(): void {
    for (const call of this.#waiting) {
      const { message } = call;
      if (this.#inFlight.size + (message.kind === "dump" ? 2 : 1) > maxInFlight) break;
      this.#waiting.delete(call);
      call.startMs = this.#clock.monotonic();
      call.isSent = true;
      try {
        if (message.kind === "dump") {
          this.#send(message, call.fields, { call, expected: message.details, isLast: false });
          this.#send(controlPing, {}, { call, expected: controlPing.reply, isLast: true });
        } else {
          this.#send(message, call.fields, { call, expected: message.reply, isLast: true });
        }
      } catch (error) {
        // Fields that the message cannot hold: nothing was sent.
        call.isSettled = true;
        this.#observer.refused(message, error);
        call.reject(error);
      }
    }
  }

  #send<T>(message: Message<T>, fields: T, flight: Flight): void {
    const context = this.#context = (this.#context + 1) >>> 0;
    const id = this.table.get(message.key) ?? 0;
    const frame = encode(message, fields, { id, clientIndex: this.#clientIndex, context });
    this.#inFlight.set(context, flight);
    this.#observer.sent(message, fields);
    this.#stream.send(frame);
  }

  #take(bytes: Uint8Array): void {
    this.#lastAnswerMs = this.#clock.monotonic();
    const id = messageId(bytes);
    if (id === this.table.get(memclntKeepalive.key)) return this.#keepAlive(bytes);
    const { context } = decodeHeader(controlPing.reply, bytes);
    const flight = this.#inFlight.get(context);
    // An event has the client's own index where a reply has its context, and nobody asked for any.
    if (flight === undefined) return;
    const { call, expected } = flight;
    if (id !== this.table.get(expected.key)) {
      throw new ApiError("protocol", `VPP answered ${call.message.name} with message ${id}`);
    }
    const fields = call.isSettled ? undefined : decode(expected, bytes);
    if (fields !== undefined) this.#observer.received(expected, fields);
    if (!flight.isLast) {
      if (!call.isSettled) call.details.push(fields);
      return;
    }
    this.#land(context);
    if (!call.isSettled) {
      call.isSettled = true;
      call.resolve(call.message.kind === "dump" ? call.details : fields);
    }
    this.#sendWaiting();
    if (this.#inFlight.size === 0) this.#stopWatching();
  }

  /** Takes a message out of flight, and those before it, which VPP has passed over. */
  #land(context: number): void {
    for (const [earlier, { call, isLast }] of this.#inFlight) {
      this.#inFlight.delete(earlier);
      if (earlier === context) return;
      if (isLast) this.#fail(call, new ApiError("unanswered", `VPP ignored ${call.message.name}`));
    }
  }

  #keepAlive(bytes: Uint8Array): void {
    const { context } = decodeHeader(memclntKeepalive, bytes);
    const { reply } = memclntKeepalive;
    const id = this.table.get(reply.key) ?? 0;
    const header = { id, clientIndex: this.#clientIndex, context };
    this.#stream.send(encode(reply, { retval: 0 }, header));
  }

  /** Settles a call without an answer. Its message, if it was sent, stays in flight. */
  #fail(call: Call, error: ApiError): void {
    if (call.isSettled) return;
    call.isSettled = true;
    this.#waiting.delete(call);
    if (call.isSent) this.#observer.unanswered(call.message, error);
    else this.#observer.refused(call.message, error);
    call.reject(error);
  }

  #unsettled(): Call[] {
    const flying = [...this.#inFlight.values()].filter(({ isLast }) => isLast)
      .map(({ call }) => call);
    return [...flying, ...this.#waiting].filter(({ isSettled }) => !isSettled);
  }

  /** Sees to it that a timer runs that is due no later than this. */
  #watch(dueMs: number): void {
    if (this.#end !== null || dueMs >= this.#timerDueMs) return;
    this.#stopWatching();
    this.#timerDueMs = dueMs;
    this.#timer = this.#clock.setTimerAt(dueMs, () => {
      this.#stopWatching();
      this.#failOverdue();
    });
  }

  #failOverdue(): void {
    const now = this.#clock.monotonic();
    let nextMs = Infinity;
    for (const call of this.#unsettled()) {
      const dueMs = this.#dueMs(call);
      if (dueMs > now) {
        nextMs = Math.min(nextMs, dueMs);
      } else {
        const seconds = call.timeoutMs / 1_000;
        const message = `VPP is not responding: no answer to ${call.message.name} in ${seconds} s`;
        this.#fail(call, new ApiError("not-responding", message));
      }
    }
    this.#watch(nextMs);
  }

  #stopWatching(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#timerDueMs = Infinity;
  }

  /** Each answer, to whichever call, is a sign of life from which on the others wait anew. */
  #dueMs({ startMs, timeoutMs }: Call): number {
    return Math.max(startMs, this.#lastAnswerMs) + timeoutMs;
  }

  #finish(error: ApiError): void {
    this.#end = error;
    this.#stopWatching();
    for (const call of this.#unsettled()) {
      this.#fail(call, new ApiError(error.code, `${call.message.name}: ${error.message}`));
    }
    this.#inFlight.clear();
    this.#waiting.clear();
    this.#resolveEnded(error);
  }
}
