import assert from "node:assert/strict";
import { readExposition, valueOf } from "../../tests/exposition.ts";
import { createHistogram } from "../histogram.ts";
import { beginScrape } from "./family.ts";
import { metricsSources, rpcSource } from "./metrics_testing.ts";
import { render } from "./render.ts";
import { rpcFamilies } from "./rpc_families.ts";
import type { RpcSource } from "./sources.ts";

const scrape = (...rpc: readonly RpcSource[]) =>
  readExposition(
    [...render(rpcFamilies, beginScrape(metricsSources({ rpc })), "text")].join(""),
    "text",
  );

Deno.test("the calls of a method are counted under their labels", () => {
  const read = scrape(rpcSource());
  const cases: readonly (readonly [string, Record<string, string>, number])[] = [
    [
      "started_total",
      { grpc_type: "unary", grpc_service: "maglev.Maglev", grpc_method: "GetBackend" },
      5,
    ],
    ["msg_received_total", {}, 5],
    ["msg_sent_total", {}, 3],
    ["handled_total", { grpc_code: "OK" }, 3],
    ["handled_total", { grpc_code: "Canceled" }, 1],
    ["handled_total", { grpc_code: "NotFound" }, 0],
    ["handling_seconds_bucket", { le: "0.025" }, 4],
    ["handling_seconds_count", {}, 4],
  ];
  for (const [name, labels, value] of cases) {
    assert.equal(valueOf(read, `grpc_server_${name}`, labels), value, name);
  }
});

Deno.test("a method that was never called has all of its series, at 0", () => {
  const never = {
    started: 0,
    received: 0,
    sent: 0,
    handled: new Map(),
    durations: createHistogram(),
  };
  const stream = rpcSource({ ...never, method: "WatchEvents", type: "server_stream" });
  const samples = [...scrape(stream).values()].flatMap((family) => family.samples);
  assert.ok(
    samples.every(({ value, labels }) => value === 0 && labels.grpc_type === "server_stream"),
  );
  const codes = samples.flatMap(({ labels }) => labels.grpc_code ?? []);
  assert.equal(new Set(codes).size, 17);
  assert.equal(samples.length, 3 + 17 + 14);
});

Deno.test("where the API is not served it has no series", () => {
  assert.ok([...scrape().values()].every(({ samples }) => samples.length === 0));
});
