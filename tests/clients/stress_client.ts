/**
 * Opens and closes connections, on each of which it does one thing that clients do, good or bad; at the
 * end it says how often it did what, and what it did not expect. It runs on Deno and on Node.
 *
 *     stress_client.ts TARGET SEED CONNECTIONS SECONDS WIDTH [CA]
 *
 * The connections are spread over so many seconds, but for so many at a time. It ends early when
 * nobody listens any more. With a file of certificates it speaks TLS.
 *
 * @module
 */

import { type ChannelOptions, credentials } from "@grpc/grpc-js";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import process from "node:process";
import { connect as connectTls } from "node:tls";
import { type Random, seeded } from "../seeded.ts";
import { flags, type Frame, frame, joined, preface, readFrames, settings } from "./frames.ts";
import { type End, type GrpcJsClient, openClient, say, streamEnd } from "./grpc_js.ts";
import { callBytes, named } from "./raw_calls.ts";

/** What it did, and how the calls ended. */
interface Scene {
  readonly name: string;
  /** How its calls may end. */
  readonly codes: readonly string[];
  /** Does it, on a connection that it closes; gives the ends. */
  readonly play: (target: string, random: Random) => Promise<readonly End[]>;
}

const [target = "", ...args] = process.argv.slice(2);
const [seed = 1, connections = 100, seconds = 10, width = 8] = args.slice(0, 4).map(Number);
const authorities = args[4] === undefined ? undefined : readFileSync(args[4]);

/** A name in the certificate: the runtimes ask for no address. */
const serverName = "ok.test";

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

const open = (address: string, options: ChannelOptions = {}): GrpcJsClient =>
  openClient(
    address,
    { ...options, ...authorities !== undefined && { "grpc.ssl_target_name_override": serverName } },
    authorities === undefined ? credentials.createInsecure() : credentials.createSsl(authorities),
  );

/** The first message of a stream, or its end. */
const begun = (stream: ReturnType<GrpcJsClient["watch"]>) =>
  new Promise<void>((resolve) => {
    stream.once("data", () => resolve());
    stream.once("error", () => resolve());
    stream.once("end", () => resolve());
  });

/** Opens a connection without a client on it. */
function openSocket(address: string): Promise<Socket> {
  const { hostname: host, port: digits } = new URL(`http://${address}`);
  const port = Number(digits);
  return new Promise((resolve, reject) => {
    const socket = authorities === undefined
      ? connect({ host, port }, () => resolve(socket))
      : connectTls(
        { host, port, servername: serverName, ca: authorities, ALPNProtocols: ["h2"] },
        () => resolve(socket),
      );
    socket.on("error", reject);
  });
}

/** Has every frame that comes, until the other end closes. */
function onFrames(socket: Socket, take: (frame: Frame) => void): void {
  let rest = new Uint8Array();
  socket.on("data", (bytes: Uint8Array) => {
    const read = readFrames(joined(rest, bytes));
    rest = read.rest;
    read.frames.forEach(take);
  });
}

const done = (code: string): readonly End[] => [{ code, message: "" }];
const greeting = joined(preface, settings());
const calls = (count: number, path: string) =>
  joined(...Array.from({ length: count }, (_, index) => callBytes(1 + 2 * index, path)));

