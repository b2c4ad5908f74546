import assert from "node:assert/strict";
import { type AddressInfo, createServer } from "node:net";
import type { Family } from "../config/mod.ts";
import { closeDescriptor } from "./descriptor.ts";
import { withNetworkNamespace } from "./network_namespace.ts";
import { OsError } from "./os_error.ts";
import {
  connectionError,
  receiveBytes,
  sendBytes,
  startTcpConnection,
  tcpEndpoint,
} from "./tcp_socket.ts";
import { loopbacks, ready, withPoller, withServer } from "./tcp_testing.ts";
import { testInNamespace } from "./testing.ts";

const room = new Uint8Array(64);
const bytes = (text: string) => new TextEncoder().encode(text);
const families: readonly Family[] = [4, 6];

for (const family of families) {
  Deno.test(`a connection over IPv${family} carries bytes both ways, and tells its end`, () =>
    withServer(family, async ({ poller, listener, to }) => {
      const descriptor = startTcpConnection(to);
      await ready(poller, descriptor, "writable");
      assert.equal(connectionError(descriptor), undefined);
      const server = await listener.accept();
      assert.equal(receiveBytes(descriptor, room), undefined, "nothing yet");
      assert.equal(sendBytes(descriptor, bytes("ping")), 4);
      assert.equal(await server.read(room), 4);
      await server.write(bytes("pong"));
      await ready(poller, descriptor, "readable");
      assert.equal(receiveBytes(descriptor, room), 4);
      assert.equal(new TextDecoder().decode(room.subarray(0, 4)), "pong");
      server.close();
      await ready(poller, descriptor, "readable");
      assert.equal(receiveBytes(descriptor, room), 0);
      closeDescriptor(descriptor);
    }));

  Deno.test(`the server sees the source that was chosen, over IPv${family}`, () =>
    withServer(family, async ({ poller, listener, to }) => {
      const source = family === 4 ? Uint8Array.of(127, 7, 7, 7) : loopbacks[6];
      const descriptor = startTcpConnection(to, tcpEndpoint(family, source, 0));
      await ready(poller, descriptor, "writable");
      assert.equal(connectionError(descriptor), undefined);
      const server = await listener.accept();
      assert.equal(server.remoteAddr.transport, "tcp");
      const { hostname } = server.remoteAddr as Deno.NetAddr;
      assert.equal(hostname, family === 4 ? "127.7.7.7" : "::1");
      server.close();
      closeDescriptor(descriptor);
    }));

  Deno.test(`a port without a server refuses, over IPv${family}`, async () => {
    let port = 0;
    await withServer(family, ({ listener }) => {
      port = listener.addr.port;
      return Promise.resolve();
    });
    await withPoller(async (poller) => {
      const descriptor = startTcpConnection(tcpEndpoint(family, loopbacks[family], port));
      await ready(poller, descriptor, "writable");
      assert.equal(connectionError(descriptor)?.code, "ECONNREFUSED");
      closeDescriptor(descriptor);
    });
  });

  Deno.test(`a source that is not of this machine is refused, over IPv${family}`, () => {
    const foreign = family === 4
      ? Uint8Array.of(203, 0, 113, 77)
      : Uint8Array.of(0x20, 0x01, 0x0d, 0xb8, ...new Array<number>(12).fill(7));
    const to = tcpEndpoint(family, loopbacks[family], 1);
    const from = tcpEndpoint(family, foreign, 0);
    assertFails(() => startTcpConnection(to, from), { code: "EADDRNOTAVAIL", syscall: "bind" });
  });
}

Deno.test("the end of a connection is a reset, so that no port stays taken", () =>
  withServer(4, async ({ poller, listener, to }) => {
    const descriptor = startTcpConnection(to);
    await ready(poller, descriptor, "writable");
    using server = await listener.accept();
    closeDescriptor(descriptor);
    await assert.rejects(server.read(room), Deno.errors.ConnectionReset);
  }));

Deno.test("a connection that the server resets says so", async () => {
  const server = createServer((socket) => socket.resetAndDestroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await withPoller(async (poller) => {
    const descriptor = startTcpConnection(tcpEndpoint(4, loopbacks[4], port));
    await ready(poller, descriptor, "readable");
    const received = receiveBytes(descriptor, room);
    assert.ok(received instanceof OsError);
    assert.equal(received.code, "ECONNRESET");
    const sent = sendBytes(descriptor, bytes("too late"));
    assert.ok(sent instanceof OsError);
    assert.equal(sent.code, "EPIPE");
    closeDescriptor(descriptor);
  });
  await new Promise((resolve) => server.close(resolve));
});

Deno.test("what the kernel has no room for is not sent", () =>
  withServer(4, async ({ poller, to }) => {
    const descriptor = startTcpConnection(to);
    await ready(poller, descriptor, "writable");
    const much = new Uint8Array(16 << 20);
    const sent = sendBytes(descriptor, much);
    assert.ok(typeof sent === "number" && sent > 0 && sent < much.length, `${sent}`);
    assert.equal(sendBytes(descriptor, much), 0);
    closeDescriptor(descriptor);
  }));

testInNamespace("a network without a route is out of reach at once", (name) => {
  // A new namespace has no route but those of its loopback interface.
  withNetworkNamespace(name, () => {
    const to = tcpEndpoint(4, Uint8Array.of(192, 0, 2, 1), 80);
    assertFails(() => startTcpConnection(to), { code: "ENETUNREACH", syscall: "connect" });
  });
});

Deno.test("an address is of its family", () => {
  assert.throws(() => tcpEndpoint(4, loopbacks[6], 80), RangeError);
  assert.throws(() => tcpEndpoint(6, loopbacks[4], 80), RangeError);
});

function assertFails(act: () => unknown, { code, syscall }: { code: string; syscall: string }) {
  assert.throws(act, (error) => {
    assert.ok(error instanceof OsError);
    assert.deepEqual([error.code, error.syscall], [code, syscall]);
    return true;
  });
}
