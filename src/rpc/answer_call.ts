/**
 * Answers one call.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Header, Http2Stream } from "../http2/mod.ts";
import type { Logger } from "../log.ts";
import type { CallCounter } from "./call_counters.ts";
import { type CallEnd, endOfError, statusHeaders } from "./call_end.ts";
import { httpProblem, readCallRequest } from "./call_request.ts";
import { type Allowance, frameMessage, largestMessage, readMessages } from "./message_frames.ts";
import type { ServedMethod } from "./service.ts";
import { RpcError } from "./status.ts";
import type { Turns } from "./turns.ts";
import type { Unsent } from "./unsent_bytes.ts";

/** A method that can be called, with what counts its calls. */
export interface CallableMethod extends ServedMethod {
  readonly counter: CallCounter;
}

/** What is the same for all calls of a connection. */
export interface CallContext {
  /** By path. */
  readonly methods: ReadonlyMap<string, CallableMethod>;
  readonly caller: string;
  /** Whether methods that change something are refused. */
  readonly isReadOnly: boolean;
  /** For the messages of all clients that are not complete yet. */
  readonly allowance: Allowance;
  /** For the answers that the caller has not taken. */
  readonly unsent: Unsent;
  /** For calls with one answer, until it is taken. */
  readonly turns: Turns;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A call that is being answered. */
export interface RunningCall {
  readonly type: ServedMethod["method"]["type"];
  /** Ends the call at once, with this. */
  abort(error: RpcError): void;
  /** Resolves when nothing of it is left. It never rejects. */
  readonly ended: Promise<void>;
}

const answerHead: readonly Header[] = [
  [":status", "200"],
  ["content-type", "application/grpc"],
];

/** Answers a call; undefined = it is none, and is answered already. */
export function answerCall(
  stream: Http2Stream,
  head: readonly Header[],
  context: CallContext,
): RunningCall | undefined {
  const status = httpProblem(head);
  if (status !== undefined) {
    void refuse(stream, status);
    return undefined;
  }
  try {
    const { path, timeoutMs } = readCallRequest(head);
    const method = context.methods.get(path);
    if (method === undefined) throw new RpcError("UNIMPLEMENTED", `there is no ${path} here`);
    return runCall(stream, method, timeoutMs, context);
  } catch (error) {
    const end = endOfError(error);
    if (end === undefined) throw error;
    stream.sendHead([...answerHead, ...statusHeaders(end)], { isLast: true });
    return undefined;
  }
}

/** Answers what is HTTP, and no call, when all of it has come. */
async function refuse(stream: Http2Stream, status: number): Promise<void> {
  try {
    while (await stream.receive() !== null);
    stream.sendHead([[":status", String(status)], ["content-type", "text/plain"]]);
    void stream.send(new TextEncoder().encode("This port is for gRPC.\n"));
    stream.end();
  } catch {
    // The stream failed, so nobody waits for the answer.
  }
}

function runCall(
  stream: Http2Stream,
  { method, answer, counter }: CallableMethod,
  timeoutMs: number | undefined,
  { caller, isReadOnly, allowance, unsent, turns, clock, log }: CallContext,
): RunningCall {
  const { name: call, type, changes, request } = method;
  const startedAt = clock.monotonic();
  const abortion = new AbortController();
  const { signal } = abortion;
  stream.onFailure((error) => abortion.abort(error));
  const giveUp = () =>
    abortion.abort(new RpcError("DEADLINE_EXCEEDED", "the time that the caller gave is over"));
  const deadline = timeoutMs === undefined ? undefined : clock.setTimer(timeoutMs, giveUp);
  if (timeoutMs === 0) giveUp();
  /** What was asked for, for the log. */
  let asked: unknown;
  let isRefusal = false;
  let hasHead = false;
  let turn: Promise<void> | undefined;
  let lastSent: Promise<void> | undefined;

  const requests = async function* () {
    for await (const bytes of readMessages(stream.receive, allowance)) {
      counter.receive();
      asked = request.decode(bytes);
      yield asked;
    }
  };
  const send = (message: unknown) => {
    const frame = type === "unary" ? framed(method, message) : framedOnce(method, message);
    if (!hasHead) stream.sendHead(answerHead);
    hasHead = true;
    counter.send();
    const sent = stream.send(frame);
    const isTaken = () => unsent.add(-frame.length);
    unsent.add(frame.length);
    sent.then(isTaken, isTaken);
    lastSent = sent;
    return sent;
  };
  const run = async (): Promise<CallEnd> => {
    if (isReadOnly && changes) {
      throw new RpcError(
        "PERMISSION_DENIED",
        `${call} changes something: this address is for reading`,
      );
    }
    signal.throwIfAborted();
    const unlessAborted = abortable(signal);
    if (type === "unary") await unlessAborted(turn = turns.enter());
    const deadlineMs = startedAt + (timeoutMs ?? Infinity);
    const answers = answer(requests(), { caller, deadlineMs, signal })[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await unlessAborted(answers.next());
        if (next.done) break;
        isRefusal = saysNo(next.value);
        const sent = send(next.value);
        // There is one message: what waits for it would only wait for its end.
        if (type !== "unary") await unlessAborted(sent);
      }
      signal.throwIfAborted();
    } finally {
      // It may take its time to stop; nobody waits for that, or hears how it failed.
      answers.return?.().catch(() => {});
    }
    return { code: "OK", message: "" };
  };
  const endOf = (error: unknown): CallEnd => {
    const end = endOfError(error);
    if (end !== undefined) return end;
    const fault = Error.isError(error) ? error : new Error(String(error));
    log.error("rpc-failed", { call, caller, error: fault, stack: fault.stack });
    return { code: "INTERNAL", message: "an internal error, which is in the log" };
  };
  counter.start();
  const ended = run().catch(endOf).then((end) => {
    deadline?.cancel();
    // Also when its turn had not come: it comes, and passes to the next.
    const leave = () => void turn?.then(turns.leave);
    if (lastSent === undefined) leave();
    else lastSent.then(leave, leave);
    const status = statusHeaders(end);
    if (hasHead) stream.end(status);
    else stream.sendHead([...answerHead, ...status], { isLast: true });
    counter.end(end.code, (clock.monotonic() - startedAt) / 1000);
    if (!changes) return;
    log.info("audit", {
      ...{ who: caller, call, arguments: asked ?? {} },
      result: end.message !== "" ? `${end.code}: ${end.message}` : isRefusal ? "refused" : end.code,
    });
  });
  return { type, abort: (error) => abortion.abort(error), ended };
}

