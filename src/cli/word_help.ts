/**
 * One line of help for each word and slot of the command table.
 *
 * @module
 */
import type { Token } from "./row.ts";

/**
 * By the word or slot; where it means something else after another fixed word, by both. The lines
 * have no full stop.
 */
export const wordHelp: Readonly<Record<string, string>> = {
  // At the start of a line.
  config: "The configuration file",
  completions: "Print what makes a shell complete commands of maglev",
  daemon: "Check backends and program VPP, until interrupted",
  debug: "Look at something without the daemon",
  demo: "Show a failover and a drain, with a simulated VPP",
  exit: "Leave the shell",
  help: "Show what there is, or what one command does",
  probe: "Make a health check now, without the daemon",
  quit: "Leave the shell",
  set: "Pause, resume, disable or enable a backend, or change a weight",
  shell: "Type commands, with completion and history",
  show: "Show how things are",
  sim: "Run a simulated VPP",
  sync: "Give VPP what it should have",
  version: "Show version, commit and build date",
  watch: "Follow what happens",

  // After another fixed word.
  "show backends": "Backends: addresses, states and probes; of one, why it has its weight",
  "show frontends": "Frontends: addresses, states and pools; of one, its backends with weights",
  "show healthchecks": "Health checks, and all fields of one",
  "show version": "The version, and that of the daemon if it can be reached",
  "show vpp": "VPP, and what its load balancer has",
  "debug vpp": "VPP itself, and what its load balancer has",
  "sync vpp": "VPP",
  "vpp info": "Its version, process and boot time, and since when it is connected",
  "vpp lb": "Its load balancer",
  "lb counters": "Packets and bytes, by VIP and by backend",
  "lb plan": "What a sync would do now, in order, with reasons",
  "lb state": "VIPs and their application servers",
  "set backend": "One backend, in all frontends",
  "backend pause": "Give it no new flows, and do not probe it; those that it has go on",
  "backend resume": "Probe it and use it again, after a pause",
  "backend disable": "Give it nothing any more, not even the flows that it has",
  "backend enable": "Probe it and use it again, after it was disabled",
  "set frontend": "One frontend",
  "frontend pool": "One of its pools",
  "pool backend": "One of the pool's backends",
  "backend weight": "Its weight in the pool",
  "watch events": "Events, as they happen",
  "events num": "End after some events",
  "events log": "Log records of the daemon",
  "log level": "Of which level and above; without it, info",
  "events backend": "Changes of backends",
  "events frontend": "Changes of frontends",
  "state dry-run": "Only say what would be done",
  "config check": "Check the file, as it is now",
  "config reload": "Make the daemon read the file again",
  "config schema": "Print the JSON Schema of the file",
  "completions bash": "For bash",
  "completions zsh": "For zsh",
  "completions fish": "For fish",

  "<backend>": "The name of a backend",
  "<command>": "Words of a command",
  "<frontend>": "The name of a frontend",
  "<healthcheck>": "The name of a health check",
  "<level>": "One of debug, info, warn and error",
  "<n>": "How many events",
  "<pool>": "The name of a pool of the frontend",
  "<weight>": "A number from 0 to 100",
  "probe <backend>": "The name of a backend in the configuration file, or an address",
};

/** The line of a word or slot; empty where it has none, which a test does not let happen. */
export function helpOf({ after, text }: Pick<Token, "after" | "text">): string {
  return wordHelp[`${after} ${text}`] ?? wordHelp[text] ?? "";
}
