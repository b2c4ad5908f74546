/**
 * What the command table does not say, for docs/cli.md and the manual pages.
 *
 * @module
 */

import type { exitCodes } from "../src/cli/command.ts";

/** What each exit code means, for all commands but the daemon. */
export const exitMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: "Fine.",
  refused: "The daemon said no, or a check found something.",
  usage: "The command line is wrong.",
  changesPlanned: "`show vpp lb plan` found something to do.",
  serverUnreachable: "The daemon cannot be reached, or did not answer in time.",
  vppUnavailable: "The daemon has no VPP to ask.",
  internalError: "A mistake in maglev; please report it.",
};

/** The codes with which the daemon ends. */
export const daemonExitMeanings: readonly (readonly [codes: string, meaning: string])[] = [
  ["0", "It was told to end, and did. With --check: the file is right."],
  ["1", "It cannot start. With --check: the file cannot be read as a configuration."],
  ["2", "The file contradicts itself, or a flag is wrong."],
  ["70", "A mistake in maglev; please report it."],
  ["130, 143", "A second SIGINT or SIGTERM, which ends it at once."],
];

/** What each signal does to the daemon. */
export const daemonSignals: readonly (readonly [signals: string, meaning: string])[] = [
  ["SIGTERM, SIGINT", "It ends. A second one ends it at once."],
  ["SIGHUP", "It reads its configuration file and its certificates again."],
];

/** Variables that no flag has. */
export const otherVariables: readonly (readonly [name: string, meaning: string])[] = [
  ["NO_COLOR", "Where it is set and not empty there are no colours, unless --color asks for them."],
];

/** Files of the command line. */
export const clientFiles: readonly (readonly [path: string, meaning: string])[] = [
  ["$XDG_STATE_HOME/maglev/history", "What was typed in the shell, for its user alone."],
];

/** Files of the daemon. */
export const daemonFiles: readonly (readonly [path: string, meaning: string])[] = [
  ["/etc/vpp-maglev/maglev.yaml", "The configuration."],
  ["/run/vpp/api.sock", "Where VPP listens for clients of its binary API."],
  ["/run/vpp/stats.sock", "Where VPP hands out its counters."],
];
