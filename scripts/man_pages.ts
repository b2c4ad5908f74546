/**
 * The manual pages, in roff's man macros.
 *
 * @module
 */

import { type Command, exitCodes } from "../src/cli/command.ts";
import { clientFlags, daemonFlags, globalFlags } from "../src/cli/command_flags.ts";
import type { Flags } from "../src/cli/flags.ts";
import { flagUsage, ownFlags } from "../src/cli/help_text.ts";
import { rowElements, tokensOf } from "../src/cli/row.ts";
import { helpOf } from "../src/cli/word_help.ts";
import {
  clientFiles,
  daemonExitMeanings,
  daemonFiles,
  daemonSignals,
  exitMeanings,
  otherVariables,
} from "./cli_reference.ts";
import { entry, indented, page, paragraph as text, section } from "./roff.ts";

/** What is printed at the foot of each page. */
export interface ManPageOptions {
  readonly version: string;
  /** `2026-11-21`; of the commit, so that the same commit makes the same pages. */
  readonly date: string;
}

/** All pages, by the name of their file. */
export function manPages(
  commands: readonly Command[],
  options: ManPageOptions,
): Readonly<Record<string, string>> {
  return {
    "maglev.1": clientPage(commands, options),
    "maglev-daemon.8": daemonPage(options),
  };
}

function clientPage(commands: readonly Command[], options: ManPageOptions): string {
  const rows = commands.filter(({ words }) => words !== "daemon");
  return page({ title: "MAGLEV", chapter: 1, ...options }, [
    ...section("NAME", ["maglev \\- look at and steer the control plane of VPP's load balancer"]),
    ...section("SYNOPSIS", [".B maglev", ".I command", ".RI [ flags ]"]),
    ...section("DESCRIPTION", [
      text("maglev checks the backends of VPP's Maglev load balancer and gives VPP the weights."),
      ".BR maglev-daemon (8)",
      text("does so; all other commands ask it, or do without. Without a command, on a terminal,"),
      text("maglev is a shell with completion; a question mark there lists what may follow."),
      ".PP",
      text("Any unambiguous beginning of a fixed word will do: sh ba web1 means show backends"),
      text("web1. An exact word wins over a longer one, and over a name."),
    ]),
    ...section("COMMANDS", rows.flatMap(commandLines)),
    ...section("OPTIONS", [
      text("Of every command:"),
      ...flagLines(globalFlags),
      ".PP",
      text("Of all commands that ask the daemon:"),
      ...flagLines(clientFlags),
    ]),
    ...section(
      "EXIT STATUS",
      Object.entries(exitCodes).flatMap(([name, code]) =>
        entry(`${code}`, exitMeanings[name as keyof typeof exitCodes].replaceAll("`", ""))
      ),
    ),
    ...section("ENVIRONMENT", [
      text("Flags have the variables that are named with them; a flag wins over its variable."),
      ...otherVariables.flatMap(([name, meaning]) => entry(name, meaning)),
    ]),
    ...section("FILES", clientFiles.flatMap(([path, meaning]) => entry(path, meaning))),
    ...section("SEE ALSO", [".BR maglev-daemon (8)"]),
  ]);
}

function daemonPage(options: ManPageOptions): string {
  return page({ title: "MAGLEV-DAEMON", chapter: 8, ...options }, [
    ...section("NAME", ["maglev-daemon \\- check backends and program VPP's load balancer"]),
    ...section("SYNOPSIS", [".B maglev daemon", ".RI [ flags ]"]),
    ...section("DESCRIPTION", [
      text("The daemon checks the backends of its configuration, decides which of them serve, and"),
      text("gives VPP the weights. It serves an API, which"),
      ".BR maglev (1)",
      text("speaks, and metrics. Its log is on the standard output, one JSON object a line."),
      ".PP",
      text("VPP keeps what it has when the daemon ends."),
    ]),
    ...section("OPTIONS", flagLines({ ...daemonFlags, ...globalFlags })),
    ...section("SIGNALS", daemonSignals.flatMap(([name, meaning]) => entry(name, meaning))),
    ...section("EXIT STATUS", daemonExitMeanings.flatMap(([code, text]) => entry(code, text))),
    ...section("FILES", daemonFiles.flatMap(([path, meaning]) => entry(path, meaning))),
    ...section("SEE ALSO", [".BR maglev (1),", ".BR maglev.yaml (5)"]),
  ]);
}

function commandLines({ words, help, flags }: Command): readonly string[] {
  const told = tokensOf(rowElements(words)).filter(({ isTold }) => isTold);
  const own = ownFlags(flags);
  const within = [
    ...told.flatMap((token) => entry(token.text, `${helpOf(token)}.`)),
    ...flagLines(own),
  ];
  return [...entry(`maglev ${words}`, `${help}.`), ...indented(within)];
}

function flagLines(flags: Flags): readonly string[] {
  return Object.entries(flags).flatMap(([name, flag]) => {
    const env = flag.kind === "switch" || flag.env === undefined ? "" : ` Or ${flag.env}.`;
    const hasFallback = flag.kind === "text" && flag.fallback !== "";
    const fallback = hasFallback ? ` Default: ${flag.fallback}.` : "";
    return entry(flagUsage(name, flag), `${flag.help}.${env}${fallback}`);
  });
}
