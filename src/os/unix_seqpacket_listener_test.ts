import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { closeDescriptor } from "./descriptor.ts";
import { createSharedMemory } from "./shared_memory.ts";
import { abandonSocket } from "./testdata/seqpacket_server.ts";
import { inFolder, soon } from "./testing.ts";
import { receiveDescriptor } from "./unix_seqpacket.ts";
import { listenSeqpacket, type SeqpacketConnection } from "./unix_seqpacket_listener.ts";

const options = () => ({ clock: virtualClock(), onConnection: () => {} });

Deno.test("closing removes the path, and nothing is left", () =>
  inFolder((folder) => {
    const path = `${folder}/stats.sock`;
    const { clock, onConnection } = options();
    const listener = listenSeqpacket({ path, clock, onConnection });
    assert.equal(Deno.lstatSync(path).isSocket, true);
    listener.close();
    listener.close();
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    assert.equal(clock.pending, 0);
    listenSeqpacket({ path, ...options() }).close();
  }));

Deno.test("a path that is gone already does not keep it from closing", () =>
  inFolder((folder) => {
    const path = `${folder}/stats.sock`;
    const listener = listenSeqpacket({ path, ...options() });
    Deno.removeSync(path);
    listener.close();
  }));

Deno.test("a socket file that nobody listens on is replaced, and no other file is", () =>
  inFolder(async (folder) => {
    const stale = `${folder}/stale`;
    abandonSocket(stale);
    listenSeqpacket({ path: stale, ...options() }).close();

    const busy = `${folder}/busy`;
    const listener = listenSeqpacket({ path: busy, ...options() });
    const stream = Deno.listen({ transport: "unix", path: `${folder}/stream` });
    const datagram = `${folder}/file`;
    Deno.writeTextFileSync(datagram, "precious");
    await Deno.symlink(busy, `${folder}/link`);
    for (const name of ["busy", "stream", "file", "link"]) {
      const path = `${folder}/${name}`;
      assert.throws(() => listenSeqpacket({ path, ...options() }), {
        name: "OsError",
        code: "EADDRINUSE",
        message: `bind ${path}: address already in use`,
      });
    }
    assert.equal(Deno.readTextFileSync(datagram), "precious");
    stream.close();
    listener.close();
  }));

Deno.test("a path that cannot be had is an error", () =>
  inFolder((folder) => {
    const path = `${folder}/none/stats.sock`;
    assert.throws(() => listenSeqpacket({ path, ...options() }), {
      code: "ENOENT",
      syscall: "bind",
    });
    assert.throws(
      () => listenSeqpacket({ path: "/".repeat(108), ...options() }),
      /at most 107 bytes/,
    );
  }));

Deno.test("a client that has gone away is an error of sending, and so is one that was hung up on", () =>
  inFolder(async (folder) => {
    const path = `${folder}/stats.sock`;
    const { clock } = options();
    const own = createSharedMemory("test", 4096);
    const connections: SeqpacketConnection[] = [];
    const onConnection = (connection: SeqpacketConnection) => connections.push(connection);
    const listener = listenSeqpacket({ path, clock, onConnection });
    const client = receiveDescriptor(path, { clock, timeoutMs: 5 });
    await Promise.all([assert.rejects(client, { code: "TIMEOUT" }), clock.advance(10)]);
    const [connection] = connections;
    assert(connection !== undefined);
    assert.equal((await soon(() => connection.sendDescriptor(own))).code, "EPIPE");
    connection.close();
    connection.close();
    assert.equal(connection.sendDescriptor(own)?.code, "EBADF");
    listener.close();
    closeDescriptor(own);
  }));
