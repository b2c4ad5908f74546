/**
 * The commands of the simulated VPP's lb plugin.
 *
 * @module
 */

import { runAs } from "./as_command.ts";
import type { CommandLine } from "./command_line.ts";
import { number, type Option, takeOptions } from "./command_option.ts";
import type { Command, CommandResult } from "./command_tree.ts";
import { done, keyOf, keyOptions, noPort, onVip, resultOf } from "./lb_command_words.ts";
import { collectGarbage } from "./lb_garbage.ts";
import type { LbPlugin, LbSettings } from "./lb_plugin.ts";
import { configureLb } from "./lb_settings.ts";
import { lbText, verboseVipsText, type VipCounts, vipsText } from "./lb_text.ts";
import { runVip } from "./vip_command.ts";

/** The commands. */
export function lbCommands(lb: LbPlugin, counts: VipCounts): readonly Command[] {
  return [
    { path: "lb conf", run: onLine((line) => runConf(lb, line)) },
    { path: "lb vip", run: onLine((line) => runVip(lb, line)) },
    { path: "lb as", run: onLine((line) => runAs(lb, line)) },
    { path: "lb flush vip", run: onLine((line) => runFlush(lb, line)) },
    { path: "show lb", run: () => ({ output: lbText(lb) }) },
    { path: "show lb vips", run: (line) => runShowVips(lb, line, counts) },
  ];
}

/** A command that takes the rest of its line, and does nothing without one. */
function onLine(run: (line: CommandLine) => CommandResult): Command["run"] {
  return (rest) => {
    rest.skipBlanks();
    const line = rest.takeLine();
    return line.isEmpty ? done : run(line);
  };
}

const confOptions: readonly Option<LbSettings>[] = [
  (line) => {
    const ip4SrcAddress = line.takeAddress("ip4-src-address", [4]);
    return ip4SrcAddress && { ip4SrcAddress };
  },
  (line) => {
    const ip6SrcAddress = line.takeAddress("ip6-src-address", [6]);
    return ip6SrcAddress && { ip6SrcAddress };
  },
  number("buckets", (stickyBucketsPerCore) => ({ stickyBucketsPerCore })),
  number("timeout", (flowTimeout) => ({ flowTimeout })),
];

function runConf(lb: LbPlugin, line: CommandLine): CommandResult {
  const taken = takeOptions(line, lb.settings, confOptions);
  if ("error" in taken) return taken;
  collectGarbage(lb);
  return resultOf("lb_conf", configureLb(lb, taken.values));
}

function runFlush(lb: LbPlugin, line: CommandLine): CommandResult {
  const prefix = line.takePrefix();
  if (prefix === undefined) return { error: `invalid vip prefix: '${line.quoted}'` };
  const taken = takeOptions(line, noPort, keyOptions);
  if ("error" in taken) return taken;
  return onVip(lb, keyOf(prefix, taken.values), (vip) => {
    lb.flows.flush(vip.index);
    return { output: `lb_flush_vip ok ${vip.index}\n` };
  });
}

function runShowVips(lb: LbPlugin, rest: CommandLine, counts: VipCounts): CommandResult {
  rest.skipBlanks();
  const line = rest.takeLine();
  // Quirk: releases up to 26.06 print nothing unless there is another word, whichever it is.
  if (lb.profile === "classic" && line.isEmpty) return done;
  return { output: line.take("verbose") ? verboseVipsText(lb, counts) : vipsText(lb) };
}
