import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { closeDescriptor } from "../src/os/descriptor.ts";
import { startTcpConnection, tcpEndpoint } from "../src/os/tcp_socket.ts";
import { rpcClient } from "../src/rpc/client.ts";
import { methods, serviceName } from "../src/rpc/maglev_pb.ts";
import { dial, parseServerAddress } from "../src/transport/mod.ts";
import { withApiDaemon } from "./clients/api_daemon.ts";

Deno.test("callers who are gone before they are accepted hold up nobody", async () => {
  await withApiDaemon(async ({ targets: [target], lines }) => {
    const parsed = parseServerAddress(target);
    assert.ok("value" in parsed && parsed.value.kind === "tcp");
    const to = tcpEndpoint(4, Uint8Array.of(127, 0, 0, 1), parsed.value.port);
    for (let count = 0; count < 50; count++) closeDescriptor(startTcpConnection(to));
    const startMs = performance.now();
    const { signal } = new AbortController();
    const transport = await dial(parsed.value, { signal, clock: systemClock });
    const client = rpcClient({
      ...{ transport, service: serviceName, authority: target, clock: systemClock },
    });
    await client.call(methods.ListBackends, {});
    client.close();
    const tookMs = performance.now() - startMs;
    assert.ok(tookMs < 1_000, `it took ${Math.round(tookMs)} ms`);
    assert.deepEqual(lines.filter(({ msg }) => msg === "api-connection-failed"), []);
  });
});
