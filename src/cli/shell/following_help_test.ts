import assert from "node:assert/strict";
import type { FollowWords } from "./cursor.ts";
import { followingHelp } from "./following_help.ts";
import { rows } from "./shell_testing.ts";

const follow: FollowWords = (_, words) =>
  words.includes("nope") ? { problem: `unknown command "nope"` } : {
    candidates: [
      { kind: "word", text: "pause", help: "Stop it" },
      { kind: "word", text: "resume", help: "Go on" },
      ...words.includes("web1") ? [] : [
        { kind: "slot", name: "backend", text: "<backend>", help: "A backend" },
        { kind: "end", help: "Show all" },
      ] as const,
    ],
  };

Deno.test("? shows what may follow, each with its help", () => {
  const all = [
    "  pause      Stop it",
    "  resume     Go on",
    "  <backend>  A backend",
    "  <enter>    Show all",
  ];
  const cases: [string, readonly string[]][] = [
    ["", all],
    ["set backend ", all],
    ["set backend web1 ", ["  pause   Stop it", "  resume  Go on"]],
    ["set backend web1 p", ["  pause  Stop it"]],
    ["set backend p", ["  pause      Stop it", "  <backend>  A backend"]],
    ["set backend x", ["  <backend>  A backend"]],
    ["set backend web1 x", ['nothing that begins with "x" may follow']],
    ["nope ", ['unknown command "nope"']],
    ["show backends -o ", ["  FORM  text for people; json, jsonl or yaml for programs"]],
    ["show backends --tls-k", ["  --tls-key FILE  The key of that certificate"]],
    ["show backends --tls=", ["  true or false  Speak TLS"]],
    ["show backends --zz", ['nothing that begins with "--zz" may follow']],
  ];
  for (const [before, expected] of cases) {
    assert.deepEqual(followingHelp(before, { commands: rows, follow }), expected, before);
  }
});
