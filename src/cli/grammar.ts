/**
 * The command table. Parsing, help and suggestions come from it; what runs a command is loaded only
 * when that command is given, so that the others start as if it were not there.
 *
 * @module
 */
import { type Command, command } from "./command.ts";
import type { Flags } from "./flags.ts";

/** Flags that every command takes. */
export const globalFlags = {
  help: { kind: "switch", letter: "h", help: "Show what the command does, and its flags" },
  version: { kind: "switch", help: "Show version, commit and build date" },
} as const satisfies Flags;

/** Flags of the daemon. */
export const daemonFlags = {
  config: {
    kind: "text",
    placeholder: "FILE",
    env: "MAGLEV_CONFIG",
    fallback: "/etc/vpp-maglev/maglev.yaml",
    help: "The configuration file",
  },
  check: { kind: "switch", help: "Check the configuration file, say what is wrong, and exit" },
} as const satisfies Flags;

/** Every command. */
export const commands: readonly Command[] = [
  command("daemon", {
    help: "Check backends and program VPP; so far with --check only",
    flags: daemonFlags,
    load: async () => (await import("./commands/daemon.ts")).runDaemon,
  }),
  command("config schema", {
    help: "Print the JSON Schema of the configuration file",
    load: async () => (await import("./commands/config_schema.ts")).runConfigSchema,
  }),
  command("version", {
    help: "Show version, commit and build date",
    load: async () => (await import("./commands/version.ts")).runVersion,
  }),
  command("help [<command>...]", {
    help: "Show what there is, or what one command does",
    load: async () => (await import("./commands/help.ts")).runHelp,
  }),
];
