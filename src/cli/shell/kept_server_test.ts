import assert from "node:assert/strict";
import { methods } from "../../rpc/maglev_pb.ts";
import { serverFlags } from "../command_flags.ts";
import { flagValues } from "../flags.ts";
import type { Server } from "../server.ts";
import { keepServer } from "./kept_server.ts";
import { fakeDaemon } from "./shell_testing.ts";

const flags = { ...flagValues(serverFlags, new Map(), () => undefined), server: "a:1" };
const never = new AbortController().signal;
const ask = (server: Server) => server.call(methods.ListBackends, {}, server);

Deno.test("one connection serves all commands that lead to the same daemon", async () => {
  const daemon = fakeDaemon();
  const kept = keepServer(daemon.withServer);
  await kept.use(flags, ask, never);
  const others = { output: "json", color: true };
  await kept.use({ ...flags, ...others, timeout: "1s" }, ask, never);
  assert.deepEqual(daemon.asked.splice(0), ["connect a:1", "ListBackends", "ListBackends"]);
  await kept.use({ ...flags, server: "b:2" }, ask, never);
  assert.deepEqual(daemon.asked.splice(0).sort(), ["ListBackends", "connect b:2", "leave a:1"]);
  kept.close();
  await Promise.resolve();
  assert.deepEqual(daemon.asked, ["leave b:2"]);
});

Deno.test("a connection that is found dead is replaced without a word", async () => {
  const daemon = fakeDaemon();
  const kept = keepServer(daemon.withServer);
  await kept.use(flags, ask, never);
  daemon.breakAll();
  await kept.use(flags, ask, never);
  assert.equal(daemon.asked.filter((each) => each === "connect a:1").length, 2);
  kept.close();
});

Deno.test("a daemon that goes away is told of in one line, and the next command connects", async () => {
  const daemon = fakeDaemon();
  const kept = keepServer(daemon.withServer);
  await kept.use(flags, ask, never);
  daemon.state = "down";
  await assert.rejects(kept.use(flags, ask, never), {
    name: "UnreachableError",
    message: "cannot reach a:1: the server broke off",
  });
  await assert.rejects(kept.use(flags, ask, never), {
    message: "cannot reach a:1: connection refused",
  });
  daemon.state = "up";
  await kept.use(flags, ask, never);
  kept.close();
});

Deno.test("a signal ends a call, and the connection stays", async () => {
  const daemon = fakeDaemon();
  const kept = keepServer(daemon.withServer);
  await kept.use(flags, ask, never);
  daemon.state = "silent";
  const limit = new AbortController();
  const asking = kept.use(flags, ask, limit.signal);
  limit.abort();
  await assert.rejects(asking, { code: "CANCELLED" });
  await assert.rejects(kept.use(flags, ask, limit.signal), { code: "CANCELLED" });
  daemon.state = "up";
  await kept.use(flags, ask, never);
  assert.equal(daemon.asked.filter((each) => each === "connect a:1").length, 1);
  kept.close();
});

Deno.test("a wrong timeout is told before anything is asked", async () => {
  const daemon = fakeDaemon();
  const kept = keepServer(daemon.withServer);
  await assert.rejects(kept.use({ ...flags, timeout: "x" }, ask, never), { name: "UsageError" });
  assert.deepEqual(daemon.asked, []);
});
