import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { monotonicMicroseconds } from "../src/os/mod.ts";
import { withDaemon } from "./daemon_process.ts";
import {
  aloneFlags,
  countLogged,
  smallConfig,
  untilLogged,
  withConfigFile,
  withStartedDaemon,
} from "./daemon_scene.ts";
import { listenForNotifications } from "./notify_socket.ts";
import { until } from "./vpp_under_test.ts";

Deno.test("the service manager is told of start, status, reload and stop, and the watchdog is fed", () =>
  withConfigFile(async (file) => {
    const socket = file.replace("maglev.yaml", "notify");
    const manager = listenForNotifications(socket);
    const ofKind = (start: string) => manager.received().filter((each) => each.startsWith(start));
    const env = { NOTIFY_SOCKET: socket, WATCHDOG_USEC: "400000" };
    try {
      await withStartedDaemon(file, async (daemon) => {
        await until(() => ofKind("READY=1").length > 0, "never ready");
        assert.equal(manager.received()[0], "READY=1\nSTATUS=0 of 1 backend up, without VPP");
        await until(() => ofKind("WATCHDOG=1").length >= 5, "the watchdog starves");
        const before = monotonicMicroseconds();
        daemon.signal("SIGHUP");
        await until(() => ofKind("READY=1").length > 1, "the reload never ends");
        const [told = ""] = ofKind("RELOADING=1");
        const [, time] = /^RELOADING=1\nMONOTONIC_USEC=(\d+)$/.exec(told) ?? [];
        assert.ok(BigInt(time ?? 0) >= before, told);
        assert.ok(BigInt(time ?? 0) <= monotonicMicroseconds(), told);
        await Deno.writeTextFile(file, "nonsense");
        daemon.signal("SIGHUP");
        await until(() => ofKind("READY=1").length > 2, "a bad reload never ends");
        daemon.signal("SIGTERM");
        assert.equal(await daemon.ended(), 0);
        const stopping = "STOPPING=1\nSTATUS=stopping: SIGTERM";
        const others = manager.received().filter((each) => !/^(WATCHDOG|STATUS)=/.test(each));
        assert.equal(others.at(-1), stopping);
      }, { env });
    } finally {
      manager.close();
    }
  }));

Deno.test("a daemon that cannot start is never ready", () =>
  withConfigFile(async (file) => {
    const socket = file.replace("maglev.yaml", "notify");
    const manager = listenForNotifications(socket);
    await Deno.writeTextFile(file, "nonsense");
    await withDaemon(["--config", file, ...aloneFlags], async (daemon) => {
      assert.equal(await daemon.ended(), 1);
    }, { env: { NOTIFY_SOCKET: socket } });
    assert.deepEqual(manager.received(), []);
    manager.close();
  }));

Deno.test("a service manager that is gone, or whose address is none, is logged once", () =>
  withConfigFile(async (file) => {
    for (const address of [file.replace("maglev.yaml", "none"), "x".repeat(200)]) {
      const env = { NOTIFY_SOCKET: address, WATCHDOG_USEC: "20000" };
      await withStartedDaemon(file, async (daemon) => {
        await untilLogged(daemon, "service-manager-unreachable");
        await Deno.writeTextFile(file, smallConfig(50));
        daemon.signal("SIGHUP");
        await untilLogged(daemon, "config-loaded", 2);
        await systemClock.sleep(200);
        daemon.signal("SIGTERM");
        assert.equal(await daemon.ended(), 0);
        assert.equal(countLogged(daemon, "service-manager-unreachable"), 1);
      }, { env });
    }
  }));
