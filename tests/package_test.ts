import assert from "node:assert/strict";
import project from "../deno.json" with { type: "json" };
import { daemonFlags } from "../src/cli/command_flags.ts";
import type { Flag } from "../src/cli/flags.ts";
import { executable } from "./executable.ts";
import {
  canMakeScratchRoots,
  type ScratchRoot,
  toEnd,
  withFolder,
  withScratchRoot,
} from "./scratch_root.ts";

const root = new URL("..", import.meta.url).pathname;
const { version } = project;
const unit = `${root}scripts/debian/maglev.service`;

const isThere = (program: string) =>
  toEnd("sh", ["-c", `command -v ${program}`]).then(({ code }) => code === 0);
const [hasDpkg, hasLintian, hasSystemd] = await Promise.all(
  ["dpkg-deb", "lintian", "systemd-analyze"].map(isThere),
);

/** Runs a program that must succeed, and returns what it wrote. */
async function outputOf(command: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await toEnd(command, args);
  assert.equal(code, 0, `${command} ${args.join(" ")}: ${out}${err}`);
  return out;
}

/** Makes the package; without compression, which would take most of the time. */
async function makePackage(folder: string): Promise<string> {
  const options = ["--executable", await executable(), "--compression", "none"];
  const out = await outputOf(`${root}scripts/package`, ...options, "--output", folder);
  const [, path = ""] = /^(\S+\.deb): \d+ MB\n$/.exec(out) ?? [];
  assert.match(path, new RegExp(`/maglev_${version}_(amd64|arm64)\\.deb$`));
  return path;
}

Deno.test({
  name: "the package has everything at its place, and is the same each time",
  ignore: !hasDpkg,
  fn: () =>
    withFolder(async (folder) => {
      const path = await makePackage(`${folder}/one`);
      const again = await makePackage(`${folder}/other`);
      assert.equal((await toEnd("cmp", [path, again])).code, 0);
      assert.deepEqual([...Deno.readDirSync(`${folder}/one`)].length, 1);

      const listed = (await outputOf("dpkg-deb", "-c", path)).trim().split("\n")
        .map((line) => line.split(/\s+/));
      assert.ok(listed.every(([, owner]) => owner === "root/root"));
      const files = listed.filter(([mode = ""]) => mode.startsWith("-"));
      assert.deepEqual(files.map(([mode, , , , , name]) => `${mode} ${name}`), [
        "-rw-r--r-- ./etc/default/maglev",
        "-rw-r--r-- ./etc/vpp-maglev/maglev.yaml",
        "-rwxr-xr-x ./usr/bin/maglev",
        "-rw-r--r-- ./usr/lib/systemd/system/maglev.service",
        "-rw-r--r-- ./usr/share/bash-completion/completions/maglev",
        "-rw-r--r-- ./usr/share/doc/maglev/changelog.gz",
        "-rw-r--r-- ./usr/share/doc/maglev/copyright",
        "-rw-r--r-- ./usr/share/doc/maglev/examples/alerts.yaml",
        "-rw-r--r-- ./usr/share/doc/maglev/examples/dashboard.json",
        "-rw-r--r-- ./usr/share/doc/maglev/examples/maglev.schema.json",
        "-rw-r--r-- ./usr/share/doc/maglev/examples/maglev.yaml",
        "-rw-r--r-- ./usr/share/fish/vendor_completions.d/maglev.fish",
        "-rw-r--r-- ./usr/share/lintian/overrides/maglev",
        "-rw-r--r-- ./usr/share/man/man1/maglev.1.gz",
        "-rw-r--r-- ./usr/share/man/man5/maglev.yaml.5.gz",
        "-rw-r--r-- ./usr/share/man/man8/maglev-daemon.8.gz",
        "-rw-r--r-- ./usr/share/zsh/vendor-completions/_maglev",
      ]);
      assert.equal(
        await outputOf("dpkg-deb", "-I", path, "conffiles"),
        "/etc/default/maglev\n/etc/vpp-maglev/maglev.yaml\n",
      );
      assert.equal(
        await outputOf("dpkg-deb", "-f", path, "Version", "Conflicts"),
        `Version: ${version}\nConflicts: vpp-maglev, vpp-maglevd\n`,
      );
    }),
});

