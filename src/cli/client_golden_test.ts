import assert from "node:assert/strict";
import { load } from "js-yaml";
import { clientScene } from "./client_testing.ts";

/** With `MAGLEV_GOLDEN=write` the files are written anew, to be looked at and committed. */
const isWriting = Deno.env.get("MAGLEV_GOLDEN") === "write";

const folder = new URL("testdata/", import.meta.url);
const forms = ["text", "json", "jsonl", "yaml"] as const;

/** Each file's name, with the lines that come before, and the one that it shows. */
const cases: readonly (readonly [file: string, ...lines: readonly [...string[], string]])[] = [
  ["show-frontends", "show frontends"],
  ["show-frontend", "show frontends www"],
  [
    "show-frontend-overridden",
    "set frontend www pool primary backend web1 weight 30",
    "set backend web3 disable",
    "show frontends www",
  ],
  ["show-frontend-down", "show frontends any"],
  ["show-frontend-unknown", "show frontends wwww"],
  ["show-backends", "set backend web3 pause", "show backends"],
  ["show-backend-up", "show backends web1"],
  ["show-backend-down", "show backends web2"],
  ["show-backend-paused", "set backend web3 pause", "show backends web3"],
  ["show-backend-disabled", "show backends web4"],
  ["show-backend-enabled", "set backend web4 enable", "show backends web4"],
  ["show-backend-static", "show backends sorry"],
  ["show-backend-unused", "show backends spare"],
  ["show-backend-unknown", "show backends web11"],
  ["show-healthchecks", "show healthchecks"],
  ["show-healthcheck-http", "show healthchecks web"],
  ["show-healthcheck-https", "show healthchecks secure"],
  ["show-healthcheck-tcp", "show healthchecks imaps"],
  ["show-healthcheck-icmp", "show healthchecks ping"],
  ["set-backend-pause", "set backend web1 pause"],
  ["set-backend-pause-again", "set backend web1 pause", "set backend web1 pause"],
  ["set-backend-resume", "set backend sorry pause", "set backend sorry resume"],
  ["set-backend-resume-refused", "set backend web1 resume"],
  ["set-backend-disable", "set backend web1 disable"],
  ["set-backend-enable", "set backend web4 enable"],
  ["set-weight", "set frontend www pool primary backend web1 weight 30"],
  ["set-weight-as-in-file", "set frontend www pool primary backend web1 weight 70"],
  ["set-weight-of-down", "set frontend www pool primary backend web2 weight 30"],
  ["set-weight-of-standby", "set frontend www pool last-resort backend sorry weight 30"],
  ["set-weight-unknown-pool", "set frontend www pool primry backend web1 weight 30"],
];

/** Runs the lines some seconds after a daemon's start, the last of them with these flags. */
async function runLast(lines: readonly string[], ...flags: readonly string[]) {
  const scene = await clientScene();
  try {
    await scene.sync();
    await scene.clock.advance(20_000);
    for (const line of lines.slice(0, -1)) {
      const { code, err } = await scene.run(line);
      assert.equal(code, 0, err.join("\n"));
      await scene.clock.advance(200);
    }
    return await scene.run([lines.at(-1), ...flags].join(" "));
  } finally {
    scene.end();
  }
}

for (const [file, ...lines] of cases) {
  Deno.test(`${lines.join(", then ")} answers as testdata/${file}.txt has it`, async () => {
    const shown: string[] = [];
    for (const form of forms) {
      const { code, out, err } = await runLast(lines, `--output ${form}`);
      shown.push(
        `$ maglev ${lines.at(-1)} --output ${form}`,
        ...out,
        ...err,
        `# ends with ${code}`,
        "",
      );
    }
    const path = new URL(`${file}.txt`, folder);
    const text = shown.join("\n");
    if (isWriting) await Deno.writeTextFile(path, text);
    assert.equal(text, await Deno.readTextFile(path));
  });

  Deno.test(`${lines.join(", then ")} says the same in each form`, async () => {
    const [text, json, jsonLines, yaml] = await Promise.all(
      forms.map(async (form) => (await runLast(lines, `--output ${form}`)).out.join("\n")),
    );
    if (text === "" || json === undefined || yaml === undefined) return;
    const data = JSON.parse(json);
    assert.deepEqual(load(yaml), data);
    const items = jsonLines?.split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(items, Array.isArray(data) ? data : [data]);
    if (lines.at(-1)?.startsWith("set")) return;
    for (const word of wordsIn(data)) {
      assert.ok(text?.includes(word), `${JSON.stringify(word)} is not in the text`);
    }
  });

  Deno.test(`${lines.join(", then ")} lines up in colour as without`, async () => {
    const plain = await runLast(lines);
    const colored = await runLast(lines, "--color");
    // deno-lint-ignore no-control-regex
    const stripped = colored.out.map((line) => line.replaceAll(/\u001b\[\d+m/g, ""));
    assert.deepEqual(stripped, plain.out);
    if (lines.at(-1)?.startsWith("show") && plain.code === 0) {
      assert.notDeepEqual(colored.out, plain.out);
    }
  });
}

/** The texts in some data that people are shown as they are: not times, and no reason's kind. */
function wordsIn(data: unknown): readonly string[] {
  if (typeof data === "string") {
    return /^\d{4}-\d\d-\d\dT/.test(data) ? [] : [data.replace(/^(www|any|dns): /, "")];
  }
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) => name === "kind" ? [] : wordsIn(value));
}
