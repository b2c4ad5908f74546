import assert from "node:assert/strict";
import {
  formatServerAddress,
  parseServerAddress,
  parseServerAddresses,
  type ServerAddress,
} from "./server_address.ts";

Deno.test("an address is a host and a port, or a Unix socket", () => {
  const cases: readonly (readonly [string, ServerAddress, string?])[] = [
    ["localhost:9090", { kind: "tcp", host: "localhost", port: 9090 }],
    [":9090", { kind: "tcp", host: "", port: 9090 }],
    ["[::1]:9090", { kind: "tcp", host: "::1", port: 9090 }],
    ["[::]:0", { kind: "tcp", host: "::", port: 0 }],
    ["unix:/run/maglev.sock", { kind: "unix", path: "/run/maglev.sock" }],
    ["unix:maglev.sock", { kind: "unix", path: "maglev.sock" }],
    ["unix:///run/a b", { kind: "unix", path: "/run/a b" }, "unix:/run/a b"],
  ];
  for (const [text, address, canonical = text] of cases) {
    assert.deepEqual(parseServerAddress(text), { value: address });
    assert.equal(formatServerAddress(address), canonical);
  }
});

Deno.test("what is no address is told", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["9090", /^no host:port, like/],
    ["host:99999", /"99999" is no port/],
    ["unix:", /^no path of a Unix socket, like/],
    ["unix://", /^no path/],
    ["unix://run/a", /write "unix:run\/a", or three slashes/],
    ["unix:/a\0b", /contains a NUL/],
    ["UNIX:/a", /is no port/],
  ];
  for (const [text, expected] of cases) {
    const parsed = parseServerAddress(text);
    assert.match("problem" in parsed ? parsed.problem : "", expected, text);
  }
});

Deno.test("a list has addresses separated by commas, in their order", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [":9090", [":9090"]],
    [" :9090 , unix:/a,[::1]:1", [":9090", "unix:/a", "[::1]:1"]],
  ];
  for (const [text, expected] of cases) {
    const parsed = parseServerAddresses(text);
    assert.ok("value" in parsed, text);
    assert.deepEqual(parsed.value.map(formatServerAddress), expected);
  }
});

Deno.test("a list with a gap, something twice or something wrong is told", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["", /^empty$/],
    [" ", /^empty$/],
    [":1,,:2", /nothing between two commas/],
    [":1,", /nothing between two commas/],
    [":1, :1", /:1 stands twice/],
    ["unix:///a,unix:/a", /unix:\/a stands twice/],
    [":1,x", /"x" is no host:port, like/],
    ["x", /^no host:port, like/],
  ];
  for (const [text, expected] of cases) {
    const parsed = parseServerAddresses(text);
    assert.match("problem" in parsed ? parsed.problem : "", expected, text);
  }
});
