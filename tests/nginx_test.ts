import assert from "node:assert/strict";
import { authorityPath } from "./certificates.ts";
import { nginxProgram, startNginx } from "./nginx.ts";
import { ask } from "./plain_client.ts";
import { loopbacks } from "./probed_server.ts";

const ignore = nginxProgram === undefined;

Deno.test({
  name: "nginx answers as it was configured, with TLS and without, and logs requests",
  ignore,
  fn: async () => {
    const authority = Deno.readTextFileSync(authorityPath);
    for (const address of loopbacks) {
      for (const certificate of [undefined, "ok"] as const) {
        const server = 'keepalive_timeout 0; return 203 "as configured";';
        await using nginx = await startNginx({ server, address, certificate });
        assert.ok(nginx);
        const [text, end] = await ask(nginx, { caCerts: certificate && [authority] });
        assert.match(text, /^HTTP\/1\.1 203 .*\r\n\r\nas configured$/s);
        assert.equal(end, "FIN");
        const [line = ""] = await nginx.requests(1);
        assert.ok(line.startsWith(`${address} - - [`));
        assert.match(line, /"GET \/ HTTP\/1\.1" 203 13 /);
      }
    }
  },
});

Deno.test({
  name: "what nginx says about a wrong configuration is the error",
  ignore,
  fn: async () => {
    await assert.rejects(startNginx({ server: "nonsense;" }), /unknown directive "nonsense"/);
  },
});
