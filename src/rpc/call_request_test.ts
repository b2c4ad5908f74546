import assert from "node:assert/strict";
import type { Header } from "../http2/mod.ts";
import { httpProblem, readCallRequest } from "./call_request.ts";
import { RpcError } from "./status.ts";

const head: readonly Header[] = [
  [":method", "POST"],
  [":path", "/a.B/C"],
  ["content-type", "application/grpc"],
];
const withType = (type: string): readonly Header[] => [...head.slice(0, 2), ["content-type", type]];

Deno.test("what is no call is answered as HTTP is", () => {
  const cases: [head: readonly Header[], status: number | undefined][] = [
    [head, undefined],
    [withType("application/grpc+proto"), undefined],
    [withType("Application/GRPC;charset=utf-8"), undefined],
    [withType("application/grpc+json"), 415],
    [withType("application/grpc-web"), 415],
    [withType("text/html"), 415],
    [head.slice(0, 2), 415],
    [[[":method", "GET"], ...head.slice(1)], 405],
    [[], 405],
  ];
  for (const [each, status] of cases) assert.equal(httpProblem(each), status, JSON.stringify(each));
});

Deno.test("a call has a path, and a timeout if it says so", () => {
  const cases: [more: readonly Header[], timeoutMs: number | undefined][] = [
    [[], undefined],
    [[["grpc-encoding", "identity"]], undefined],
    [[["grpc-timeout", "2S"]], 2_000],
    [[["grpc-timeout", "0n"]], 0],
  ];
  for (const [more, timeoutMs] of cases) {
    assert.deepEqual(readCallRequest([...head, ...more]), { path: "/a.B/C", timeoutMs });
  }
  assert.equal(readCallRequest([]).path, "");
});

Deno.test("a call that asks for what there is not is refused", () => {
  const cases: [more: Header, code: string][] = [
    [["grpc-encoding", "gzip"], "UNIMPLEMENTED"],
    [["grpc-timeout", "soon"], "INTERNAL"],
    [["grpc-timeout", ""], "INTERNAL"],
  ];
  for (const [more, code] of cases) {
    assert.throws(
      () => readCallRequest([...head, more]),
      (error) => error instanceof RpcError && error.code === code,
    );
  }
});
