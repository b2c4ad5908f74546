import assert from "node:assert/strict";
import { formatHostPort, parseHostPort } from "./host_port.ts";

Deno.test("a host and a port are read and shown", () => {
  const cases: readonly (readonly [string, string, number])[] = [
    [":9091", "", 9091],
    ["127.0.0.1:0", "127.0.0.1", 0],
    ["localhost:65535", "localhost", 65535],
    ["[::1]:9091", "::1", 9091],
    ["[::]:80", "::", 80],
  ];
  for (const [text, host, port] of cases) {
    assert.deepEqual(parseHostPort(text), { value: { host, port } });
    assert.equal(formatHostPort({ host, port }), text);
  }
});

Deno.test("what is no host and port is told", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["9091", /no host:port, like ":9091"/],
    ["::1:9091", /no host:port, like/],
    ["host:", /"" is no port/],
    ["host:http", /"http" is no port/],
    ["host:65536", /"65536" is no port/],
    ["a b:1", /"a b" is no host/],
    ["[127.0.0.1]:1", /no IPv6 address/],
    ["[]:1", /no IPv6 address/],
    ["http://[::1]:1/", /no host:port/],
  ];
  for (const [text, expected] of cases) {
    const parsed = parseHostPort(text);
    assert.match("problem" in parsed ? parsed.problem : "", expected, text);
  }
});
