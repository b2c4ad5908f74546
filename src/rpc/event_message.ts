/**
 * Events as the API tells them.
 *
 * @module
 */

import type { WeightPlace } from "../health/mod.ts";
import type { LogRecord, PlainValue } from "../log.ts";
import type * as pb from "./maglev_pb.ts";
import { nanoseconds } from "./nanoseconds.ts";
import { type StateTransition, transitionRecord } from "./transition_record.ts";

/** Something that happened. The checker publishes them. */
export type ToldEvent =
  & {
    readonly sequence: number;
    /** Milliseconds since the epoch. */
    readonly at: number;
  }
  & (
    | {
      readonly kind: "backend";
      readonly backend: string;
      readonly frontends: readonly string[];
      readonly transition: StateTransition;
    }
    | {
      readonly kind: "frontend";
      readonly frontend: string;
      readonly transition: StateTransition;
    }
    | {
      readonly kind: "weight";
      readonly place: WeightPlace;
      readonly from: number;
      readonly to: number;
      readonly by: string;
    }
    | { readonly kind: "reload"; readonly summary: pb.ReloadEvent }
    | { readonly kind: "log"; readonly record: LogRecord }
    | { readonly kind: "lost"; readonly count: number }
  );

/** Tells an event. */
export function eventMessage(event: ToldEvent): pb.Event {
  const { sequence, at } = event;
  return { ...whatHappened(event), sequence: BigInt(sequence), atUnixNs: nanoseconds(at) };
}

function whatHappened(event: ToldEvent): Omit<pb.Event, "sequence" | "atUnixNs"> {
  switch (event.kind) {
    case "backend": {
      const transition = transitionRecord(event.transition);
      return {
        backend: { backendName: event.backend, transition, frontendNames: event.frontends },
      };
    }
    case "frontend":
      return {
        frontend: {
          frontendName: event.frontend,
          transition: transitionRecord(event.transition),
        },
      };
    case "weight": {
      const { place, from, to, by } = event;
      const { frontend: frontendName, pool: poolName, backend: backendName } = place;
      return { weight: { frontendName, poolName, backendName, from, to, by } };
    }
    case "reload":
      return { reload: event.summary };
    case "log":
      return { log: logEvent(event.record) };
    case "lost":
      return { lost: { count: BigInt(event.count) } };
  }
}

function logEvent({ at, level, msg, attributes }: LogRecord): pb.LogEvent {
  const attrs = Object.entries(attributes).map(([key, value]) => ({ key, value: textOf(value) }));
  return { atUnixNs: nanoseconds(at), level, msg, attrs };
}

function textOf(value: PlainValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
