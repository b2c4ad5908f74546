import assert from "node:assert/strict";
import { acceptsGzip, chooseFormat } from "./negotiate.ts";

Deno.test("the format is the one that the client prefers", () => {
  const cases: readonly (readonly [string | null, string])[] = [
    [null, "text"],
    ["", "text"],
    ["*/*", "text"],
    ["text/html", "text"],
    ["text/plain", "text"],
    ["application/openmetrics-text", "openmetrics"],
    ['application/openmetrics-text; version="1.0.0"; charset=utf-8', "openmetrics"],
    ["application/openmetrics-text;version=9.0.0", "text"],
    ["application/openmetrics-text;q=0", "text"],
    ["application/openmetrics-text;q=x", "text"],
    ["application/openmetrics-text;q=0.3, text/plain;q=0.5", "text"],
    ["TEXT/PLAIN;q=0.5,Application/OpenMetrics-Text;q=0.7", "openmetrics"],
    [
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5," +
      "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;q=0.3," +
      "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
      "openmetrics",
    ],
    [",;=,;q=,".repeat(1_000), "text"],
  ];
  for (const [accept, format] of cases) assert.equal(chooseFormat(accept), format, `${accept}`);
});

Deno.test("gzip is for those who take it", () => {
  const cases: readonly (readonly [string | null, boolean])[] = [
    [null, false],
    ["", false],
    ["gzip", true],
    ["br, GZIP;q=0.1", true],
    ["gzip;q=0", false],
    ["*", true],
    ["gzip;q=0, *", false],
    ["identity", false],
  ];
  for (const [header, expected] of cases) assert.equal(acceptsGzip(header), expected, `${header}`);
});
