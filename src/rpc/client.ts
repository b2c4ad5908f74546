/**
 * A client of the control API: calls over one connection.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { ConnectionError, type Header, startHttp2, StreamError, valueOf } from "../http2/mod.ts";
import type { Transport } from "../transport/transport.ts";
import { allowance, frameMessage, largestMessage, readMessages } from "./message_frames.ts";
import type { Method } from "./service.ts";
import { RpcError, statusCodes, UnreachableError } from "./status.ts";
import { decodeStatusMessage } from "./status_message.ts";
import { formatTimeout } from "./timeout.ts";
import { ProtobufError } from "./wire.ts";

/** What a client is made with. */
export interface RpcClientOptions {
  readonly transport: Transport;
  /** The full name of the service that is called. */
  readonly service: string;
  /** What the server is called, as the address has it. */
  readonly authority: string;
  readonly clock: Clock;
}

/** How long a call may take. */
export interface CallOptions {
  /** Default: for ever. */
  readonly timeoutMs?: number;
  /** Ends the call early. Default: nothing does. */
  readonly signal?: AbortSignal;
}

/** A client. */
export interface RpcClient {
  /**
   * @throws {RpcError} The server said no, or nothing in time.
   * @throws {UnreachableError} The server went away, or is none.
   */
  call<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    options?: CallOptions,
  ): Promise<Response>;
  /**
   * The answers of a method that streams them. To stop early, leave the loop.
   *
   * @throws {RpcError} The server ended the stream with an error.
   * @throws {UnreachableError} The server went away, or is none.
   */
  stream<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    options?: CallOptions,
  ): AsyncIterable<Response>;
  /** Whether the server may still answer a call: it has neither gone away nor said that it will. */
  isOpen(): boolean;
  /** Ends all calls, and the connection. */
  close(): void;
}

/** How much may come before it is taken. */
const windows = { stream: 1_048_576, connection: 4_194_304 };

/** Begins to speak with a server. */
export function rpcClient({ transport, service, authority, clock }: RpcClientOptions): RpcClient {
  const connection = startHttp2({ role: "client", transport, clock, windows });
  let isOver = false;
  connection.ended.then(() => isOver = true);

  async function* stream<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    { timeoutMs, signal }: CallOptions = {},
  ): AsyncGenerator<Response> {
    if (signal?.aborted) throw cancelled();
    const path = `/${service}/${method.name}`;
    const timeout: readonly Header[] = timeoutMs === undefined
      ? []
      : [["grpc-timeout", formatTimeout(timeoutMs)]];
    const opened = connection.open([
      ...[[":method", "POST"], [":scheme", "http"], [":path", path]] as const,
      ...[[":authority", authority], ["te", "trailers"]] as const,
      ["content-type", "application/grpc"],
      ...timeout,
    ]);
    let ending: RpcError | undefined;
    const end = (error: RpcError) => {
      ending ??= error;
      opened.reset("CANCEL", error.message);
    };
    const cancel = () => end(cancelled());
    signal?.addEventListener("abort", cancel, { once: true });
    const deadline = timeoutMs === undefined ? undefined : clock.setTimer(timeoutMs, () => {
      end(new RpcError("DEADLINE_EXCEEDED", `no answer in ${timeoutMs / 1000} s`));
    });
    try {
      void opened.send(frameMessage(method.request.encode(request)));
      opened.end();
      const head = await opened.head;
      checkHead(head);
      for await (const bytes of readMessages(opened.receive, allowance(largestMessage))) {
        yield method.response.decode(bytes);
      }
      checkStatus(opened.trailers ?? head);
    } catch (error) {
      throw ending ?? rpcErrorOf(error, connection.isEstablished);
    } finally {
      deadline?.cancel();
      signal?.removeEventListener("abort", cancel);
      opened.reset("CANCEL", "nobody waits for the rest");
    }
  }
  return {
    stream,
    async call(method, request, options) {
      let answer: { readonly message: ReturnType<typeof method.response.decode> } | undefined;
      for await (const message of stream(method, request, options)) {
        if (answer !== undefined) throw new RpcError("INTERNAL", "the server gave a second answer");
        answer = { message };
      }
      if (answer === undefined) throw new RpcError("INTERNAL", "the server gave no answer");
      return answer.message;
    },
    isOpen: () => !isOver && !connection.isRemoteClosing,
    close: () => connection.close(new ConnectionError("NO_ERROR", "the client has finished")),
  };
}

/** @throws {UnreachableError} What answers does not speak gRPC. */
function checkHead(head: readonly Header[]): void {
  const status = valueOf(head, ":status");
  const type = valueOf(head, "content-type");
  if (status === "200" && type?.startsWith("application/grpc")) return;
  throw new UnreachableError(`what answers does not speak gRPC: HTTP status ${status}`);
}

/**
 * @throws {RpcError} The call did not end well.
 * @throws {UnreachableError} It did not end at all.
 */
function checkStatus(headers: readonly Header[]): void {
  const status = valueOf(headers, "grpc-status");
  const code = /^\d+$/.test(status ?? "") ? statusCodes[Number(status)] : undefined;
  if (code === "OK") return;
  const message = decodeStatusMessage(valueOf(headers, "grpc-message") ?? "");
  if (status === undefined) throw new UnreachableError("the server broke off");
  throw new RpcError(code ?? "UNKNOWN", message === "" ? `status ${status}` : message);
}

function cancelled(): RpcError {
  return new RpcError("CANCELLED", "the call was cancelled");
}

function rpcErrorOf(error: unknown, isEstablished: boolean): Error {
  if (error instanceof ProtobufError) {
    return new RpcError("INTERNAL", `the answer cannot be read: ${error.message}`);
  }
  if (error instanceof ConnectionError) {
    const isOther = !isEstablished && error.code !== "INTERNAL_ERROR";
    return new UnreachableError(isOther ? "what answers does not speak gRPC" : error.message);
  }
  if (error instanceof StreamError) {
    const { code, message } = error;
    return code === "REFUSED_STREAM"
      ? new UnreachableError(message)
      : new RpcError("CANCELLED", message);
  }
  return Error.isError(error) ? error : new Error(String(error));
}
