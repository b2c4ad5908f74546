/**
 * Probes that ask for a page, over TLS or not.
 *
 * @module
 */

import { type Channel, type Listener, plainChannel } from "./channel.ts";
import { type Answer, type AnswerReader, answerReader } from "./http_answer.ts";
import { httpRequest } from "./http_request.ts";
import { type Judge, judgeOf } from "./http_verdict.ts";
import type { ProbeSpec } from "./probe.ts";
import type { Attempt, Report } from "./attempt.ts";
import type { TcpTools } from "./tcp.ts";
import { securer } from "./tls.ts";

type HttpSpec = ProbeSpec & { readonly probe: { readonly type: "http" | "https" } };

/** Makes ready the probes of one server. */
export function httpAttempt(
  { address, probe }: HttpSpec,
  { connect, ...tools }: TcpTools,
): Attempt {
  const request = httpRequest(probe, address);
  const judge = judgeOf(probe.http);
  const secure = probe.type === "http"
    ? undefined
    : securer({ tls: probe.tls, address, ...tools, protocols: ["http/1.1"] });

  return (report) => {
    const reader = answerReader();
    const listener = answerListener(report, reader, judge);
    const ask = (channel: Channel) => {
      report.expire({ code: "L7TOUT", what: () => unfinished(reader) });
      channel.send(request);
    };
    let leave = () => {};
    const disconnect = connect(report, (connection) => {
      if (secure === undefined) ask(plainChannel(connection, listener));
      else leave = secure(report, connection, { ...listener, secured: ask });
    });
    return () => {
      leave();
      disconnect();
    };
  };
}

/** Reads the answer, and ends the probe as soon as the verdict is sure. */
function answerListener(report: Report, reader: AnswerReader, judge: Judge): Listener {
  let hasBegun = false;
  let hasHead = false;

  const conclude = (answer: Answer | undefined) => {
    const head = hasHead ? undefined : reader.head();
    if (head !== undefined) {
      hasHead = true;
      const verdict = judge.status(head);
      if (verdict !== undefined) return report.end(verdict);
    }
    if (answer === undefined) return;
    if (answer.kind === "malformed") {
      return report.end({ ok: false, code: "L7RSP", detail: answer.detail });
    }
    report.mark("body");
    report.end(judge.body(answer));
  };

  return {
    received: (bytes) => {
      if (!hasBegun) report.mark("firstByte");
      hasBegun = true;
      conclude(reader.push(bytes));
    },
    ended: () => conclude(reader.end()),
    failed: ({ code, message }) => {
      const why = code === "ECONNRESET" || code === "EPIPE"
        ? "the server reset the connection"
        : message;
      const so = reader.progress();
      const when = so === undefined ? "" : ` after ${so}`;
      report.end({ ok: false, code: "L7RSP", detail: `${why}${when}` });
    },
  };
}

function unfinished(reader: AnswerReader): string {
  const progress = reader.progress();
  return progress === undefined ? "no answer" : `answer not complete: ${progress}`;
}
