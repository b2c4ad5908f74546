import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { rpcClient } from "../src/rpc/client.ts";
import { methods, ServingStatus } from "../src/rpc/health_pb.ts";
import { dial, parseServerAddress } from "../src/transport/mod.ts";
import { withApiDaemon } from "./clients/api_daemon.ts";

Deno.test("who watches the health hears that the daemon ends, before the stream does", async () => {
  await withApiDaemon(async ({ targets: [target], signal, ended }) => {
    const parsed = parseServerAddress(target);
    assert.ok("value" in parsed);
    const transport = await dial(parsed.value, {
      signal: new AbortController().signal,
      clock: systemClock,
    });
    const client = rpcClient({
      ...{ transport, authority: target, clock: systemClock },
      service: "grpc.health.v1.Health",
    });
    const heard: number[] = [];
    const watching = async () => {
      for await (const { status } of client.stream(methods.Watch, { service: "maglev.Maglev" })) {
        if (heard.push(status) === 1) signal("SIGTERM");
      }
    };
    await assert.rejects(watching(), { code: "UNAVAILABLE", message: "shutting down" });
    assert.deepEqual(heard, [ServingStatus.SERVING, ServingStatus.NOT_SERVING]);
    client.close();
    assert.equal(await ended(), 0);
  });
});
