import assert from "node:assert/strict";
import { withApiDaemon } from "./clients/api_daemon.ts";
import { type Outcome, runProgram } from "./program.ts";

Deno.test("a daemon is looked at and changed from the command line", async () => {
  await withApiDaemon(async ({ targets: [server] }) => {
    const run = (line: string) => runProgram(["--server", server, ...line.split(" ")]);
    const runWell = async (line: string): Promise<Outcome> => {
      const outcome = await run(line);
      assert.deepEqual([outcome.code, outcome.err], [0, ""], line);
      return outcome;
    };
    const cases: readonly (readonly [string, RegExp])[] = [
      ["sh fr", /^name +address +protocol +port +state +active pool +up\nwww +198\.51\.100\.1 /],
      ["show frontends www", /^frontend www\n.*\npool primary\n.*\npool last-resort {2}active\n/s],
      ["sh ba", /\nweb1 +127\.0\.0\.1 .*\nweb2 +127\.0\.0\.2 .*\nsorry +10\.0\.9\.1 +up /],
      ["show backends sorry", /\nwhy\n {2}no health check: up unless paused or disabled\n/],
      ["sh he", /^name .*\nweb +http +\d+ +1s +1s +1s +500ms +1 +2\n$/],
      ["show healthchecks web", /^health check web\n {2}type +http\n/],
      ["set ba sorry pa", /^sorry is paused \(was up\); its flows drain\n$/],
      ["set backend sorry pause", /^sorry is paused already, for \d+s \(pause by .+\)\n$/],
      ["set backend sorry resume", /^sorry is up \(was paused\)\n$/],
      ["set backend sorry disable", /^sorry is disabled \(was up\); its flows are flushed\n$/],
      ["show frontends www", /\n +sorry +100 +0 +disabled +\[disabled\]\n/],
      ["set backend sorry enable", /^sorry is up \(was disabled\)\n$/],
      [
        "set frontend www pool primary backend web1 weight 7",
        /^web1 weighs 7 in pool primary of www, the file says 70\neffective weight 0: it is \w+\n$/,
      ],
    ];
    for (const [line, expected] of cases) assert.match((await runWell(line)).out, expected, line);

    const { out } = await runWell("show frontends www -o json");
    const [primary] = JSON.parse(out).pools;
    assert.partialDeepStrictEqual(primary.backends[0].override, { weight: 7, weight_in_file: 70 });

    const refusals: readonly (readonly [string, number, RegExp])[] = [
      ["show backends wbe1", 1, /^maglev: no backend named "wbe1" \(did you mean "web1"\?\)\n$/],
      ["show frontends wwww", 1, /^maglev: no frontend named "wwww" \(did you mean "www"\?\)\n$/],
      ["set backend sorry resume", 1, /^maglev: backend "sorry" is up, not paused; .*\n$/],
      ["set backend sorry stop", 2, /^maglev: set backend sorry: unknown word "stop".*\n$/],
      [
        "set frontend www pool primary backend web1 weight 101",
        2,
        /^maglev: weight takes a number from 0 to 100, not "101"\n$/,
      ],
    ];
    for (const [line, code, expected] of refusals) {
      const outcome = await run(line);
      assert.equal(outcome.code, code, line);
      assert.equal(outcome.out, "", line);
      assert.match(outcome.err, expected, line);
    }
  });
});
