import assert from "node:assert/strict";
import { join } from "node:path";
import { listen } from "./listen.ts";
import { ListenError, type ListenErrorCode } from "./listen_error.ts";
import { formatServerAddress } from "./server_address.ts";
import { systemClock } from "../clock.ts";
import { addressOf, at, bytesOf, dialNow, readText, withListener } from "./transport_testing.ts";

const { signal } = new AbortController();

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function assertRefused(text: string, code: ListenErrorCode, message: RegExp): Promise<void> {
  const options = { clock: systemClock, onConnection: () => {}, onProblem: () => {} };
  await assert.rejects(listen({ address: addressOf(text), ...options }), (error) => {
    assert.ok(error instanceof ListenError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    assert.ok(error.message.startsWith(`cannot listen on ${text}: `), error.message);
    return true;
  });
}

Deno.test("bytes go both ways over TCP, and the caller has an address", async () => {
  await withListener("127.0.0.1:0", async (scene) => {
    const client = await dialNow(at("127.0.0.1", scene), { signal });
    const { transport, caller } = await scene.accepted();
    assert.match(caller, /^127\.0\.0\.1:\d+$/);
    await client.write(bytesOf("hello"));
    assert.equal(await readText(transport, 5), "hello");
    await transport.write(bytesOf("world"));
    assert.equal(await readText(client, 5), "world");
    client.close();
    client.close();
    assert.equal(await transport.read(), null);
  });
});

Deno.test("an empty host means all addresses, and IPv4 callers look like that", async () => {
  await withListener(":0", async (scene) => {
    assert.ok(scene.address.kind === "tcp" && ["::", "0.0.0.0"].includes(scene.address.host));
    for (const host of ["127.0.0.1", "localhost", ""]) {
      const client = await dialNow(at(host, scene), { signal });
      const { caller } = await scene.accepted();
      assert.match(caller, /^(127\.0\.0\.1|\[::1\]):\d+$/);
      if (host === "127.0.0.1") assert.match(caller, /^127/);
      client.close();
    }
  });
});

Deno.test("what waits when a transport is closed is rejected", async () => {
  await withListener("127.0.0.1:0", async (scene) => {
    const client = await dialNow(scene.address, { signal });
    await scene.accepted();
    const reading = assert.rejects(client.read());
    const writing = assert.rejects(async () => {
      for (;;) await client.write(new Uint8Array(1 << 20));
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    client.close();
    await Promise.all([reading, writing]);
    await assert.rejects(client.read());
    await assert.rejects(client.write(new Uint8Array(1)));
  });
});

Deno.test("connections live on when the listener is closed", async () => {
  await withListener("127.0.0.1:0", async (scene) => {
    const client = await dialNow(scene.address, { signal });
    const { transport } = await scene.accepted();
    await scene.listener.close();
    await scene.listener.close();
    await client.write(bytesOf("still here"));
    assert.equal(await readText(transport, 10), "still here");
    client.close();
  });
});

Deno.test("10 MB come whole, and what was read stays as it is", async () => {
  await withListener("127.0.0.1:0", async (scene) => {
    const client = await dialNow(scene.address, { signal });
    const { transport } = await scene.accepted();
    const pieces = 160;
    const writing = (async () => {
      for (let piece = 0; piece < pieces; piece++) {
        await client.write(new Uint8Array(65_536).fill(piece));
      }
      client.close();
    })();
    const read: Uint8Array[] = [];
    for (let bytes = await transport.read(); bytes !== null; bytes = await transport.read()) {
      read.push(bytes);
    }
    await writing;
    let offset = 0;
    for (const bytes of read) {
      for (let index = 0; index < bytes.length; index += 509) {
        assert.equal(bytes[index], (offset + index) >> 16);
      }
      offset += bytes.length;
    }
    assert.equal(offset, pieces * 65_536);
  });
});

Deno.test("a Unix socket is for its owner and group, and goes with the listener", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "s");
    await withListener(`unix:${path}`, async (scene) => {
      const { mode, isSocket } = await Deno.lstat(path);
      assert.ok(isSocket);
      assert.equal((mode ?? 0) & 0o777, 0o660);
      const client = await dialNow(scene.address, { signal });
      const { transport, caller } = await scene.accepted();
      assert.equal(caller, "unix");
      await client.write(bytesOf("hello"));
      assert.equal(await readText(transport, 5), "hello");
      client.close();
    });
    await assert.rejects(Deno.lstat(path), Deno.errors.NotFound);
  });
});

Deno.test("a socket that a dead process left makes room", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "s");
    const dead = Deno.listen({ transport: "unix", path: join(folder, "dead") });
    await Deno.link(join(folder, "dead"), path);
    dead.close();
    await withListener(`unix:${path}`, async (scene) => {
      (await dialNow(scene.address, { signal })).close();
      await scene.accepted();
    });
  });
});

Deno.test("what took the place of a Unix socket is left alone", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "s");
    await withListener(`unix:${path}`, async ({ listener }) => {
      await Deno.remove(path);
      await Deno.writeTextFile(path, "mine");
      await listener.close();
      assert.equal(await Deno.readTextFile(path), "mine");
    });
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["s"]);
  });
});

Deno.test("what cannot be listened on is told", async () => {
  await withListener("127.0.0.1:0", async ({ address }) => {
    await assertRefused(formatServerAddress(address), "IN_USE", /the port is in use/);
  });
  await assertRefused("192.0.2.1:0", "NOT_OF_THIS_MACHINE", /none of this machine/);
  await inFolder(async (folder) => {
    const path = join(folder, "s");
    await withListener(`unix:${path}`, async (scene) => {
      await assertRefused(`unix:${path}`, "IN_USE", /another process listens there/);
      await scene.accepted();
    });
    await Deno.writeTextFile(path, "mine");
    await assertRefused(`unix:${path}`, "NO_SOCKET", /no socket, so it is left alone/);
    assert.equal(await Deno.readTextFile(path), "mine");
    await assertRefused(`unix:${folder}/none/s`, "NO_DIRECTORY", /no such directory/);
    await assertRefused(`unix:${path}/s`, "NO_DIRECTORY", /no such directory/);
    await assertRefused(`unix:/${"x".repeat(107)}`, "PATH_TOO_LONG", /107 bytes/);
  });
});

Deno.test("a folder that may not be written to is told", {
  ignore: Deno.uid() === 0,
}, async () => {
  await inFolder(async (folder) => {
    await Deno.chmod(folder, 0o500);
    await assertRefused(`unix:${folder}/s`, "NO_PERMISSION", /no permission to write there/);
  });
});
