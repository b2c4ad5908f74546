/**
 * The flags of each command that has any.
 *
 * @module
 */
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
