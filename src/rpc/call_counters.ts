/**
 * What is counted about the calls of each method.
 *
 * @module
 */

import { createHistogram, type Histogram } from "../histogram.ts";
import type { Method, Service } from "./service.ts";
import type { StatusCode } from "./status.ts";

/** The calls of a method so far. */
export interface CallCounts {
  readonly service: string;
  readonly method: string;
  readonly type: Method<unknown, unknown>["type"];
  readonly started: number;
  /** Messages of clients. */
  readonly received: number;
  /** Messages of ours. */
  readonly sent: number;
  /** How the calls ended that are over. */
  readonly handled: ReadonlyMap<StatusCode, number>;
  readonly durations: Histogram;
}

/** Takes note of the calls of a method. */
export interface CallCounter {
  start(): void;
  receive(): void;
  send(): void;
  end(code: StatusCode, seconds: number): void;
}

/** Makes a counter for each method of some services. */
export function countCalls(
  services: readonly Service[],
): { readonly counts: readonly CallCounts[]; of(service: string, method: string): CallCounter } {
  const counters = services.flatMap(({ name, methods }) =>
    methods.map(({ method }) => countMethod(name, method))
  );
  const byPath = new Map(counters.map((each) => [pathOf(each.counts), each]));
  return {
    counts: counters.map(({ counts }) => counts),
    of(service, method) {
      const counter = byPath.get(pathOf({ service, method }));
      if (counter === undefined) throw new Error(`${service} has no method ${method}`);
      return counter;
    },
  };
}

function pathOf({ service, method }: Pick<CallCounts, "service" | "method">): string {
  return `/${service}/${method}`;
}

function countMethod(service: string, { name, type }: Method<unknown, unknown>) {
  const durations = createHistogram();
  const handled = new Map<StatusCode, number>();
  const counts = {
    service,
    method: name,
    type,
    durations,
    handled,
    started: 0,
    received: 0,
    sent: 0,
  };
  return {
    counts,
    start: () => void counts.started++,
    receive: () => void counts.received++,
    send: () => void counts.sent++,
    end(code: StatusCode, seconds: number) {
      handled.set(code, (handled.get(code) ?? 0) + 1);
      durations.observe(seconds);
    },
  };
}
