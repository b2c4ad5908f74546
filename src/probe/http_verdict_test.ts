import assert from "node:assert/strict";
import type { Http } from "../config/mod.ts";
import { judgeOf } from "./http_verdict.ts";

function judge(wanted: Partial<Http>) {
  const responseCode = { min: 200, max: 200 };
  return judgeOf({ path: "/", host: null, responseCode, responseRegexp: null, ...wanted });
}

const answer = (body: string, status = 200) => ({
  kind: "complete" as const,
  head: { status, reason: "" },
  body: new TextEncoder().encode(body),
});

Deno.test("a status is right from the first to the last that is wanted, both included", () => {
  const { status } = judge({ responseCode: { min: 200, max: 204 } });
  for (const right of [200, 201, 204]) {
    assert.equal(status({ status: right, reason: "" }), undefined);
  }
  for (const wrong of [199, 205, 301, 503]) {
    assert.deepEqual(status({ status: wrong, reason: "Odd\x1b" }), {
      ok: false,
      code: "L7STS",
      detail: `status ${wrong} Odd\\x1b, wanted 200-204`,
    });
  }
  assert.equal(judge({}).status({ status: 404, reason: "" })?.detail, "status 404, wanted 200");
});

Deno.test("without a regular expression any body is right", () => {
  const verdict = judge({}).body(answer("anything"));
  assert.deepEqual(verdict, { ok: true, code: "L7OK", detail: "status 200" });
});

Deno.test("a body is right if the regular expression matches somewhere", () => {
  const { body } = judge({ responseRegexp: "(?i)status: (ok|ready)" });
  assert.deepEqual(body(answer("<p>Status: READY</p>")), {
    ok: true,
    code: "L7OK",
    detail: "status 200, the body matches",
  });
  assert.deepEqual(body(answer("<p>Status: \x1bbroken</p>")), {
    ok: false,
    code: "L7STS",
    detail:
      'the body does not match (?i)status: (ok|ready): it begins with "<p>Status: \\x1bbroken</p>"',
  });
});

Deno.test("a match that would take too long is cut off, and says so", () => {
  const { body } = judge({ responseRegexp: "1[01]{900}x" });
  const bits = Array.from(
    { length: 65_536 },
    (_, index) => Math.imul(index, 2_654_435_761) >>> 17 & 1,
  );
  const { ok, code, detail } = body(answer(bits.join("")));
  assert.deepEqual([ok, code], [false, "L7STS"]);
  assert.equal(detail, "matching the body with 1[01]{900}x took too long, and was cut off");
});
