/**
 * Answers of backends to a probe over HTTP.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Http } from "../../src/config/mod.ts";
import { type Answer, answerReader } from "../../src/probe/http_answer.ts";
import { judgeOf } from "../../src/probe/http_verdict.ts";
import type { Random } from "../seeded.ts";
import { textMutations } from "./mutate.ts";
import { bytesOf, type FuzzTarget, piecesOf } from "./target.ts";

const lines = [
  ...["Content-Length: 5", "Content-Length: 0", "content-length:5, 5", "Content-Length: 99999"],
  ...["Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: x"],
  ...["Connection: close", "X: 1", " folded", ":", "no colon", "", "Upgrade: h2c", "X:\t \u00ff"],
];

function chunks(random: Random): string {
  const chunk = () => {
    const length = random.pick([0, 1, 5, 17, 300]);
    const size = length.toString(16);
    return `${random.pick([size, size.toUpperCase(), `0${size}`, `${size};a=b`, "g"])}${
      random.pick(["\r\n", "\n"])
    }${"x".repeat(length)}${random.pick(["\r\n", "\n", "\r\n", ""])}`;
  };
  return Array.from({ length: random.int(0, 20) }, chunk).join("") + "0\r\n\r\n";
}

function answer(random: Random): Uint8Array {
  const eol = random.pick(["\r\n", "\r\n", "\n"]);
  const status = random.chance(0.9)
    ? random.pick([200, 200, 200, 404, 100, 103, 204, 304])
    : random.pick([101, 999, "20", "2000", ""]);
  const head = `HTTP/1.${random.pick([1, 1, 1, 0])} ${status}${
    random.pick([" OK", "", " é\u0007"])
  }`;
  const framing = random.pick(["Transfer-Encoding: chunked", "Content-Length: 15", "X: 1"]);
  const others = Array.from({ length: random.pick([0, 0, 0, 1, 4]) }, () => random.pick(lines));
  const headers = random.shuffle([framing, ...others]);
  const content = random.chance() ? chunks(random) : "hello".repeat(random.pick([0, 1, 2, 3_000]));
  const whole = [head, ...headers.filter((each) => each !== ""), "", content].join(eol);
  return bytesOf(random.chance(0.2) ? `HTTP/1.1 103 Early${eol}${eol}${whole}` : whole);
}

const wanted: Http = {
  host: null,
  path: "/",
  responseCode: { min: 200, max: 299 },
  responseRegexp: "(x|h)e?l+o$",
} as unknown as Http;
const judge = judgeOf(wanted);

function read(pieces: Iterable<Uint8Array>): Answer {
  const reader = answerReader();
  for (const piece of pieces) {
    const answer = reader.push(piece);
    // The piece's memory is used again for the next one.
    if (answer !== undefined) return structuredClone(answer);
    piece.fill(0xaa);
    assert.ok((reader.progress() ?? "").length < 200);
  }
  return reader.end();
}

/** An answer, or none. */
export const httpAnswers: FuzzTarget = {
  name: "http-answers",
  corpus: [],
  invent: answer,
  mutations: textMutations([...lines, "\r\n", "\r\n\r\n", "ffffffff", "HTTP/1.1 200 OK"]),
  mostBytes: 150_000,
  tries: 800,
  run(input, random) {
    const answer = read(piecesOf(random, input));
    const verdict = answer.kind === "complete"
      ? judge.status(answer.head) ?? judge.body(answer)
      : { ok: false, detail: answer.detail };
    assert.ok(verdict.detail.length < 1_000, "the verdict is too long");
    assert.match(verdict.detail, /^[\x20-\x7e\u{a0}-\u{10ffff}]*$/u);
    if (answer.kind === "complete") {
      assert.ok(answer.body.length <= 65_536);
      return [answer.head, answer.body];
    }
    // How much is shown of what is no HTTP depends on how much has come.
    return answer.detail.startsWith("not HTTP:") ? "not HTTP" : answer.detail;
  },
};
