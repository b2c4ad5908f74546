import assert from "node:assert/strict";
import { OsError } from "./os_error.ts";

Deno.test("an error of the system is said in words", () => {
  const cases: [number, string, string, string, string][] = [
    [111, "connect", "/run/x", "ECONNREFUSED", "connect /run/x: connection refused"],
    [13, "connect", "/run/x", "EACCES", "connect /run/x: permission denied"],
    [1, "setns", "/proc/1/ns/net", "EPERM", "setns /proc/1/ns/net: operation not permitted"],
    [101, "sendmsg", "", "ENETUNREACH", "sendmsg: network is unreachable"],
    [22, "mmap", "", "EINVAL", "mmap: invalid argument"],
    [250, "open", "/x", "UNKNOWN", "open /x: error 250"],
    [0, "open", "/x", "UNKNOWN", "open /x: failed, for a reason that got lost"],
  ];
  for (const [errno, syscall, subject, code, message] of cases) {
    const error = new OsError(errno, syscall, subject);
    assert.deepEqual(
      [error.code, error.message, error.errno, error.syscall, error.name],
      [code, message, errno, syscall, "OsError"],
    );
  }
});