const scenes: readonly Scene[] = [
  {
    name: "a few calls, then closed",
    codes: ["OK"],
    play: async (target, random) => {
      const client = open(target);
      const ends = [];
      for (let left = random.int(1, 4); left > 0; left--) {
        ends.push(await client.unary("GetFrontend", { name: "www" }));
      }
      client.close();
      return ends;
    },
  },
  {
    name: "many calls at once",
    codes: ["OK"],
    play: async (target, random) => {
      const client = open(target);
      const calls = Array.from({ length: random.int(2, 40) }, () => client.unary("ListBackends"));
      const ends = await Promise.all(calls);
      client.close();
      return ends;
    },
  },
  {
    name: "closed with live streams",
    codes: ["CANCELLED", "UNAVAILABLE"],
    play: async (target, random) => {
      const client = open(target);
      const streams = Array.from({ length: random.int(1, 4) }, () => client.watch({}));
      const ends = streams.map(streamEnd);
      await Promise.all(streams.map(begun));
      client.close();
      for (const stream of streams) stream.cancel();
      return await Promise.all(ends);
    },
  },
  {
    name: "cancelled in the middle",
    codes: ["CANCELLED"],
    play: async (target, random) => {
      const client = open(target);
      const stream = client.watch({ log: random.chance() });
      stream.on("data", () => {});
      const end = streamEnd(stream);
      await pause(random.int(0, 20));
      stream.cancel();
      const ends = [await end];
      client.close();
      return ends;
    },
  },
  {
    name: "over the client's limit",
    codes: ["RESOURCE_EXHAUSTED"],
    play: async (target) => {
      const client = open(target, { "grpc.max_receive_message_length": 4 });
      const ends = [await client.unary("GetFrontend", { name: "www" })];
      client.close();
      return ends;
    },
  },
  {
    name: "closed at once",
    codes: ["OK", "CANCELLED", "UNAVAILABLE"],
    play: async (target, random) => {
      const client = open(target);
      const end = client.unary("GetBackend", { name: "web1" });
      if (random.chance()) await pause(random.int(0, 5));
      client.close();
      return [await end];
    },
  },
  {
    name: "a deadline",
    codes: ["DEADLINE_EXCEEDED"],
    play: async (target, random) => {
      const client = open(target);
      const stream = client.watch({}, random.int(1, 50));
      stream.on("data", () => {});
      const ends = [await streamEnd(stream)];
      client.close();
      return ends;
    },
  },
  {
    name: "what does not exist",
    codes: ["NOT_FOUND", "UNIMPLEMENTED"],
    play: async (target, random) => {
      const client = open(target);
      const rpc = random.pick(["GetBackend", "NoSuchThing"]);
      const ends = [await client.unary(rpc, rpc === "GetBackend" ? { name: "no-such" } : {})];
      client.close();
      return ends;
    },
  },
  {
    name: "cancelled in the middle of large replies",
    codes: ["CANCELLED"],
    play: async (target, random) => {
      const client = open(target);
      const stream = client.reflect();
      const end = streamEnd(stream);
      let left = random.int(1, 60);
      stream.on("data", () => --left === 0 && stream.cancel());
      // Each brings more than 10 kB.
      const question = Buffer.concat([Buffer.from([0x22, 13]), Buffer.from("maglev.Maglev")]);
      for (let count = 0; count < 80; count++) stream.write(question);
      const ends = [await end];
      client.close();
      return ends;
    },
  },
  {
    name: "goodbye, after calls",
    codes: ["OK"],
    play: async (target, random) => {
      const socket = await openSocket(target);
      const count = random.int(1, 20);
      let left = count;
      const answered = new Promise<void>((resolve) => {
        socket.on("close", () => resolve());
        onFrames(socket, ({ stream, flags: set, type }) => {
          const isEnd = stream > 0 && type <= 1 && (set & flags.endStream) !== 0;
          if (isEnd && --left === 0) resolve();
        });
      });
      const goodbye = frame("goAway", { payload: new Uint8Array(8) });
      socket.write(joined(greeting, calls(count, "/maglev.Maglev/ListBackends"), goodbye));
      await answered;
      socket.destroy();
      return left === 0 ? done("OK") : done(`${left} of ${count} calls have no answer`);
    },
  },
  {
    name: "dropped at random",
    codes: ["DROPPED"],
    play: async (target, random) => {
      const socket = await openSocket(target);
      socket.on("error", () => {});
      const all = joined(
        greeting,
        calls(random.int(1, 30), "/maglev.Maglev/WatchEvents"),
        callBytes(101, "/maglev.Maglev/GetBackend", named("web1")),
      );
      socket.write(all.subarray(0, random.int(0, all.length)));
      if (random.chance()) socket.resume();
      await pause(random.int(0, 15));
      const drop = random.pick(["end", "destroy", "reset"]);
      if (drop === "end") socket.end();
      if (drop === "reset" && !("encrypted" in socket)) socket.resetAndDestroy();
      else socket.destroySoon();
      return done("DROPPED");
    },
  },
];

const random = seeded(seed);
const startMs = performance.now();
const ends: Record<string, number> = {};
const unexpected: Record<string, number> = {};
let opened = 0;
let isGone = false;

async function work(): Promise<void> {
  while (opened < connections && !isGone) {
    const dueMs = startMs + opened++ / connections * seconds * 1_000;
    if (dueMs > performance.now()) await pause(dueMs - performance.now());
    const { name, codes, play } = random.pick(scenes);
    const failed = (error: Error) => done(`${error}`);
    for (const { code, message } of await play(target, random).catch(failed)) {
      const isExpected = codes.includes(code);
      const key = isExpected ? `${name}: ${code}` : `${name}: ${code} ${message}`;
      const where = isExpected ? ends : unexpected;
      where[key] = (where[key] ?? 0) + 1;
      isGone ||= key.includes("ECONNREFUSED");
    }
  }
}

await Promise.all(Array.from({ length: width }, work));
const elapsed = Math.round((performance.now() - startMs) / 1_000);
say({ seed, connections: opened, seconds: elapsed, ends, unexpected });
process.exit(0);
