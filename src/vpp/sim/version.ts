/**
 * Which VPP the simulated one says that it is.
 *
 * @module
 */

import { showVersion } from "../wire/core_messages.ts";
import { type Answer, answerRequest } from "./answer.ts";
import type { Command } from "./command_tree.ts";
import type { Profile } from "./lb_plugin.ts";
import { retval } from "./retval.ts";

/** The release that each profile behaves like. */
const releases = { weighted: "26.10", classic: "26.06" };

/** The version, which nobody can take for that of a real VPP. */
function simulatedVersion(profile: Profile): string {
  return `${releases[profile]}-simulation`;
}

/** What answers the question for the version. */
export function versionAnswer(profile: Profile): Answer {
  return answerRequest(showVersion, () => ({
    retval: retval.ok,
    program: "vpe",
    version: simulatedVersion(profile),
    buildDate: "never built",
    buildDirectory: "a simulation by maglev, not a real VPP",
  }));
}

/** `show version` */
export function versionCommand(profile: Profile): Command {
  const output = `vpp v${simulatedVersion(profile)}: a simulation by maglev, not a real VPP\n`;
  return { path: "show version", run: () => ({ output }) };
}
