import assert from "node:assert/strict";
import { closeDescriptor, isReadable, openSocket } from "./descriptor.ts";
import { AF_UNIX, SOCK_DGRAM } from "./layout.ts";
import { libc, succeeded } from "./libc.ts";
import { messages } from "./message.ts";
import { sendNotification } from "./notify_socket.ts";
import { inFolder } from "./testing.ts";
import { unixAddress } from "./unix_address.ts";

/** A service manager: returns what was sent to the address meanwhile. */
function received(address: string, send: () => void): string[] {
  const bound = unixAddress(address);
  const socket = openSocket({ family: AF_UNIX, type: SOCK_DGRAM }, address);
  succeeded(libc().bind(socket, bound, bound.length), "bind", address);
  send();
  const texts: string[] = [];
  while (isReadable(socket)) {
    const [message] = messages(1, { name: 0, data: 4096, control: 0 }).each;
    const length = succeeded(libc().recvmsg(socket, message.header, 0), "recvmsg", address);
    texts.push(new TextDecoder().decode(message.data.bytes.subarray(0, length)));
  }
  closeDescriptor(socket);
  return texts;
}

Deno.test("each message is one datagram, to a path or to an abstract name", () =>
  inFolder((folder) => {
    for (const address of [`${folder}/notify`, `@maglev-test-${crypto.randomUUID()}`]) {
      const texts = received(address, () => {
        assert.equal(sendNotification(address, "READY=1"), undefined);
        assert.equal(sendNotification(address, "STOPPING=1\nSTATUS=bye é"), undefined);
      });
      assert.deepEqual(texts, ["READY=1", "STOPPING=1\nSTATUS=bye é"]);
    }
  }));

Deno.test("nobody there, or a reader that is far behind, is an error and not a wait", () =>
  inFolder((folder) => {
    const path = `${folder}/notify`;
    assert.equal(sendNotification(path, "x")?.message, `sendto ${path}: no such file or directory`);
    assert.equal(sendNotification("@maglev-test-nobody", "x")?.code, "ECONNREFUSED");
    const codes = new Set<string | undefined>();
    const texts = received(path, () => {
      for (let count = 0; count < 10_000; count++) codes.add(sendNotification(path, "x")?.code);
    });
    assert.deepEqual([...codes], [undefined, "EAGAIN"]);
    assert(texts.length > 0);
    assert.throws(() => sendNotification("", "x"), { name: "RangeError" });
  }));
