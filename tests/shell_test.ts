import assert from "node:assert/strict";
import { withApiDaemon } from "./clients/api_daemon.ts";
import { program } from "./program.ts";

/** Runs the shell with lines from a pipe. */
async function runShell(input: string | Uint8Array, args: readonly string[] = [], env = {}) {
  const [command = "", ...rest] = [...program, "shell", ...args];
  const child = new Deno.Command(command, {
    args: rest,
    env,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const writing = new Response(bytes.slice()).body?.pipeTo(child.stdin).catch(() => {});
  const { code, stdout, stderr } = await child.output();
  await writing;
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** A way to a server that counts who goes along it. */
function wayTo(target: string) {
  const [hostname = "", port] = target.split(":");
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let connections = 0;
  const pipes: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) {
      connections++;
      const onward = await Deno.connect({ hostname, port: Number(port) });
      pipes.push(conn.readable.pipeTo(onward.writable).catch(() => {}));
      pipes.push(onward.readable.pipeTo(conn.writable).catch(() => {}));
    }
  })();
  return {
    server: `127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(pipes);
    },
  };
}

Deno.test("a script goes through the shell over one connection", async () => {
  await withApiDaemon(async (daemon) => {
    await using way = wayTo(daemon.targets[0]);
    const script = "# both versions\nshow version\n\nsh ve -o jsonl\nnope\nshow version\n";
    const { code, out, err } = await runShell(script, ["--server", way.server]);
    assert.equal(code, 2);
    assert.match(err, /^maglev: unknown command "nope"[^\n]*\n$/);
    const lines = out.trimEnd().split("\n");
    assert.equal(lines.length, 5, out);
    assert.match(lines[1] ?? "", /^daemon at .* on deno/);
    assert.equal(JSON.parse(lines[2] ?? "").daemon.version, "0.1.0");
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(out + err, /\u001b|maglev> /);
    assert.equal(way.connections, 1);
  });
});

Deno.test("a daemon that is started again is found again", async () => {
  const socket = `${await Deno.makeTempDir()}/api.sock`;
  const addresses = `unix:${socket}`;
  const [command = "", ...args] = [...program, "shell", "--server", addresses];
  const child = new Deno.Command(command, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let out = "";
  const say = async (line: string, count: number) => {
    await writer.write(new TextEncoder().encode(`${line}\n`));
    while (out.split("daemon at").length <= count) {
      const { value, done } = await reader.read();
      assert.ok(!done, out);
      out += value;
    }
  };
  await withApiDaemon(async () => {
    await say("show version", 1);
    await say("show version", 2);
  }, { addresses });
  await withApiDaemon(() => say("show version", 3), { addresses });
  await writer.close();
  await reader.cancel();
  const errors = await new Response(child.stderr).text();
  assert.deepEqual([(await child.status).code, errors], [0, ""]);
  await Deno.remove(socket.replace(/\/[^/]+$/, ""), { recursive: true });
});

Deno.test("garbage and long lines are refused, each in one line, and the script goes on", async () => {
  const garbage = new Uint8Array(4_096).map((_, index) => (index * 7919) % 251);
  const long = new TextEncoder().encode(`\n${"x".repeat(1_048_576)}\nversion\n`);
  const { code, out, err } = await runShell(await new Blob([garbage, long]).bytes());
  assert.equal(code, 2);
  assert.match(out, /^maglev \S+ \(/);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(err, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  assert.match(err, /a line of more than 65536 characters is not read\n$/);
  assert.ok(err.split("\n").every((line) => line.length < 1_100));
});

Deno.test("a daemon that cannot be reached, or is silent, costs no more than --timeout", async () => {
  const { code, err } = await runShell(
    "config schema --nope\nshow version\n",
    ["--server", "unix:/nowhere/at.sock"],
  );
  assert.equal(code, 2);
  assert.match(err, /\nmaglev: cannot reach unix:\/nowhere\/at\.sock: [^\n]*\n$/);

  using silent = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const conns: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const conn of silent) conns.push(conn);
  })();
  const server = `127.0.0.1:${(silent.addr as Deno.NetAddr).port}`;
  const patient = await runShell("show version\nversion\n", [
    ...["--server", server, "--timeout", "300ms"],
  ]);
  assert.equal(patient.code, 4);
  assert.match(patient.err, /^maglev: [^\n]*no answer in 0\.3 s\n$/);
  assert.match(patient.out, /\nmaglev \S+ \(/);
  silent.close();
  await accepting;
  conns.forEach((conn) => conn.close());
});

Deno.test("the shell ends quietly when nobody reads what it says", async () => {
  const [command = "", ...args] = [...program, "shell"];
  const child = new Deno.Command(command, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  await child.stdout.cancel();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode("version\nversion\nnope\n"));
  const errors = await new Response(child.stderr).text();
  assert.deepEqual([(await child.status).code, errors], [0, ""]);
  await writer.close().catch(() => {});
});

Deno.test("without a command and without a terminal it is not the shell that starts", async () => {
  const [command = "", ...args] = program;
  const { code, stderr } = await new Deno.Command(command, { args, stdin: "null" }).output();
  assert.equal(code, 2);
  assert.match(new TextDecoder().decode(stderr), /^maglev: which command\?/);
});
