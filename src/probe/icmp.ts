/**
 * Probes that send an echo request and wait for its reply.
 *
 * @module
 */

import { addressBytes } from "../config/mod.ts";
import { sourceOf } from "./connection.ts";
import type { Echoes } from "./echoes.ts";
import { describeFailure, isOurFault, osErrorOf } from "./failure.ts";
import type { ProbeSpec } from "./probe.ts";
import type { Attempt } from "./attempt.ts";

/** Makes ready the probes of one server. */
export function icmpAttempt(spec: ProbeSpec, echoes: Echoes): Attempt {
  const { address, netns } = spec;
  const source = sourceOf(spec);
  const request = {
    family: address.family,
    netns,
    destination: addressBytes(address),
    source: source === null ? undefined : addressBytes(source),
  };
  return (report) => {
    report.expire({ code: "L4TOUT", what: "no echo reply" });
    const onReply = (waitedMs: number) => {
      report.mark("connect", waitedMs);
      report.end({ ok: true, code: "L4OK", detail: "echo reply" }, waitedMs);
    };
    try {
      return echoes.ask({ ...request, onReply });
    } catch (caught) {
      const error = osErrorOf(caught);
      if (isOurFault(error)) report.endVoid(error.message);
      else {
        const detail = describeFailure(error, { source, netns });
        report.end({ ok: false, code: "L4CON", detail });
      }
      return () => {};
    }
  };
}
