import assert from "node:assert/strict";
import type { Address } from "../config/mod.ts";
import { build } from "../version.ts";
import { httpRequest } from "./http_request.ts";

const ipv4: Address = { family: 4, text: "10.0.0.1" };
const ipv6: Address = { family: 6, text: "2001:db8::1" };
const http = { path: "/", host: null, responseCode: { min: 200, max: 200 }, responseRegexp: null };

Deno.test("a request has five lines, and asks to close", () => {
  const bytes = httpRequest(
    { type: "http", port: 80, http: { ...http, path: "/healthz?full=1" } },
    ipv4,
  );
  assert.equal(
    new TextDecoder().decode(bytes),
    "GET /healthz?full=1 HTTP/1.1\r\nHost: 10.0.0.1\r\n" +
      `User-Agent: maglev/${build.version}\r\nAccept: */*\r\nConnection: close\r\n\r\n`,
  );
});

Deno.test("the host is the one that is configured, or the address, with a port that is not the usual one", () => {
  const cases: readonly (readonly ["http" | "https", number, Address, string | null, string])[] = [
    ["http", 80, ipv4, null, "10.0.0.1"],
    ["https", 443, ipv4, null, "10.0.0.1"],
    ["http", 443, ipv4, null, "10.0.0.1:443"],
    ["https", 8443, ipv4, null, "10.0.0.1:8443"],
    ["http", 80, ipv6, null, "[2001:db8::1]"],
    ["http", 8080, ipv6, null, "[2001:db8::1]:8080"],
    ["http", 8080, ipv4, "www.example.net", "www.example.net"],
    ["http", 80, ipv4, "www.example.net:81", "www.example.net:81"],
  ];
  for (const [type, port, address, host, expected] of cases) {
    const text = new TextDecoder().decode(
      httpRequest({ type, port, http: { ...http, host } }, address),
    );
    assert.match(text, new RegExp(`\r\nHost: ${RegExp.escape(expected)}\r\n`));
  }
});

Deno.test("nothing can begin another line", () => {
  for (const text of ["/\r\nX: y", "/\nX: y", "/\rX", "/\0"]) {
    for (const part of [{ path: text }, { host: text }]) {
      const probe = { type: "http", port: 80, http: { ...http, ...part } } as const;
      assert.throws(() => httpRequest(probe, ipv4), RangeError);
    }
  }
});
