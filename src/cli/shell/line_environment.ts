/**
 * What holds for all lines of a shell.
 *
 * @module
 */
import type { World } from "../command.ts";
import { shellFlags } from "../command_flags.ts";
import type { FlagValues } from "../flags.ts";

/** The environment with the shell's own flags, as if they were given to each line. */
export function lineEnvironment(
  flags: FlagValues<typeof shellFlags>,
  env: World["env"],
): World["env"] {
  // What it says of colour is in the flag by now.
  const given = new Map<string, string | undefined>([["NO_COLOR", undefined]]);
  for (const name of Object.keys(shellFlags) as (keyof typeof shellFlags)[]) {
    const flag = shellFlags[name];
    if ("env" in flag) given.set(flag.env, String(flags[name]));
  }
  return (name) => given.has(name) ? given.get(name) : env(name);
}
