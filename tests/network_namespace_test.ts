import assert from "node:assert/strict";
import { canMakeNamespaces, makeNamespace } from "./network_namespace.ts";
import { ask } from "./plain_client.ts";
import { startServer } from "./probed_server.ts";
import { answers } from "./server_behaviours.ts";

const ignore = !canMakeNamespaces;

function isThere(namespace: string): boolean {
  return [...Deno.readDirSync("/run/netns")].some(({ name }) => name === namespace);
}

Deno.test({
  name: "a web server in a namespace answers, and says who came, until the namespace is deleted",
  ignore,
  fn: async () => {
    await using namespace = await makeNamespace();
    const { name, inside, outside, port } = namespace;
    const askBoth = async () => {
      for (const address of [inside.ipv4, inside.ipv6]) {
        const [text, end] = await ask({ address, port });
        assert.match(text, /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\nok\n$/s);
        assert.equal(end, "FIN");
      }
    };
    const seen = async () => {
      const { peers, requests } = await namespace.seen();
      return [peers, requests.length];
    };
    const both = [[outside.ipv4, outside.ipv6], 2];

    await askBoth();
    assert.deepEqual(await seen(), both);
    await namespace.delete();
    assert.equal(isThere(name), false);
    await assert.rejects(namespace.seen);
    await namespace.recreate();
    assert.deepEqual(await seen(), [[], 0]);
    await askBoth();
    assert.deepEqual(await seen(), both);
  },
});

Deno.test({
  name: "a server of the test can be reached from inside a namespace",
  ignore,
  fn: async () => {
    await using namespace = await makeNamespace();
    const { inside, outside } = namespace;
    for (const family of ["ipv4", "ipv6"] as const) {
      await using server = await startServer(answers(), { address: outside[family] });
      const place = JSON.stringify({ hostname: server.address, port: server.port });
      await namespace.run(Deno.execPath(), "eval", `await Deno.connect(${place})`);
      assert.deepEqual(server.peers, [inside[family]]);
    }
  },
});

Deno.test({
  name: "nothing is left of a namespace, not even when it is used or a test throws",
  ignore,
  fn: async () => {
    let name = "";
    const failing = async () => {
      await using namespace = await makeNamespace();
      name = namespace.name;
      using _connection = await Deno.connect({
        hostname: namespace.inside.ipv4,
        port: namespace.port,
      });
      throw new Error("as tests do");
    };
    await assert.rejects(failing, /as tests do/);
    assert.equal(isThere(name), false);
  },
});
