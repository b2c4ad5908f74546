/**
 * A client of the control API on grpc-js, with the messages from the proto file by protobufjs. It runs
 * on Deno and on Node.
 *
 * @module
 */

import {
  type ChannelCredentials,
  type ChannelOptions,
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  credentials,
  type ServiceError,
  status,
} from "@grpc/grpc-js";
import { Buffer } from "node:buffer";
import { readFileSync, writeSync } from "node:fs";
import protobuf from "protobufjs";

const proto = new URL("../../proto/maglev.proto", import.meta.url);
const { root } = protobuf.parse(readFileSync(proto, "utf8"), { keepCase: true });
const methods = root.lookupService("maglev.Maglev").methods;

/** A message as data. */
export type Message = Readonly<Record<string, unknown>>;

/** How a call ended. */
export interface End {
  /** The name of the status. */
  readonly code: string;
  readonly message: string;
}

/** The client of one channel, which is shared with no other. */
export interface GrpcJsClient {
  /** Makes a call; what it ends with is never thrown. */
  unary(rpc: string, request?: Message): Promise<End & { readonly reply?: Message }>;
  /** Starts a stream of events. */
  watch(request: Message, deadlineMs?: number): ClientReadableStream<Message>;
  /** Starts to ask reflection for files; each request is bytes, and so is each reply. */
  reflect(): ClientDuplexStream<Buffer, Buffer>;
  close(): void;
}

/** Opens a channel. */
export function openClient(
  target: string,
  options: ChannelOptions = {},
  security: ChannelCredentials = credentials.createInsecure(),
): GrpcJsClient {
  const client = new Client(target, security, {
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_http_proxy": 0,
    ...options,
  });
  const codecOf = (rpc: string) => {
    const method = methods[rpc];
    const types = method === undefined
      ? [root.lookupType("maglev.ListBackendsRequest"), root.lookupType("maglev.Event")] as const
      : [
        root.lookupType(`maglev.${method.requestType}`),
        root.lookupType(`maglev.${method.responseType}`),
      ] as const;
    return {
      path: `/maglev.Maglev/${rpc}`,
      write: (message: Message) =>
        Buffer.from(types[0].encode(types[0].fromObject(message)).finish()),
      read: (bytes: Uint8Array) =>
        types[1].toObject(types[1].decode(bytes), { longs: Number }) as Message,
    };
  };
  return {
    unary: (rpc, request = {}) =>
      new Promise((resolve) => {
        const { path, write, read } = codecOf(rpc);
        const deadline = Date.now() + 30_000;
        client.makeUnaryRequest(path, write, read, request, { deadline }, (error, reply) => {
          if (error !== null) resolve(endOf(error));
          else resolve({ code: "OK", message: "", ...reply !== undefined && { reply } });
        });
      }),
    watch: (request, deadlineMs) => {
      const { path, write, read } = codecOf("WatchEvents");
      const options = deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };
      return client.makeServerStreamRequest(path, write, read, request, options);
    },
    reflect: () => {
      const path = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
      const same = (bytes: Buffer) => bytes;
      return client.makeBidiStreamRequest(path, same, same, { deadline: Date.now() + 30_000 });
    },
    close: () => client.close(),
  };
}

/** How a stream ends. Whoever asks for it late misses it. */
export function streamEnd(
  stream: ClientReadableStream<Message> | ClientDuplexStream<Buffer, Buffer>,
): Promise<End> {
  return new Promise((resolve) => {
    stream.on("error", (error: ServiceError) => resolve(endOf(error)));
    stream.on("end", () => resolve({ code: "OK", message: "" }));
  });
}

function endOf({ code, details }: ServiceError): End {
  return { code: status[code], message: details };
}

/** Prints an observation. */
export function say(observation: Readonly<Record<string, unknown>>): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(observation)}\n`);
  for (let at = 0; at < bytes.length;) at += writeSync(1, bytes.subarray(at));
}
