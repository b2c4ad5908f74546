/**
 * `maglev demo`
 *
 * @module
 */
import { ObstacleError } from "../../daemon/daemon.ts";
import { LibcError, OsError } from "../../os/mod.ts";
import { ListenError } from "../../transport/mod.ts";
import { exitCodes, type Invocation, type World } from "../command.ts";
import type { demoFlags } from "../command_flags.ts";
import { easyPace, fastPace } from "../demo/pace.ts";
import { openScreen, type Screen } from "../demo/screen.ts";
import { type Site, startSite } from "../demo/site.ts";
import { story } from "../demo/story.ts";
import { showOn, type Telling, tellStory } from "../demo/tell_story.ts";
import { commands } from "../grammar.ts";
import { colorStyle, plainStyle } from "../output/style.ts";
import { runArguments } from "../run.ts";

/** Shows a failover and a drain, of real servers by a real daemon, in a simulated VPP. */
export async function runDemo({ flags, world }: Invocation<typeof demoFlags>): Promise<number> {
  const { fast, color } = flags;
  const { clock, print, isOutputTerminal } = world;
  const pace = fast ? fastPace : easyPace;
  const style = color && isOutputTerminal ? colorStyle : plainStyle;
  const stop = new AbortController();
  const { signal } = stop;
  const end = () => stop.abort();
  const screen = openScreen({ print, isOutputTerminal, onGone: end });
  world.untilInterrupted(signal).then(end);
  try {
    const site = await startSite(world, pace);
    try {
      const run = (line: string) => runCommand(line, site, world);
      const telling: Telling = { site, screen, style, pace, clock, signal, run };
      const code = await show(telling, world);
      if (fast || code !== exitCodes.ok) return code;
      invite(site, screen);
      return await showOn(telling);
    } finally {
      await site.stop();
    }
  } catch (error) {
    if (signal.aborted && error === signal.reason) {
      screen.say("", "The demo has ended.");
      return exitCodes.ok;
    }
    if (!isRefusal(error)) throw error;
    world.complain(`maglev: the demo cannot be shown here: ${error.message}`);
    return exitCodes.refused;
  } finally {
    end();
  }
}

/** Tells the story, and returns the exit code. */
async function show(telling: Telling, { complain }: World): Promise<number> {
  const { screen, pace } = telling;
  screen.say(...introduction);
  const failure = await tellStory(story, telling);
  // The last table stays.
  screen.say();
  if (failure === undefined) return exitCodes.ok;
  const announced = failure.step.text.join(" ");
  complain(`maglev: this has not come true within ${pace.patienceMs / 1_000} s: ${announced}`);
  return exitCodes.refused;
}

const introduction: readonly string[] = [
  "Four web servers, the daemon that probes them, and a simulated VPP that it",
  "drives, all in this process. Servers, probes and API are real; clients are not.",
  "States are the daemon's. Weights, shares of new flows, flows and packets are",
  "read back from VPP, which counts a flow that is over until it needs its place.",
];

/** Says what to do now. */
function invite({ apiAddress, metricsAddress, file }: Site, screen: Screen): void {
  screen.say(
    "",
    "That was the story. It goes on until Ctrl-C; try in another terminal:",
    "",
    `   maglev show backends --server ${apiAddress}`,
    `   maglev set backend app1 resume --server ${apiAddress}`,
    `   maglev shell --server ${apiAddress}`,
    `   curl http://${metricsAddress}/metrics`,
    "",
    `The daemon's configuration is ${file}`,
    "",
  );
}

/** Runs a command as another terminal would, and returns what it prints. */
async function runCommand(line: string, { apiAddress }: Site, world: World): Promise<string[]> {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line) > 0;
  const args = [...line.split(" "), "--server", apiAddress];
  // The environment may be that of a user of another daemon.
  await runArguments(args, { commands, world: { ...world, print, env: () => undefined } });
  return lines;
}

/** Whether the system refused something. */
function isRefusal(error: unknown): error is Error {
  const { AddrInUse, AddrNotAvailable, NotFound, PermissionDenied } = Deno.errors;
  return [
    ...[AddrInUse, AddrNotAvailable, NotFound, PermissionDenied, RangeError],
    ...[ObstacleError, LibcError, ListenError, OsError],
  ].some((kind) => error instanceof kind);
}
