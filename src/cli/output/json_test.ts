import assert from "node:assert/strict";
import { formatJson } from "./json.ts";

Deno.test("names are in snake_case at every depth, and values as they are", () => {
  const value = { buildDate: "camelCase", vips: [{ poolIndex: 1, ip4SrcAddress: null }] };
  assert.deepEqual(JSON.parse(formatJson(value)), {
    build_date: "camelCase",
    vips: [{ pool_index: 1, ip4_src_address: null }],
  });
});
