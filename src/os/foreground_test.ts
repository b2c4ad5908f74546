import assert from "node:assert/strict";

const ask = `import { isInForeground } from "${new URL("foreground.ts", import.meta.url)}";
console.log(isInForeground());`;

Deno.test("a process without a terminal is not in the foreground of one", async () => {
  const args = ["eval", "--no-lock", ask];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  assert.equal(new TextDecoder().decode(stdout), "false\n");
});
