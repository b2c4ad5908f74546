import assert from "node:assert/strict";
import { type Flags, flagValues, splitLine } from "./flags.ts";

const table = {
  config: { kind: "text", placeholder: "FILE", env: "CONFIG", fallback: "/etc/x", help: "" },
  level: { kind: "text", placeholder: "LEVEL", fallback: "info", help: "" },
  check: { kind: "switch", help: "" },
  help: { kind: "switch", letter: "h", help: "" },
  mirror: { kind: "toggle", env: "MIRROR", fallback: true, help: "" },
} as const satisfies Flags;

const environment: Record<string, string> = { CONFIG: "/env/x", LEVEL: "debug" };

function valuesOf(args: string[], env: Record<string, string>): string {
  const { words, flags } = splitLine(args, table);
  const values = flagValues(table, flags, (name) => env[name]);
  return `${words.join(" ")} | ${values.config} ${values.level} ${values.check} ${values.help}`;
}

Deno.test("a flag's text comes from the line, else from the environment, else from the table", () => {
  const cases: [string[], Record<string, string>, string][] = [
    [[], {}, " | /etc/x info false false"],
    [[], environment, " | /env/x info false false"],
    [["--config", "a"], environment, " | a info false false"],
    [["--config=a=b"], {}, " | a=b info false false"],
    [["--config="], environment, " |  info false false"],
    [["--config", "a", "--config", "b"], {}, " | b info false false"],
    [["--config", "--check"], {}, " | --check info false false"],
    [["daemon", "--check", "now", "-h"], {}, "daemon now | /etc/x info true true"],
    [["x", "--", "--check", "-h"], {}, "x --check -h | /etc/x info false false"],
    [["-"], {}, "- | /etc/x info false false"],
  ];
  for (const [args, env, expected] of cases) assert.equal(valuesOf(args, env), expected);
});

Deno.test("flags that are not right are refused with what is wrong", () => {
  const cases: [string[], string][] = [
    [["--chek"], 'unknown flag "--chek" (did you mean --check?)'],
    [["--nothing"], 'unknown flag "--nothing"'],
    [["-config"], 'unknown flag "-config" (did you mean --config?)'],
    [["-x"], 'unknown flag "-x"'],
    [["--\u001b[2J"], 'unknown flag "--\\u001b[2J"'],
    [["--constructor"], 'unknown flag "--constructor"'],
    [["--config"], "--config needs a FILE"],
    [["--check=yes"], '--check takes no value, and "yes" is given'],
  ];
  for (const [args, message] of cases) {
    assert.throws(() => splitLine(args, table), { name: "UsageError", message });
  }
});

Deno.test("a flag that is on or off is what the line says, else the environment, else the table", () => {
  const mirror = (args: string[], text?: string) =>
    flagValues(table, splitLine(args, table).flags, () => text).mirror;
  const cases: [string[], string | undefined, boolean][] = [
    [[], undefined, true],
    [[], "false", false],
    [[], "", true],
    [["--mirror=false"], undefined, false],
    [["--mirror=false"], "true", false],
    [["--mirror=true"], "false", true],
    [["--mirror"], "false", true],
    [["--mirror", "false"], undefined, true],
    [["--mirror=false", "--mirror"], undefined, true],
  ];
  for (const [args, text, expected] of cases) assert.equal(mirror(args, text), expected, `${args}`);
  assert.throws(() => mirror(["--mirror=no"]), {
    name: "UsageError",
    message: '--mirror takes true or false, not "no"',
  });
  assert.throws(() => mirror([], "0"), { message: 'MIRROR takes true or false, not "0"' });
});
