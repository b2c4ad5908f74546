/**
 * The command table. Parsing, help and suggestions come from it; what runs a command is loaded only
 * when that command is given, so that the others start as if it were not there.
 *
 * @module
 */
import { type Command, command, exitCodes } from "./command.ts";
import {
  clientFlags,
  daemonFlags,
  debugVppFlags,
  demoFlags,
  probeFlags,
  shellFlags,
  simFlags,
} from "./command_flags.ts";

/** Every command. */
export const commands: readonly Command[] = [
  command("daemon", {
    help: "Check backends and program VPP, until interrupted; SIGHUP reloads",
    flags: daemonFlags,
    usesLibc: true,
    load: async () => (await import("./commands/daemon.ts")).runDaemon,
  }),
  command("shell", {
    help: "Type commands, with completion and history; maglev alone does the same",
    flags: shellFlags,
    usesLibc: true,
    load: async () => (await import("./commands/shell.ts")).runShell,
  }),
  command("show frontends [<frontend>]", {
    help: "Show all frontends with their states, or one with its pools and backends",
    flags: clientFlags,
    load: async () => (await import("./commands/show_frontends.ts")).runShowFrontends,
  }),
  command("show backends [<backend>]", {
    help: "Show all backends with their states, or one, and why it has its weight",
    flags: clientFlags,
    load: async () => (await import("./commands/show_backends.ts")).runShowBackends,
  }),
  command("show healthchecks [<healthcheck>]", {
    help: "Show all health checks, or every field of one",
    flags: clientFlags,
    load: async () => (await import("./commands/show_healthchecks.ts")).runShowHealthchecks,
  }),
  command("show vpp info", {
    help: "Show which VPP the daemon is connected to, and since when",
    flags: clientFlags,
    load: async () => (await import("./commands/show_vpp_info.ts")).runShowVppInfo,
  }),
  command("show vpp lb state", {
    help: "Show VPP's settings and VIPs, with their application servers",
    flags: clientFlags,
    load: async () => (await import("./commands/show_vpp_lb_state.ts")).runShowVppLbState,
  }),
  command("show vpp lb counters", {
    help: "Show the packets and bytes of each VIP, and those sent to each backend",
    flags: clientFlags,
    load: async () => (await import("./commands/show_vpp_lb_counters.ts")).runShowVppLbCounters,
  }),
  command("show vpp lb plan [<frontend>]", {
    help: "Show what a sync would do now, and why; the exit code is 3 if that is anything",
    flags: clientFlags,
    load: async () => (await import("./commands/show_vpp_lb_plan.ts")).runShowVppLbPlan,
  }),
  command("show version", {
    help: "Show the version, and that of the daemon if it can be reached",
    flags: clientFlags,
    load: async () => (await import("./commands/show_version.ts")).runShowVersion,
  }),
  command("sync vpp lb state [<frontend>] [dry-run]", {
    help: "Give VPP what it should have, for all frontends or for one",
    flags: clientFlags,
    load: async () => (await import("./commands/sync_vpp_lb_state.ts")).runSyncVppLbState,
  }),
  command("set backend <backend> pause|resume|disable|enable", {
    help: "Take a backend out of service, gently (pause) or at once (disable), or use it again",
    flags: clientFlags,
    load: async () => (await import("./commands/set_backend.ts")).runSetBackend,
  }),
  command("set frontend <frontend> pool <pool> backend <backend> weight <weight>", {
    help: "Set the weight of a backend in a pool, from 0 to 100",
    flags: clientFlags,
    load: async () => (await import("./commands/set_frontend.ts")).runSetFrontend,
  }),
  command("watch events [num <n>] [log [level <level>]] [backend] [frontend]", {
    help: "Print events as they happen, one JSON object a line: all, or those of the kinds named",
    flags: clientFlags,
    usesLibc: true,
    load: async () => (await import("./commands/watch_events.ts")).runWatchEvents,
  }),
  command("config check", {
    help: "Check the configuration file that the daemon has, as it is now",
    flags: clientFlags,
    load: async () => (await import("./commands/config_check.ts")).runConfigCheck,
  }),
  command("config reload", {
    help: "Make the daemon read its configuration file again",
    flags: clientFlags,
    load: async () => (await import("./commands/config_reload.ts")).runConfigReload,
  }),
  command("config schema", {
    help: "Print the JSON Schema of the configuration file",
    load: async () => (await import("./commands/config_schema.ts")).runConfigSchema,
  }),
  command("probe <backend>", {
    help: "Make a backend's health check now, or that of any address; needs no daemon",
    flags: probeFlags,
    usesLibc: true,
    load: async () => (await import("./commands/probe.ts")).runProbe,
  }),
  command("debug vpp", {
    help: "Ask VPP what it is and what its load balancer has; needs no daemon",
    flags: debugVppFlags,
    usesLibc: true,
    load: async () => (await import("./commands/debug_vpp.ts")).runDebugVpp,
  }),
  command("sim", {
    help: "Run a simulated VPP on two sockets, until interrupted",
    flags: simFlags,
    usesLibc: true,
    load: async () => (await import("./commands/sim.ts")).runSim,
  }),
  command("demo", {
    help: "Show a failover and a drain: a daemon, web servers and a simulated VPP in one process",
    flags: demoFlags,
    usesLibc: true,
    load: async () => (await import("./commands/demo.ts")).runDemo,
  }),
  command("completions bash|zsh|fish", {
    help: "Print a script that makes a shell complete commands of maglev",
    load: async () => (await import("./commands/completions.ts")).completionsOf(commands),
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

/** What the shell has besides: it ends itself after one of these. */
export const shellCommands: readonly Command[] = ["quit", "exit"].map((words) =>
  command(words, {
    help: "Leave the shell",
    load: () => Promise.resolve(() => exitCodes.ok),
  })
);