Deno.test("a package that cannot be made says why, and leaves nothing", () =>
  withFolder(async (folder) => {
    const cases: [string[], RegExp][] = [
      [["--target", "sparc"], /^scripts\/package: --target takes x86_64 or aarch64, not sparc\n/],
      [["--outputs", "x"], /^scripts\/package: Unknown option '--outputs'[^]*\nusage: /],
      [["--executable", `${folder}/none`], /^scripts\/package: .*No such file/],
    ];
    for (const [args, complaint] of cases) {
      const { code, err } = await toEnd(`${root}scripts/package`, ["--output", folder, ...args]);
      assert.equal(code, 1);
      assert.match(err, complaint);
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test({
  name: "the unit is exposed by 2.5 at the most",
  ignore: !hasSystemd,
  fn: async () => {
    const said = await outputOf("systemd-analyze", "security", "--offline=true", unit);
    const [, score] = /Overall exposure level for maglev\.service: ([\d.]+)/.exec(said) ?? [];
    assert.ok(Number(score) <= 2.5, said);
  },
});

Deno.test("the environment file has the variable of each flag", () => {
  const text = Deno.readTextFileSync(`${root}scripts/debian/default`);
  for (const flag of Object.values<Flag>(daemonFlags)) {
    if (flag.kind === "switch" || flag.env === undefined) continue;
    assert.match(text, new RegExp(`^#?${flag.env}=`, "m"));
  }
});

/** The next version, whose configuration file is another; its executable is any, as nobody runs it. */
async function nextVersion(folder: string, path: string): Promise<void> {
  const commands = `set -e
    dpkg-deb -R "$1" "$2/next"
    cp /bin/true "$2/next/usr/bin/maglev"
    sed -i "s/^Version: .*/&+next/" "$2/next/DEBIAN/control"
    echo "# The new one." >>"$2/next/etc/vpp-maglev/maglev.yaml"
    dpkg-deb -Znone --build "$2/next" "$2/next.deb"`;
  await outputOf("sh", "-c", commands, "sh", path, folder);
}

/** What stands for a running systemd: it notes what it is told. Files it changes as the real one does. */
const systemctl = String.raw`set -e
mkdir -p /run/systemd/system
test ! -e /bin/systemctl || mv /bin/systemctl /bin/real-systemctl
cat >/bin/systemctl <<"end"
#!/bin/sh
case "$*" in
--root=*) exec real-systemctl "$@" ;;
*) echo "$*" >>/run/told ;;
esac
end
chmod 755 /bin/systemctl`;

/** Makes a function that runs commands which must succeed, and returns what they wrote. */
function mustRun({ run }: ScratchRoot): (commands: string) => Promise<string> {
  return async (commands) => {
    const { code, out, err } = await run(commands);
    assert.equal(code, 0, `${commands}: ${out}${err}`);
    return out.trim();
  };
}

const dpkg = "dpkg --force-unsafe-io --no-triggers";
const wanted = "/etc/systemd/system/multi-user.target.wants/maglev.service";
/** Runs the daemon with the rights and the environment that the unit gives it, until a ping is answered. */
const asUnit = `set -e
install -d -o maglev -g maglev /run/maglev
cat >/run/maglev.yaml <<end
maglev:
  healthchecks: { ping: { type: icmp, interval: 100ms, timeout: 100ms } }
  backends: { self: { address: 127.0.0.1, healthcheck: ping } }
  frontends: { www: { address: 198.51.100.1, pools: [{ name: all, backends: { self: {} } }] } }
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: "2001:db8::10" } }
end
env -i $(grep -v '^#' /etc/default/maglev) MAGLEV_CONFIG=/run/maglev.yaml setpriv \\
  --reuid maglev --regid maglev --init-groups --no-new-privs --inh-caps -all,+net_raw \\
  --ambient-caps +net_raw --bounding-set -all,+net_raw maglev daemon >/run/log 2>&1 &
for try in $(seq 100); do
  maglev show backends --server unix:/run/maglev/api.sock 2>/dev/null | grep -q L4OK && break
  sleep 0.1
done
maglev show backends | grep -q L4OK && echo OK || cat /run/log
kill $!
wait $!`;

const told = "cat /run/told; rm /run/told";

Deno.test({
  name: "the package is installed, upgraded, removed and purged",
  ignore: !hasDpkg || !canMakeScratchRoots,
  fn: () =>
    withFolder(async (folder) => {
      await Deno.rename(await makePackage(folder), `${folder}/first.deb`);
      await nextVersion(folder, `${folder}/first.deb`);
      await withScratchRoot(folder, async (scratch) => {
        const sh = mustRun(scratch);
        await sh(systemctl);
        await sh("getent group vpp || groupadd --system vpp");

        await sh(`${dpkg} -i /mnt/first.deb`);
        assert.equal(await sh("id -nG maglev"), "maglev vpp");
        assert.equal(
          await sh("getent passwd maglev | cut -d: -f6-"),
          "/nonexistent:/usr/sbin/nologin",
        );
        assert.equal(await sh("dpkg --verify maglev"), "");
        // Enabled, and not started.
        assert.equal(await sh(told), "--system daemon-reload");
        assert.equal(await sh(`readlink ${wanted}`), "/lib/systemd/system/maglev.service");
        if (hasSystemd) {
          assert.equal(await sh("systemd-analyze verify --man=no maglev.service 2>&1"), "");
        }

        // Its configuration lacks what only the operator can know.
        const check =
          "cd /; setpriv --reuid maglev --regid maglev --init-groups maglev daemon --check";
        const { code, err } = await scratch.run(check);
        assert.equal(code, 2);
        assert.match(err, /ipv4-src-address: required, and missing\n.*ipv6-src-address: required/);
        await sh("sed -i 's/# \\(ipv[46]-src-address\\)/\\1/' /etc/vpp-maglev/maglev.yaml");
        await sh(check);
        assert.equal(await sh(asUnit), "OK");

        await sh("echo MAGLEV_LOG_LEVEL=debug >>/etc/default/maglev");
        await sh(`${dpkg} --force-confold -i /mnt/next.deb`);
        assert.equal(await sh(told), "--system daemon-reload\ntry-restart maglev.service");
        await sh("grep -q '^ *ipv4-src-address' /etc/vpp-maglev/maglev.yaml");
        await sh("grep -q 'The new one' /etc/vpp-maglev/maglev.yaml.dpkg-dist");
        await sh("grep -q LOG_LEVEL=debug /etc/default/maglev");

        // Who has disabled the unit wants it to stay so.
        await sh(`systemctl --root=/ disable maglev.service && ${dpkg} -i /mnt/next.deb`);
        await sh(`test ! -h ${wanted} && rm /run/told`);

        await sh(`${dpkg} -r maglev`);
        assert.match(await sh(told), /^stop maglev\.service\n(.*daemon-reload\n?)+$/);
        await sh("test ! -e /usr/bin/maglev && test -e /etc/vpp-maglev/maglev.yaml");
        await sh(`${dpkg} -i /mnt/next.deb && ${dpkg} -P maglev`);
        await sh(
          `for path in /etc/vpp-maglev /etc/default/maglev ${wanted} /usr/share/doc/maglev; do
          test ! -e $path && test ! -h $path
        done`,
        );
        assert.equal(await sh("find /etc/systemd /var/lib/systemd -name '*maglev*'"), "");
        await sh("id maglev");
      });
    }),
});

Deno.test({
  name: "the package is installed where there is no systemd, or nothing of Debian's helpers for it",
  ignore: !hasDpkg || !canMakeScratchRoots,
  fn: () =>
    withFolder(async (folder) => {
      await nextVersion(folder, await makePackage(folder));
      const install = `${dpkg} -i /mnt/next.deb`;
      const leave = `${dpkg} -P maglev`;
      await withScratchRoot(folder, async (scratch) => {
        const sh = mustRun(scratch);
        await sh("rm -f /usr/bin/deb-systemd-helper");
        await sh("rm -f /usr/bin/systemctl");
        await sh(`${install} && ${leave}`);
        await sh(systemctl);
        await sh(`${install} && ${leave}`);
        const reload = "--system daemon-reload";
        const stop = ["stop maglev.service", "disable maglev.service", reload];
        assert.equal(
          await sh(told),
          ["enable maglev.service", reload, ...stop, reload].join("\n"),
        );
      });
    }),
});

Deno.test({
  name: "lintian finds nothing wrong",
  ignore: !hasDpkg || !hasLintian,
  fn: () =>
    withFolder(async (folder) => {
      // The compression is the test's, as it is quick.
      const suppress =
        "uses-no-compression-for-data-tarball,uses-no-compression-for-control-tarball";
      const options = ["--fail-on", "error,warning", "--suppress-tags", suppress];
      const { code, out, err } = await toEnd("lintian", [...options, await makePackage(folder)]);
      assert.equal(code, 0, out + err);
    }),
});
