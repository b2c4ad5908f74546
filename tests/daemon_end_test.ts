import assert from "node:assert/strict";
import { systemClock } from "../src/clock.ts";
import { withDaemon } from "./daemon_process.ts";
import {
  aloneFlags,
  namesIn,
  smallConfig,
  untilLogged,
  withConfigFile,
  withStartedDaemon,
} from "./daemon_scene.ts";
import { largeConfig } from "./large_config.ts";
import { until } from "./vpp_under_test.ts";

const entry = "./fixtures/faulty_daemon.ts";

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`${signal} ends the daemon gracefully, with code 0`, () =>
    withConfigFile((file) =>
      withStartedDaemon(file, async (daemon) => {
        const startMs = systemClock.monotonic();
        daemon.signal(signal);
        assert.equal(await daemon.ended(), 0);
        assert.ok(systemClock.monotonic() - startMs < 6_000);
        assert.equal(daemon.lines.find(({ msg }) => msg === "shutdown")?.signal, signal);
        assert.deepEqual([namesIn(daemon)[0], daemon.complaints], ["starting", ""]);
      })
    ));
}

Deno.test("signals during the start wait for its end", () =>
  withConfigFile(async (file) => {
    const large = largeConfig({ backends: 10_000, frontends: 2_000, backendsPerFrontend: 10 });
    await Deno.writeTextFile(file, large);
    await withDaemon(["--config", file, ...aloneFlags], async (daemon) => {
      await untilLogged(daemon, "starting");
      daemon.signal("SIGHUP");
      daemon.signal("SIGHUP");
      await untilLogged(daemon, "config-loaded", 2);
      daemon.signal("SIGTERM");
      assert.equal(await daemon.ended(), 0);
      assert.ok(!namesIn(daemon).includes("shutdown-forced"));
    });
    await withDaemon(["--config", file, ...aloneFlags], async (daemon) => {
      await untilLogged(daemon, "starting");
      daemon.signal("SIGTERM");
      assert.equal(await daemon.ended(), 0);
      assert.ok(namesIn(daemon).includes("shutdown"));
      assert.ok(!namesIn(daemon).includes("shutdown-forced"));
    });
  }));

Deno.test("a second signal ends a daemon that does not stop at once, and time does after 6 s", () =>
  withConfigFile(async (file) => {
    const options = { entry, env: { FAULT: "never stops" } };
    for (const [signal, code] of [["SIGTERM", 143], ["SIGINT", 130]] as const) {
      await withStartedDaemon(file, async (daemon) => {
        daemon.signal("SIGTERM");
        await untilLogged(daemon, "shutdown");
        daemon.signal(signal);
        assert.equal(await daemon.ended(), code);
      }, options);
    }
    await withStartedDaemon(file, async (daemon) => {
      daemon.signal("SIGTERM");
      assert.equal(await daemon.ended(), 0);
      assert.equal(namesIn(daemon).at(-1), "shutdown-forced");
    }, options);
  }));

Deno.test("an error that nobody caught is logged with its stack, and ends the daemon with 70", () =>
  withConfigFile(async (file) => {
    for (
      const FAULT of ["throws", "rejects", "throws twice and never stops", "throws and never stops"]
    ) {
      await withStartedDaemon(file, async (daemon) => {
        assert.equal(await daemon.ended(), 70, FAULT);
        const errors = daemon.lines.filter(({ msg }) => msg === "internal-error");
        assert.equal(errors.length, FAULT === "throws twice and never stops" ? 2 : 1, FAULT);
        assert.deepEqual([errors[0]?.level, errors[0]?.error], ["ERROR", "a fault"]);
        assert.match(String(errors[0]?.stack), /Error: a fault\n +at .*faulty_daemon\.ts:\d+/);
        assert.equal(
          namesIn(daemon).includes("shutdown-forced"),
          FAULT === "throws and never stops",
        );
        assert.equal(daemon.complaints, "");
      }, { entry, env: { FAULT } });
    }
  }));

Deno.test("SIGUSR1 does not open the runtime's inspector", () =>
  withConfigFile((file) =>
    withStartedDaemon(file, async (daemon) => {
      daemon.signal("SIGUSR1");
      await Deno.writeTextFile(file, smallConfig(50));
      daemon.signal("SIGHUP");
      await until(() => daemon.lines.filter(({ msg }) => msg === "config-loaded").length > 1, "?");
      await systemClock.sleep(200);
      assert.equal(daemon.complaints, "");
    })
  ));
