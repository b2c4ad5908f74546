/**
 * `maglev daemon`
 *
 * @module
 */
import { type Config, formatFindings, loadConfig } from "../../config/mod.ts";
import { exitCodes, type Invocation } from "../command.ts";
import type { daemonFlags } from "../command_flags.ts";

/** The exit codes of a check that fails, which are also those of a start that fails for it. */
const checkCodes = { structure: 1, meaning: 2 } as const;

/** Checks the configuration file. */
export async function runDaemon({ flags, world }: Invocation<typeof daemonFlags>): Promise<number> {
  if (!flags.check) {
    world.complain("maglev: the daemon does not run yet; daemon --check checks its configuration");
    return exitCodes.refused;
  }
  const file = flags.config;
  const result = await loadConfig(file);
  const findings = result.ok ? result.warnings : result.findings;
  const options = world.isErrorTerminal ? { file, excerptOf: result.text } : { file };
  for (const line of formatFindings(findings, options)) world.complain(line);
  if (!result.ok) return checkCodes[result.stage];
  world.print(`config ok: ${counts(result.config, findings.shown.length + findings.more)}`);
  return exitCodes.ok;
}

function counts({ healthchecks, backends, frontends }: Config, warnings: number): string {
  const all: [number, string][] = [
    [healthchecks.size, "health check"],
    [backends.size, "backend"],
    [frontends.size, "frontend"],
    [warnings, "warning"],
  ];
  return all.map(([count, what]) => `${count} ${what}${count === 1 ? "" : "s"}`).join(", ");
}
