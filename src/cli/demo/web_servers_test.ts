import assert from "node:assert/strict";
import { startWebServers } from "./web_servers.ts";

Deno.test("a server that was killed refuses connections until it is started again", async () => {
  const addresses = { one: "127.0.0.11", two: "127.0.0.12" };
  const servers = await startWebServers(addresses);
  const ask = async (name: keyof typeof addresses) => {
    try {
      return await (await fetch(`http://${addresses[name]}:${servers.port}/healthz`)).text();
    } catch {
      return "refused";
    }
  };
  try {
    assert.deepEqual([await ask("one"), await ask("two")], ["one is well\n", "two is well\n"]);
    await servers.kill("one");
    await servers.kill("one");
    assert.deepEqual([await ask("one"), await ask("two")], ["refused", "two is well\n"]);
    servers.start("one");
    assert.equal(await ask("one"), "one is well\n");
  } finally {
    await servers.stop();
  }
  assert.deepEqual([await ask("one"), await ask("two")], ["refused", "refused"]);
});

Deno.test("where one address cannot be listened on, none is", async () => {
  // 192.0.2.1 is nobody's.
  const addresses = { one: "127.0.0.11", two: "192.0.2.1" };
  await assert.rejects(startWebServers(addresses), Deno.errors.AddrNotAvailable);
});
