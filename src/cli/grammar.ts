/**
 * The command table. Parsing, help and suggestions come from it; what runs a command is loaded only
 * when that command is given, so that the others start as if it were not there.
 *
 * @module
 */
import { type Command, command } from "./command.ts";
import { clientFlags, daemonFlags, debugVppFlags, probeFlags, simFlags } from "./command_flags.ts";

/** Every command. */
export const commands: readonly Command[] = [
  command("daemon", {
    help: "Check backends and program VPP, until interrupted; SIGHUP reloads",
    flags: daemonFlags,
    load: async () => (await import("./commands/daemon.ts")).runDaemon,
  }),
  command("probe <backend>", {
    help: "Make a backend's health check now, or that of any address; needs no daemon",
    flags: probeFlags,
    load: async () => (await import("./commands/probe.ts")).runProbe,
  }),
  command("show version", {
    help: "Show the version, and that of the daemon if it can be reached",
    flags: clientFlags,
    load: async () => (await import("./commands/show_version.ts")).runShowVersion,
  }),
  command("debug vpp", {
    help: "Ask VPP what it is and what its load balancer has; needs no daemon",
    flags: debugVppFlags,
    load: async () => (await import("./commands/debug_vpp.ts")).runDebugVpp,
  }),
  command("sim", {
    help: "Run a simulated VPP on two sockets, until interrupted",
    flags: simFlags,
    load: async () => (await import("./commands/sim.ts")).runSim,
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
    load: async () => (await import("./commands/help.ts")).helpOn(commands),
  }),
];
