/**
 * Whether an answer is the one that is wanted.
 *
 * @module
 */

import { compileRegexp, type Http } from "../config/mod.ts";
import type { CompleteAnswer } from "./http_answer.ts";
import type { Head } from "./http_head.ts";
import { printable, quoted } from "./printable.ts";
import type { Verdict } from "./attempt.ts";

/** Judges the answers of one server. */
export interface Judge {
  /** A wrong status is final, whatever the body is. */
  readonly status: (head: Head) => Verdict | undefined;
  readonly body: (answer: CompleteAnswer) => Verdict;
}

/** Makes ready what judges answers by what the configuration wants. */
export function judgeOf({ responseCode: { min, max }, responseRegexp }: Http): Judge {
  const wanted = min === max ? `${min}` : `${min}-${max}`;
  const regexp = responseRegexp === null ? undefined : compiled(responseRegexp);

  const status: Judge["status"] = ({ status, reason }) => {
    if (status >= min && status <= max) return undefined;
    const words = reason === "" ? "" : ` ${printable(reason)}`;
    return failed(`status ${status}${words}, wanted ${wanted}`);
  };

  const body: Judge["body"] = ({ head, body }) => {
    const passed: Verdict = { ok: true, code: "L7OK", detail: `status ${head.status}` };
    if (regexp === undefined) return passed;
    switch (regexp.match(body)) {
      case "match":
        return { ...passed, detail: `${passed.detail}, the body matches` };
      case "no-match":
        return failed(`the body does not match ${regexp.source}: it begins with ${quoted(body)}`);
      case "cut-off":
        return failed(`matching the body with ${regexp.source} took too long, and was cut off`);
    }
  };
  return { status, body };
}

function failed(detail: string): Verdict {
  return { ok: false, code: "L7STS", detail };
}

/** The configuration lets nothing through that is no regular expression. */
function compiled(source: string) {
  const result = compileRegexp(source);
  if ("problem" in result) throw new RangeError(`${source} is ${result.problem}`);
  return result.value;
}
