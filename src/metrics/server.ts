/**
 * The HTTP endpoint: `/metrics`, `/healthz` and `/readyz`.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { formatHostPort, type HostPort, listenErrorOf, onHost } from "../transport/mod.ts";
import { deliver } from "./deliver.ts";
import { families } from "./families.ts";
import { beginScrape } from "./family.ts";
import { acceptsGzip, chooseFormat, contentTypes } from "./negotiate.ts";
import { findUnreadiness } from "./readiness.ts";
import { render } from "./render.ts";
import { makeBody } from "./scrape.ts";
import type { MetricsSources } from "./sources.ts";

/** Options of {@link startMetricsServer}. */
export interface MetricsServerOptions {
  readonly address: HostPort;
  readonly sources: MetricsSources;
  readonly clock: Clock;
  readonly log: Logger;
}

/** An endpoint that is served. */
export interface MetricsServer {
  /** Where it listens; the port is the true one. */
  readonly address: HostPort;
  /** Ends it, and whatever it answers at that moment. */
  stop(): Promise<void>;
}

/** Scrapes at a time, each of which may hold its body until it is taken. */
const mostScrapes = 8;

/** How long a client may take to read a scrape. Prometheus gives up after 10 s by default. */
const deliveryMs = 10_000;

const paths = "/metrics, /healthz or /readyz";

/**
 * Starts to listen, and to answer.
 *
 * @throws {ListenError} The port is in use, or the address is not one of this machine.
 */
export function startMetricsServer(options: MetricsServerOptions): MetricsServer {
  const { address: { host, port }, log } = options;
  const closing = new AbortController();
  const handler = answering(options, closing.signal);
  const listenOn = (hostname: string) =>
    Deno.serve({
      ...{ hostname, port, signal: closing.signal, handler },
      onListen: () => {},
      onError: (error) => {
        log.error("metrics-failed", { error: error as object });
        return plain(500, "internal error");
      },
    });
  let server;
  try {
    server = onHost(host, listenOn);
  } catch (error) {
    throw listenErrorOf(`${formatHostPort({ host, port })} for metrics`, error);
  }
  const address = { host: server.addr.hostname, port: server.addr.port };
  log.info("listening", { what: "metrics", address: formatHostPort(address) });
  return {
    address,
    stop: async () => {
      closing.abort();
      await server.finished;
    },
  };
}

function answering({ sources, clock }: MetricsServerOptions, closing: AbortSignal) {
  let scrapes = 0;

  const scrape = async ({ headers }: Request): Promise<Response> => {
    if (scrapes >= mostScrapes) return plain(503, `${scrapes} scrapes are under way already`);
    scrapes++;
    const onEnd = () => {
      scrapes--;
    };
    try {
      const format = chooseFormat(headers.get("accept"));
      const encoding = acceptsGzip(headers.get("accept-encoding")) ? "gzip" : "identity";
      const pieces = render(families, beginScrape(sources), format);
      const parts = await makeBody(pieces, { clock, encoding });
      if (closing.aborted) {
        onEnd();
        return plain(503, "the daemon ends");
      }
      return new Response(deliver(parts, { clock, withinMs: deliveryMs, onEnd }), {
        headers: {
          "content-type": contentTypes[format],
          ...(encoding === "gzip" ? { "content-encoding": encoding } : {}),
          "cache-control": "no-store",
          vary: "accept, accept-encoding",
        },
      });
    } catch (error) {
      onEnd();
      throw error;
    }
  };

  const answer = (request: Request): Response | Promise<Response> => {
    switch (new URL(request.url).pathname) {
      case "/metrics":
        return scrape(request);
      case "/healthz":
        return plain(200, "ok");
      case "/readyz": {
        const reason = findUnreadiness(sources.controller);
        return reason === null ? plain(200, "ok") : plain(503, reason);
      }
      default:
        return plain(404, `there is nothing here; ask for ${paths}`);
    }
  };

  return (request: Request): Response | Promise<Response> => {
    if (request.method === "GET") return answer(request);
    return plain(405, "only GET is answered", { allow: "GET" });
  };
}

function plain(status: number, line: string, headers: Record<string, string> = {}): Response {
  const type = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return new Response(`${line}\n`, { status, headers: { ...type, ...headers } });
}
