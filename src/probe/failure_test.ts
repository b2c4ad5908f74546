import assert from "node:assert/strict";
import { OsError } from "../os/mod.ts";
import { describeFailure, isOurFault } from "./failure.ts";

/** The numbers of Linux. */
const errno = { EPERM: 1, EAGAIN: 11, EACCES: 13, EINVAL: 22, EMFILE: 24, EADDRNOTAVAIL: 99 };
const more = { ENOBUFS: 105, ECONNREFUSED: 111, EHOSTUNREACH: 113 };

Deno.test("what this machine lacks is no server's fault, and everything else may be", () => {
  const ours = [
    ["socket", errno.EMFILE],
    ["socket", errno.EPERM],
    ["socket", errno.EACCES],
    ["sendmsg", errno.EAGAIN],
    ["sendmsg", more.ENOBUFS],
    ["connect", errno.EAGAIN],
    ["connect", errno.EADDRNOTAVAIL],
  ] as const;
  const theirs = [
    ["connect", more.ECONNREFUSED],
    ["connect", more.EHOSTUNREACH],
    ["connect", errno.EACCES],
    ["connect", errno.EINVAL],
    ["bind", errno.EADDRNOTAVAIL],
    ["sendmsg", errno.EPERM],
  ] as const;
  for (const [syscall, number] of ours) {
    assert.ok(isOurFault(new OsError(number, syscall, "")), `${syscall} ${number}`);
  }
  for (const [syscall, number] of theirs) {
    assert.ok(!isOurFault(new OsError(number, syscall, "")), `${syscall} ${number}`);
  }
});

Deno.test("a source that is not ours is named, with the namespace that lacks it", () => {
  const error = new OsError(errno.EADDRNOTAVAIL, "bind", "");
  const source = { family: 4, text: "203.0.113.7" } as const;
  assert.equal(
    describeFailure(error, { source, netns: "dataplane" }),
    "source 203.0.113.7: not an address of this machine in network namespace dataplane",
  );
});
