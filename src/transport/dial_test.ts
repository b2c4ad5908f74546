import assert from "node:assert/strict";
import { DialError, type DialErrorCode } from "./dial_error.ts";
import { TlsSettingsError } from "./server_tls.ts";
import { addressOf, dialNow, testdata, withListener } from "./transport_testing.ts";

const { signal } = new AbortController();

Deno.test("a server that cannot be reached is told in a few words", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/file`, "");
  const cases: readonly (readonly [string, DialErrorCode, RegExp])[] = [
    [`127.0.0.1:${port}`, "CONNECTION_REFUSED", /^connection refused$/],
    ["no-such-host.invalid:1", "NO_SUCH_HOST", /^no such host$/],
    [`unix:${folder}/none`, "NO_SUCH_FILE", /^no such file$/],
    [`unix:${folder}/file/none`, "NO_SUCH_FILE", /^no such file$/],
    [`unix:${folder}/file`, "CONNECTION_REFUSED", /^connection refused$/],
    [`unix:/${"x".repeat(107)}`, "NO_SUCH_FILE", /107 bytes/],
  ];
  for (const [text, code, message] of cases) {
    await assert.rejects(dialNow(addressOf(text), { signal }), (error) => {
      assert.ok(error instanceof DialError, String(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    });
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("who gives up is told their own reason", async () => {
  const reason = new Error("enough");
  const address = addressOf("127.0.0.1:1");
  await assert.rejects(dialNow(address, { signal: AbortSignal.abort(reason) }), reason);
  await withListener("127.0.0.1:0", async (scene) => {
    const giving = new AbortController();
    const dialling = assert.rejects(
      // Nobody answers the handshake.
      dialNow(scene.address, { signal: giving.signal, tls: {} }),
      reason,
    );
    const { transport } = await scene.accepted();
    assert.ok(await transport.read() !== null);
    giving.abort(reason);
    await dialling;
    assert.equal(await transport.read(), null);
  });
});

Deno.test("a client's settings that cannot be used are refused", async () => {
  const certificate = testdata("client.pem");
  const cases = [
    [{ certificate }, /go together: one is missing/],
    [{ certificate, key: "x" }, /key is no private key/],
    [{ authorities: "x" }, /file of authorities is no certificate/],
  ] as const;
  for (const [tls, message] of cases) {
    await assert.rejects(dialNow(addressOf("127.0.0.1:1"), { tls, signal }), (error) => {
      assert.ok(error instanceof TlsSettingsError, String(error));
      assert.match(error.message, message);
      return true;
    });
  }
});
