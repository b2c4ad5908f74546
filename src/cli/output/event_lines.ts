/**
 * Events, as lines for programs, which people read as well.
 *
 * @module
 */
import type { Event } from "../../rpc/maglev_pb.ts";
import { formatJsonLines } from "./json.ts";
import type { OutputForm } from "./output_form.ts";
import { timestamp } from "./timestamp.ts";
import { formatYaml } from "./yaml.ts";

/** Makes what gives the lines of each event: one of JSON, or those of a YAML document. */
export function eventLines(form: OutputForm): (event: Event) => readonly string[] {
  if (form !== "yaml") return (event) => formatJsonLines(eventData(event));
  let separator: readonly string[] = [];
  return (event) => {
    const lines = [...separator, ...formatYaml(eventData(event))];
    separator = ["---"];
    return lines;
  };
}

/** The event with its number and time before what happened. */
function eventData({ sequence, atUnixNs, ...whatHappened }: Event): unknown {
  return { sequence, at: timestamp(atUnixNs), ...withTimes(whatHappened) as object };
}

/** The same, with each `atUnixNs` in it as `at`, in RFC 3339. */
function withTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTimes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) =>
      name === "atUnixNs" ? ["at", timestamp(part)] : [name, withTimes(part)]
    ),
  );
}
