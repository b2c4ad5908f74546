import assert from "node:assert/strict";

const day = new URL("fixtures/daemon_day.ts", import.meta.url).pathname;

Deno.test("the daemon's day leaves nothing behind", async () => {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-check", "--quiet", day],
    env: { NO_COLOR: "1" },
    stderr: "inherit",
  }).output();
  const text = new TextDecoder().decode(stdout);
  assert.ok(success, text);
  assert.match(text, /1 passed/);
});
