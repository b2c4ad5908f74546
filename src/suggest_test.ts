import assert from "node:assert/strict";
import { didYouMean, suggest } from "./suggest.ts";

Deno.test("the word that was probably meant is suggested, and none that is far", () => {
  const commands = ["daemon", "config", "help", "version", "show", "set"];
  const cases: [string, string | null][] = [
    ["deamon", "daemon"],
    ["Daemon", "daemon"],
    ["confg", "config"],
    ["versoin", "version"],
    ["shwo", "show"],
    ["st", "set"],
    ["demolish", null],
    ["x", null],
    ["", null],
    ["d".repeat(10_000), null],
  ];
  for (const [word, expected] of cases) assert.equal(suggest(word, commands), expected, word);
  assert.equal(didYouMean("web3", ["web10", "web2"]), " (did you mean web2?)");
  assert.equal(didYouMean("api", ["web2"]), "");
});
