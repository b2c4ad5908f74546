import assert from "node:assert/strict";
import { headProblem, valueOf } from "./head.ts";
import type { Header } from "./hpack/mod.ts";

type Kind = Parameters<typeof headProblem>[0];

const request: readonly Header[] = [[":method", "POST"], [":scheme", "http"], [":path", "/"]];
const response: readonly Header[] = [[":status", "200"]];

Deno.test("a head that is well formed has no problem", () => {
  const cases: [kind: Kind, headers: readonly Header[]][] = [
    ["request", request],
    ["request", [[":authority", "a"], ...request, ["te", "trailers"], ["x-a", ""]]],
    ["request", [...request, ["a!#$%&'*+-.^_`|~9", "any \t\x80 value"]]],
    ["response", response],
    ["response", [...response, ["content-type", "application/grpc"], ["x", "1"], ["x", "2"]]],
    ["trailers", []],
    ["trailers", [["grpc-status", "0"]]],
  ];
  for (const [kind, headers] of cases) {
    assert.equal(headProblem(kind, headers), undefined, JSON.stringify(headers));
  }
});

Deno.test("a head that is not well formed says what is wrong", () => {
  const cases: [kind: Kind, headers: readonly Header[], problem: RegExp][] = [
    ["request", [], /:method is missing/],
    ["request", request.slice(1), /:method is missing/],
    ["request", [[":method", "POST"], [":path", "/"]], /:scheme is missing/],
    ["request", request.slice(0, 2), /:path is missing/],
    ["request", [...request.slice(0, 2), [":path", ""]], /:path is empty/],
    ["request", [...request, [":path", "/"]], /:path comes twice/],
    ["request", [...request, [":status", "200"]], /no :status here/],
    ["request", [...request, [":protocol", "x"]], /no :protocol here/],
    ["request", [["x", "1"], ...request], /:method comes after other headers/],
    ["request", [...request, ["X-A", "1"]], /in capitals/],
    ["request", [...request, ["", "1"]], /a name is none/],
    ["request", [...request, ["a b", "1"]], /a name is none/],
    ["request", [...request, ["a:", "1"]], /a name is none/],
    ["request", [...request, ["a\n", "1"]], /a name is none/],
    ["request", [...request, ["x", "a\r\nb"]], /x has a line break/],
    ["request", [...request, ["x", "a\0b"]], /x has a line break/],
    ["request", [...request, ["te", "trailers, deflate"]], /te may only be trailers/],
    ...["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"].map(
      (name): [Kind, readonly Header[], RegExp] => [
        ...["request" as const, [...request, [name, "x"] as const]] as const,
        new RegExp(`${name} is not for HTTP/2`),
      ],
    ),
    ["response", [], /:status is missing/],
    ["response", [...response, ...response], /:status comes twice/],
    ["response", [...response, [":path", "/"]], /no :path here/],
    ["trailers", response, /no :status here/],
  ];
  for (const [kind, headers, problem] of cases) {
    assert.match(headProblem(kind, headers) ?? "", problem, JSON.stringify(headers));
  }
});

Deno.test("the first value of a header counts", () => {
  const headers: readonly Header[] = [["a", "1"], ["b", "2"], ["b", "3"]];
  assert.deepEqual(["b", "c"].map((name) => valueOf(headers, name)), ["2", undefined]);
});
