/**
 * Servers and clients for the tests of this room.
 *
 * @module
 */

import { systemClock } from "../clock.ts";
import { dial, type DialOptions } from "./dial.ts";
import { type IncomingConnection, listen, type Listener, type ListenOptions } from "./listen.ts";
import type { ListenProblem } from "./listen.ts";
import { formatServerAddress, parseServerAddress, type ServerAddress } from "./server_address.ts";
import type { Transport } from "./transport.ts";

const folder = new URL("testdata/", import.meta.url);

/** The text of a file of `testdata/`, see its README. */
export function testdata(name: string): string {
  return Deno.readTextFileSync(new URL(name, folder));
}

/** An address by its text. */
export function addressOf(text: string): ServerAddress {
  const parsed = parseServerAddress(text);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

/** A server that is listened to while a test runs. */
export interface Scene {
  readonly listener: Listener;
  /** The true port. */
  readonly port: number;
  readonly address: ServerAddress;
  readonly problems: readonly ListenProblem[];
  /** The next connection that was handed out. */
  accepted(): Promise<IncomingConnection>;
  /** The next problem that was told. */
  problem(): Promise<ListenProblem>;
}

/** Listens, runs the test, and closes everything. */
export async function withListener(
  text: string,
  run: (scene: Scene) => Promise<void>,
  options: Partial<ListenOptions> = {},
): Promise<void> {
  const connections = queue<IncomingConnection>();
  const problems = queue<ListenProblem>();
  const listener = await listen({
    address: addressOf(text),
    clock: systemClock,
    onConnection: connections.add,
    onProblem: problems.add,
    ...options,
  });
  const { address } = listener;
  const port = address.kind === "tcp" ? address.port : 0;
  try {
    await run({
      ...{ listener, address, port, problems: problems.all },
      accepted: connections.next,
      problem: problems.next,
    });
  } finally {
    await listener.close();
    for (const { transport } of connections.all) transport.close();
  }
}

function queue<T>() {
  const all: T[] = [];
  let taken = 0;
  let wake = () => {};
  return {
    all,
    add: (item: T) => {
      all.push(item);
      wake();
    },
    next: async (): Promise<T> => {
      for (;;) {
        const item = all[taken];
        if (item !== undefined) {
          taken++;
          return item;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** The bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Reads so many bytes, or fewer where the end comes first. */
export async function readText(transport: Transport, length: number): Promise<string> {
  let text = "";
  while (text.length < length) {
    const bytes = await transport.read();
    if (bytes === null) break;
    text += new TextDecoder().decode(bytes);
  }
  return text;
}

/** The text of where a scene's server is, for a host of one's choice. */
export function at(host: string, { address }: Scene): ServerAddress {
  return address.kind === "tcp" ? { ...address, host } : addressOf(formatServerAddress(address));
}

/** Dials by the clock of the machine. */
export function dialNow(
  address: ServerAddress,
  options: Omit<DialOptions, "clock">,
): Promise<Transport> {
  return dial(address, { ...options, clock: systemClock });
}
