import assert from "node:assert/strict";
import { withDaemon } from "./daemon_process.ts";
import { aloneFlags, namesIn, withConfigFile } from "./daemon_scene.ts";

Deno.test("what cannot be started says in one line what is wrong, and ends with 1", () =>
  withConfigFile(async (file) => {
    const folder = file.replace(/\/[^/]*$/, "");
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = taken.addr;
    const tooLong = `/run/${"x".repeat(120)}.sock`;
    const pipe = `${folder}/pipe`;
    assert.ok((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success);
    const unreadable = "cannot be read";
    const cases: [string[], RegExp][] = [
      [["--config", `${folder}/none`], /\/none: cannot be read: there is no such file$/],
      [["--config", folder], new RegExp(`^${folder}: ${unreadable}: it is a directory$`)],
      [["--config", pipe], new RegExp(`^${pipe}: ${unreadable}: it is a pipe, and no file$`)],
      [["--config", ""], /cannot be read/],
      [
        ["--metrics-addr", `127.0.0.1:${port}`],
        new RegExp(`^maglev: cannot listen on 127\\.0\\.0\\.1:${port} for .*: the port is in use$`),
      ],
      [["--metrics-addr", "192.0.2.99:9"], /^maglev: cannot listen on 192\.0\.2\.99:9 for /],
      [["--metrics-addr", "nowhere.invalid:9"], /^maglev: cannot listen on nowhere\.invalid:9 /],
      [
        ["--vpp-api-addr", tooLong],
        /^maglev: VPP cannot have a socket at ".*": it has 130 bytes, .* 107 at most$/,
      ],
      [
        ["--vpp-api-addr", `${folder}/api`, "--vpp-stats-addr", tooLong],
        /^maglev: VPP cannot have a socket at ".*": it has 130 bytes, .* 107 at most$/,
      ],
      [
        ["--vpp-api-addr", `${folder}/api`, "--vpp-stats-addr", ""],
        /^maglev: VPP cannot have a socket at "": it is empty$/,
      ],
    ];
    for (const [flags, complaint] of cases) {
      await withDaemon(["--config", file, ...aloneFlags, ...flags], async (daemon) => {
        assert.equal(await daemon.ended(), 1, flags.join(" "));
        assert.match(daemon.complaints.replace(/\n$/, ""), complaint);
        assert.equal(namesIn(daemon)[0], "starting");
      });
    }
  }));

// Whoever may bind any port may not be told that they may not.
const mayBind = canListenOn(81);

Deno.test(
  "a port without permission is one clear line",
  { ignore: mayBind },
  () =>
    withConfigFile(async (file) => {
      const flags = ["--config", file, ...aloneFlags, "--metrics-addr", "127.0.0.1:81"];
      await withDaemon(flags, async (daemon) => {
        assert.equal(await daemon.ended(), 1);
        assert.match(
          daemon.complaints,
          /^maglev: cannot listen on 127\.0\.0\.1:81 .*: no permission\n$/,
        );
      });
    }),
);

function canListenOn(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    return !(error instanceof Deno.errors.PermissionDenied);
  }
}
