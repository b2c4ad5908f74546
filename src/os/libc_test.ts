import assert from "node:assert/strict";
import { lastError, libc, succeeded } from "./libc.ts";
import { AF_INET, O_RDONLY, SOCK_DGRAM } from "./layout.ts";
import { cString } from "./memory.ts";
import { OsError } from "./os_error.ts";
import { runScript } from "./testing.ts";

const missing = cString("/none/such");
const file = cString("/proc/version");

Deno.test("each failing call leaves its own errno", () => {
  const calls: [() => number, string][] = [
    [() => libc().close(-1), "EBADF"],
    [() => libc().open(missing, O_RDONLY), "ENOENT"],
    [() => libc().socket(AF_INET, SOCK_DGRAM, 99), "EPROTONOSUPPORT"],
    [() => libc().listen(0, -1), "ENOTSOCK"],
    [() => libc().recvmsg(-1, new Uint8Array(64), 0), "EBADF"],
    [() => libc().setns(-1, 0), "EBADF"],
  ];
  // Often enough for the calls to be compiled, with errno read in between.
  for (let round = 0; round < 5_000; round++) {
    for (const [call, code] of calls) {
      const returned = call();
      const error = lastError("call", "");
      assert.equal(returned, -1);
      assert.equal(error.code, code);
    }
  }
});

Deno.test("a call that succeeds is not looked at further, one that fails is thrown", () => {
  const descriptor = succeeded(libc().open(file, O_RDONLY), "open", "/proc/version");
  assert.equal(succeeded(libc().close(descriptor), "close", ""), 0);
  assert.throws(
    () => succeeded(libc().open(missing, O_RDONLY), "open", "/none/such"),
    { name: "OsError", code: "ENOENT", message: "open /none/such: no such file or directory" },
  );
});

Deno.test("garbage collection hardly ever takes errno away, and never the failure", () => {
  const rounds = 100_000;
  let lost = 0;
  let garbage: object[] = [];
  for (let round = 0; round < rounds; round++) {
    garbage.push({ round, text: `garbage ${round}`, more: new Array(20).fill(round) });
    if (garbage.length > 2_000) garbage = [];
    try {
      succeeded(libc().close(-1), "close", "");
      assert.fail("no failure");
    } catch (error) {
      assert(error instanceof OsError);
      if (error.code !== "EBADF") lost++;
    }
  }
  assert(lost <= rounds / 1_000, `${lost} of ${rounds} are wrong`);
});

Deno.test("the library is loaded on first use, and asks nobody for the permission", async () => {
  const cases: [string[], string][] = [
    [["--allow-ffi"], "EBADF"],
    [[], "NOT_PERMITTED"],
    [["--allow-ffi=libc.so.6"], "NOT_PERMITTED"],
  ];
  for (const [permissions, expected] of cases) {
    assert.equal(await runScript("first_call.ts", permissions), expected);
  }
});
