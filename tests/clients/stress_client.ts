/**
 * Opens and closes channels of grpc-js, each of which does one thing that clients do, good or bad; at
 * the end it says how often it did what, and what it did not expect.
 *
 *     stress_client.ts TARGET SEED CONNECTIONS SECONDS WIDTH
 *
 * It ends after so many connections or so much time, whichever comes first.
 *
 * @module
 */

import { type Random, seeded } from "../seeded.ts";
import { openClient, say, streamEnd } from "./grpc_js.ts";

/** What it did, and how the calls ended. */
interface Scene {
  readonly name: string;
  /** How its calls may end. */
  readonly codes: readonly string[];
  /** Does it, on a channel that it closes; gives the ends. */
  readonly play: (target: string, random: Random) => Promise<readonly { readonly code: string }[]>;
}

const pause = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs));

/** The first message of a stream, or its end. */
const begun = (stream: ReturnType<ReturnType<typeof openClient>["watch"]>) =>
  new Promise<void>((resolve) => {
    stream.once("data", () => resolve());
    stream.once("error", () => resolve());
    stream.once("end", () => resolve());
  });

const scenes: readonly Scene[] = [
  {
    name: "a few calls, then closed",
    codes: ["OK"],
    play: async (target, random) => {
      const client = openClient(target);
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
      const client = openClient(target);
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
      const client = openClient(target);
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
      const client = openClient(target);
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
      const client = openClient(target, { "grpc.max_receive_message_length": 4 });
      const ends = [await client.unary("GetFrontend", { name: "www" })];
      client.close();
      return ends;
    },
  },
  {
    name: "closed at once",
    codes: ["OK", "CANCELLED", "UNAVAILABLE"],
    play: async (target, random) => {
      const client = openClient(target);
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
      const client = openClient(target);
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
      const client = openClient(target);
      const rpc = random.pick(["GetBackend", "NoSuchThing"]);
      const ends = [await client.unary(rpc, rpc === "GetBackend" ? { name: "no-such" } : {})];
      client.close();
      return ends;
    },
  },
];

const [target = "", ...numbers] = Deno.args;
const [seed = 1, connections = 100, seconds = 10, width = 8] = numbers.map(Number);
const random = seeded(seed);
const startMs = performance.now();
const counts: Record<string, number> = {};
const unexpected: Record<string, number> = {};
let opened = 0;

async function work(): Promise<void> {
  while (opened < connections && performance.now() - startMs < seconds * 1_000) {
    opened++;
    const { name, codes, play } = random.pick(scenes);
    for (const end of await play(target, random)) {
      const isExpected = codes.includes(end.code);
      const key = isExpected ? name : `${name}: ${JSON.stringify(end)}`;
      const where = isExpected ? counts : unexpected;
      where[key] = (where[key] ?? 0) + 1;
    }
  }
}

await Promise.all(Array.from({ length: width }, work));
const elapsed = Math.round((performance.now() - startMs) / 1_000);
say({ seed, connections: opened, seconds: elapsed, counts, unexpected });
Deno.exit(0);
