/**
 * `maglev probe`
 *
 * @module
 */

import { formatFindings, loadConfig } from "../../config/mod.ts";
import { LibcError } from "../../os/mod.ts";
import { openProber, type PreparedProbe, type ProbeOutcome } from "../../probe/mod.ts";
import { exitCodes, type Invocation, type World } from "../command.ts";
import type { probeFlags } from "../command_flags.ts";
import { UsageError } from "../flags.ts";
import { formatData, outputForm } from "../output/output_form.ts";
import { probeLine, probeTitle, probeVerdict } from "../output/probe_text.ts";
import { findProbeSubject, type ProbeSubject } from "../probe_subject.ts";

/** More than this is a load test, which other programs do better. */
const mostProbes = 1_000_000;

/** Makes one health check now, or several, and says what came of it. */
export async function runProbe(
  { flags, slots, world }: Invocation<typeof probeFlags>,
): Promise<number> {
  const { config: file, healthcheck } = flags;
  const output = outputForm(flags.output);
  const count = Number(flags.count);
  if (!(Number.isInteger(count) && count >= 1 && count <= mostProbes)) {
    throw new UsageError(`--count takes a number from 1 to ${mostProbes}`);
  }
  const loaded = await loadConfig(file);
  if (!loaded.ok) {
    for (const line of formatFindings(loaded.findings, { file })) world.complain(line);
    return exitCodes.refused;
  }
  const [word = ""] = slots.get("backend") ?? [];
  const subject = findProbeSubject(loaded.config, word, healthcheck);
  if ("problem" in subject) {
    world.complain(`maglev: ${subject.problem}`);
    return exitCodes.refused;
  }
  const tell = output === "text" ? world.print : () => {};
  const outcomes = await probeTimes(subject, count, { world, tell });
  if (typeof outcomes === "string") {
    world.complain(`maglev: ${outcomes}`);
    return exitCodes.refused;
  }
  tell(probeVerdict(outcomes));
  if (output !== "text") formatData(output, report(subject, outcomes)).forEach(world.print);
  const haveAllPassed = outcomes.every((each) => each.kind === "result" && each.result.ok);
  return haveAllPassed ? exitCodes.ok : exitCodes.refused;
}

/** What came of all probes up to an interruption, or why none could be made. */
async function probeTimes(
  subject: ProbeSubject,
  count: number,
  { world, tell }: { readonly world: World; readonly tell: (line: string) => void },
): Promise<readonly ProbeOutcome[] | string> {
  const { address, check, netns } = subject;
  const { clock, randomBytes } = world;
  let prober;
  try {
    prober = openProber({ clock, randomBytes });
  } catch (error) {
    if (error instanceof LibcError) return error.message;
    throw error;
  }
  const spec = { address, probe: check.probe, timeoutMs: check.timeoutNs / 1e6, netns };
  const outcomes: ProbeOutcome[] = [];
  try {
    const obstacle = prober.obstacleTo(spec);
    if (obstacle !== undefined) return obstacle;
    tell(probeTitle(subject));
    const probe = prober.prepare(spec);
    const interruption = new AbortController();
    if (count > 1) world.untilInterrupted().then(() => interruption.abort());
    const { signal } = interruption;
    while (outcomes.length < count && !signal.aborted) {
      const dueMs = clock.monotonic() + check.fastIntervalNs / 1e6;
      const outcome = await probeOnce(probe, signal);
      if (outcome === undefined) break;
      outcomes.push(outcome);
      tell(probeLine(outcome));
      if (outcomes.length === count) break;
      await clock.sleep(Math.max(0, dueMs - clock.monotonic()), { signal }).catch(() => {});
    }
    return outcomes;
  } finally {
    await prober.close();
  }
}

/** One outcome, or none if it is not waited for any longer. */
function probeOnce(probe: PreparedProbe, signal: AbortSignal): Promise<ProbeOutcome | undefined> {
  return new Promise((resolve) => {
    const abandon = () => {
      run.cancel();
      resolve(undefined);
    };
    const run = probe.start((outcome) => {
      signal.removeEventListener("abort", abandon);
      resolve(outcome);
    });
    signal.addEventListener("abort", abandon, { once: true });
  });
}

function report({ backend, address, check, netns }: ProbeSubject, all: readonly ProbeOutcome[]) {
  return {
    backend,
    address: address.text,
    healthcheck: check.name,
    type: check.probe.type,
    netns,
    probes: all.map((each) => {
      if (each.kind === "void") return { ok: null, code: null, detail: each.reason };
      const { started, ...result } = each.result;
      return { ...result, started: new Date(started).toISOString() };
    }),
  };
}
