import assert from "node:assert/strict";
import { longestUnixPath, unixAddress } from "./unix_address.ts";

Deno.test("the address of a path ends with a NUL, that of an abstract name begins with one", () => {
  const cases: [string, number[]][] = [
    ["/a", [1, 0, 0x2f, 0x61, 0]],
    ["a@", [1, 0, 0x61, 0x40, 0]],
    ["@ab", [1, 0, 0, 0x61, 0x62]],
    ["/é", [1, 0, 0x2f, 0xc3, 0xa9, 0]],
  ];
  for (const [path, bytes] of cases) assert.deepEqual([...unixAddress(path)], bytes, path);
});

Deno.test("a path has at most 107 bytes", () => {
  assert.equal(longestUnixPath, 107);
  assert.equal(unixAddress("/".padEnd(107, "x")).length, 110);
  const long = "/".padEnd(106, "x") + "é";
  assert.throws(() => unixAddress(long), {
    name: "RangeError",
    message: `${long}: the path of a Unix socket has at most 107 bytes, this one 108`,
  });
  assert.throws(() => unixAddress(""), { message: "the path of a Unix socket is empty" });
  assert.throws(() => unixAddress("/a\0b"), { message: '"/a\\u0000b" contains a NUL' });
});
