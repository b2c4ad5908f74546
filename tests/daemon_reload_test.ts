import assert from "node:assert/strict";
import type { RunningDaemon } from "./daemon_process.ts";
import {
  countLogged,
  smallConfig,
  untilLogged,
  withConfigFile,
  withStartedDaemon,
} from "./daemon_scene.ts";
import { readExposition, valueOf } from "./exposition.ts";
import { largeConfig } from "./large_config.ts";
import { until } from "./vpp_under_test.ts";

/** What the metrics say now. */
async function metricsOf({ lines }: RunningDaemon) {
  const address = lines.find(({ msg }) => msg === "listening")?.address;
  const response = await fetch(`http://${address}/metrics`);
  return readExposition(await response.text(), "text");
}

async function probesOf(daemon: RunningDaemon): Promise<number> {
  const series = (await metricsOf(daemon)).get("maglev_probe_lag_seconds")?.samples ?? [];
  return series.find(({ name }) => name.endsWith("_count"))?.value ?? 0;
}

/** Waits until some more probes have started. */
async function stillProbes(daemon: RunningDaemon): Promise<void> {
  const before = await probesOf(daemon);
  for (let turn = 0; turn < 100; turn++) {
    if (await probesOf(daemon) >= before + 2) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail("it probes no more");
}

async function weightIn(daemon: RunningDaemon): Promise<number | undefined> {
  const labels = { frontend: "www", pool: "primary", backend: "web1" };
  return valueOf(await metricsOf(daemon), "maglev_frontend_pool_backend_weight", labels);
}

Deno.test("a file that is wrong in any way changes nothing, and the next one that is right counts", () =>
  withConfigFile(async (file) => {
    const aside = `${file}.aside`;
    const write = (text: string | Uint8Array) =>
      typeof text === "string" ? Deno.writeTextFile(file, text) : Deno.writeFile(file, text);
    const cases: [string, () => Promise<unknown>, RegExp][] = [
      [
        "a bad weight",
        () => write(smallConfig(370)),
        /maglev\.yaml:11:\d+: frontends.*weight.*370/,
      ],
      ["no YAML", () => write("maglev: ["), /maglev\.yaml:1:\d+: /],
      ["nothing", () => write(""), /maglev\.yaml:1:1: the file is empty/],
      ["no text", () => write(new Uint8Array([0, 255])), /maglev\.yaml:1:1: not a text file/],
      ["too much", () => write(new Uint8Array(17 << 20).fill(10)), /larger than 16 MiB/],
      ["no file", () => Deno.rename(file, aside), /cannot be read: there is no such file/],
      ["a folder", () => Deno.mkdir(file), /cannot be read: it is a directory/],
      [
        "a pipe",
        async () => {
          await Deno.remove(file);
          await new Deno.Command("mkfifo", { args: [file] }).output();
        },
        /cannot be read: it is a pipe, and no file/,
      ],
    ];
    await withStartedDaemon(file, async (daemon) => {
      for (const [index, [what, make, complaint]] of cases.entries()) {
        await make();
        daemon.signal("SIGHUP");
        await untilLogged(daemon, "config-reload-failed", index + 1);
        const logged = daemon.lines.findLast(({ msg }) => msg === "config-reload-failed");
        assert.match(JSON.stringify(logged?.findings), complaint, what);
        assert.equal(await weightIn(daemon), 100, what);
        await stillProbes(daemon);
      }
      await Deno.remove(file);
      await write(smallConfig(37));
      daemon.signal("SIGHUP");
      await untilLogged(daemon, "config-loaded", 2);
      assert.equal(await weightIn(daemon), 37);
      await stillProbes(daemon);
      daemon.signal("SIGTERM");
      assert.equal(await daemon.ended(), 0);
      assert.equal(daemon.complaints, "");
    });
  }));

Deno.test("of many hangups at once the last file counts", () =>
  withConfigFile((file) =>
    withStartedDaemon(file, async (daemon) => {
      for (let round = 1; round <= 50; round++) {
        await Deno.writeTextFile(`${file}.new`, smallConfig(round));
        await Deno.rename(`${file}.new`, file);
        daemon.signal("SIGHUP");
        daemon.signal("SIGHUP");
      }
      let weight: number | undefined;
      for (let turn = 0; turn < 200 && weight !== 50; turn++) weight = await weightIn(daemon);
      assert.equal(weight, 50);
      assert.equal(countLogged(daemon, "config-reload-failed"), 0);
      await stillProbes(daemon);
    })
  ));

Deno.test("a large file is reloaded under load, while it is replaced", () =>
  withConfigFile(async (file) => {
    const sizes = [1_000, 2_000];
    const texts = sizes.map((backends) =>
      largeConfig({ backends, frontends: 200, backendsPerFrontend: 10 })
        .replaceAll("10.0.", "127.0.").replaceAll("interval: 5s", "interval: 1s")
    );
    const replace = async (text = "") => {
      await Deno.writeTextFile(`${file}.new`, text);
      await Deno.rename(`${file}.new`, file);
    };
    await replace(texts[0]);
    await withStartedDaemon(file, async (daemon) => {
      for (let round = 1; round <= 10; round++) {
        daemon.signal("SIGHUP");
        await replace(texts[round % 2]);
      }
      daemon.signal("SIGHUP");
      const loaded = () => daemon.lines.filter(({ msg }) => msg === "config-loaded");
      await replace(texts[1]);
      daemon.signal("SIGHUP");
      await until(() => loaded().at(-1)?.backends === 2_000, "the last file never counts");
      assert.ok(loaded().every(({ backends }) => sizes.includes(Number(backends))));
      assert.equal(countLogged(daemon, "config-reload-failed"), 0);
      await stillProbes(daemon);
      daemon.signal("SIGTERM");
      assert.equal(await daemon.ended(), 0);
    });
  }));