/** Whether an answer, which is no error, says itself that something is wrong: with a file, for one. */
function saysNo(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false;
}

/** Messages that went into streams: many streams may be given the same one. */
const frames = new WeakMap<object, Uint8Array>();

function framedOnce(method: ServedMethod["method"], message: unknown): Uint8Array {
  const key = message as object;
  const known = frames.get(key);
  if (known !== undefined) return known;
  const frame = framed(method, message);
  frames.set(key, frame);
  return frame;
}

function framed({ response }: ServedMethod["method"], message: unknown): Uint8Array {
  const bytes = response.encode(message);
  if (bytes.length <= largestMessage) return frameMessage(bytes);
  const text = `the answer has ${bytes.length} bytes, more than ${largestMessage}`;
  throw new RpcError("RESOURCE_EXHAUSTED", text);
}

/** Makes a function that waits for a promise, but no longer than until the signal aborts. */
function abortable(signal: AbortSignal): <T>(promise: Promise<T>) => Promise<T> {
  let giveUp: (reason: unknown) => void = () => {};
  signal.addEventListener("abort", () => giveUp(signal.reason), { once: true });
  return (promise) =>
    new Promise((resolve, reject) => {
      giveUp = reject;
      if (signal.aborted) reject(signal.reason);
      promise.then(resolve, reject);
    });
}
