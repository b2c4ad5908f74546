import assert from "node:assert/strict";
import { systemClock } from "../clock.ts";
import { closeDescriptor } from "./descriptor.ts";
import { openPoller } from "./poller.ts";
import { startTcpConnection } from "./tcp_socket.ts";
import { ready, withServer } from "./tcp_testing.ts";

Deno.test("a socket is said to be ready as long as it is, and until the watch is stopped", () =>
  withServer(4, async ({ poller, to }) => {
    const descriptor = startTcpConnection(to);
    const calls: string[] = [];
    await new Promise<void>((resolve) => {
      const watch = poller.watch(descriptor, "writable", () => {
        if (calls.push("ready") === 4) resolve();
        if (calls.length < 4) return;
        watch.stop();
        watch.stop();
      });
      calls.push("watched");
    });
    await systemClock.sleep(5);
    assert.deepEqual(calls, ["watched", "ready", "ready", "ready"]);
    closeDescriptor(descriptor);
  }));

Deno.test("a watch can wait for something else", () =>
  withServer(6, async ({ poller, listener, to }) => {
    const descriptor = startTcpConnection(to);
    const calls: string[] = [];
    const readable = new Promise<void>((resolve) => {
      const watch = poller.watch(descriptor, "writable", () => {
        calls.push(calls.length === 0 ? "writable" : "readable");
        watch.change("readable");
        if (calls.length === 2) resolve();
      });
    });
    using server = await listener.accept();
    await systemClock.sleep(5);
    assert.deepEqual(calls, ["writable"], "nothing to read yet");
    await server.write(Uint8Array.of(1));
    await readable;
    assert.deepEqual(calls, ["writable", "readable"]);
    closeDescriptor(descriptor);
  }));

Deno.test("an event of a socket that is gone does not reach the one that has its number", () =>
  withServer(4, async ({ poller, to }) => {
    const descriptors = [startTcpConnection(to), startTcpConnection(to)];
    const heard: string[] = [];
    await systemClock.sleep(5);
    // Both are ready now, so that one wait finds both: the first to be served closes the other.
    await new Promise<void>((resolve) => {
      const watches = descriptors.map((descriptor, index) =>
        poller.watch(descriptor, "writable", () => {
          heard.push(`socket ${index}`);
          watches.forEach((watch) => watch.stop());
          descriptors.forEach(closeDescriptor);
          const reused = [startTcpConnection(to), startTcpConnection(to)];
          assert.deepEqual(reused.sort(), descriptors.sort());
          let left = reused.length;
          for (const each of reused) {
            const watch = poller.watch(each, "readable", () => heard.push("reused"));
            systemClock.setTimer(10, () => {
              watch.stop();
              closeDescriptor(each);
              if (--left === 0) resolve();
            });
          }
        })
      );
    });
    assert.equal(heard.length, 1);
  }));

Deno.test("more sockets than are served at a time are served in turns", () =>
  withServer(4, async ({ poller, to }) => {
    const descriptors = Array.from({ length: 400 }, () => startTcpConnection(to));
    await Promise.all(descriptors.map((descriptor) => ready(poller, descriptor, "writable")));
    descriptors.forEach(closeDescriptor);
  }));

Deno.test("a poller that is closed says nothing more, and lets the process end", async () => {
  for (const watched of [false, true]) {
    await withServer(4, async ({ to }) => {
      const poller = openPoller(systemClock);
      const descriptor = startTcpConnection(to);
      const calls: string[] = [];
      const watch = watched
        ? poller.watch(descriptor, "readable", () => calls.push("ready"))
        : undefined;
      await systemClock.sleep(1);
      await Promise.all([poller.close(), poller.close()]);
      await poller.close();
      watch?.change("writable");
      watch?.stop();
      await systemClock.sleep(5);
      assert.deepEqual(calls, []);
      closeDescriptor(descriptor);
    });
  }
});

Deno.test("a watch closes its descriptor once, unless it was stopped before", () =>
  withServer(4, async ({ poller, listener, to }) => {
    const watch = poller.watch(startTcpConnection(to), "readable", () => assert.fail("closed"));
    using first = await listener.accept();
    watch.close();
    watch.close();
    await assert.rejects(first.read(new Uint8Array(1)), Deno.errors.ConnectionReset);

    const descriptor = startTcpConnection(to);
    const stopped = poller.watch(descriptor, "readable", () => assert.fail("stopped"));
    using second = await listener.accept();
    stopped.stop();
    stopped.close();
    await second.write(Uint8Array.of(1));
    await ready(poller, descriptor, "readable");
    closeDescriptor(descriptor);
  }));
