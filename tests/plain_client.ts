/**
 * A client without opinions, which tells what it hears: the check on the servers of tests.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type { TestPort } from "./probed_server.ts";

/** What the client sends. */
export const request = "GET / HTTP/1.1\r\nHost: ok.test\r\n\r\n";

/** What a client of {@link ask} does. */
export interface ClientOptions {
  /** The authorities that it trusts. Default: it speaks no TLS. */
  readonly caCerts?: string[] | undefined;
  /** After so many characters it leaves as soon as nothing comes for a while. Default: never. */
  readonly enough?: number;
}

/** How long it waits for what is to come, and how long for what is not. */
const [LONG_MS, SHORT_MS] = [5_000, 40];

/** When it has got so much it leaves. */
const MOST_CHARACTERS = 4_000_000;

/** Sends a request. Returns what came, a character a byte, and then: `FIN`, `left`, or the error. */
export async function ask(
  { address: hostname, port }: Pick<TestPort, "address" | "port">,
  { caCerts, enough = Infinity }: ClientOptions = {},
): Promise<[text: string, end: string]> {
  const bytes = Buffer.alloc(65_536);
  let text = "";
  try {
    const tcp = await Deno.connect({ hostname, port });
    tcp.setNoDelay();
    using connection = caCerts === undefined ? tcp : await startTls(tcp, caCerts);
    await connection.write(new TextEncoder().encode(request));
    while (text.length < MOST_CHARACTERS) {
      const patienceMs = text.length < enough ? LONG_MS : SHORT_MS;
      const timer = setTimeout(() => connection.close(), patienceMs);
      const length = await connection.read(bytes).finally(() => clearTimeout(timer));
      if (length === null) return [text, "FIN"];
      text += bytes.toString("latin1", 0, length);
    }
    return [text, "left"];
  } catch (error) {
    return [text, error instanceof Deno.errors.Interrupted ? "left" : String(error)];
  }
}

async function startTls(tcp: Deno.TcpConn, caCerts: string[]): Promise<Deno.TlsConn> {
  const options = { hostname: "ok.test", alpnProtocols: ["h2", "http/1.1"], caCerts };
  const connection = await Deno.startTls(tcp, options);
  await connection.handshake();
  return connection;
}
