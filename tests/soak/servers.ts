/**
 * The servers that a soak's daemon probes, in a process of their own: `servers.ts SEED BACKENDS
 * BEHAVIOUR_MS`. It prints the ports as JSON. A line on stdin makes all of them answer; at the end of
 * stdin it ends.
 *
 * @module
 */

import { systemClock } from "../../src/clock.ts";
import { lineWriter } from "../../src/line_writer.ts";
import { type Speaks, startLoopbackSite } from "../loopback_site.ts";
import { type Behaviour, behaviourAt } from "./behaviour.ts";
import { backendAddress, isTcp } from "./configuration.ts";

const [seed = 1, backends = 0, behaviourMs = 1_000] = Deno.args.map(Number);
const startMs = systemClock.monotonic();
let isCalm = false;

function behaviourOf(backend: number): Behaviour {
  const elapsedMs = systemClock.monotonic() - startMs;
  return isCalm ? "answers" : behaviourAt({ seed, backend, elapsedMs, behaviourMs });
}

const encoder = new TextEncoder();
const answers = {
  "answers": encoder.encode("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n"),
  "says 503": encoder.encode("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
} as const;
const buffer = new Uint8Array(4_096);
const numbers = new Map(Array.from({ length: backends }, (_, index) => [
  backendAddress(index),
  index,
]));

async function serve(connection: Deno.Conn): Promise<void> {
  const { hostname } = connection.localAddr as Deno.NetAddr;
  const behaviour = behaviourOf(numbers.get(hostname) ?? 0);
  // What is closed with a request that nobody has read is reset.
  if (behaviour === "resets") return;
  await connection.read(buffer);
  if (behaviour === "hangs") await connection.read(buffer);
  else await connection.write(answers[behaviour]);
}

/** One listener has the addresses of all. */
async function serveHttp(listener: Deno.Listener): Promise<void> {
  for (;;) {
    const connection = await listener.accept().catch((error) => {
      if (error instanceof Deno.errors.NotConnected) return null;
      throw error;
    });
    if (connection === null) continue;
    serve(connection).catch(() => {}).finally(() => connection.close());
  }
}

const tcpNumbers = Array.from({ length: backends }, (_, index) => index).filter(isTcp);
const tcpSite = startLoopbackSite(
  Object.fromEntries(tcpNumbers.map((index) => [backendAddress(index), "tcp" satisfies Speaks])),
);
const listener = Deno.listen({ hostname: "0.0.0.0", port: 0, tcpBacklog: 4_096 });
serveHttp(listener);

/** Who is probed over TCP either takes connections or does not. */
function changeTcp(): void {
  for (const index of tcpNumbers) {
    const mode = behaviourOf(index) === "answers" ? "answers" : "refused";
    tcpSite.change(backendAddress(index), mode);
  }
  systemClock.setTimer(1_000, changeTcp);
}
changeTcp();

const { port } = listener.addr as Deno.NetAddr;
lineWriter(Deno.stdout)(JSON.stringify({ http: port, tcp: tcpSite.port }));
for await (const _ of Deno.stdin.readable) isCalm = true;
Deno.exit(0);
