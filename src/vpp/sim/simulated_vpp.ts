/**
 * A VPP that is not VPP: it answers messages as VPP's lb plugin would, carries simulated traffic, and
 * counts it in a stats segment. It has no sockets; a server in front of it has those.
 *
 * @module
 */

import { cliInband } from "../wire/core_messages.ts";
import type { AnyMessage, Dump, Request } from "../wire/message.ts";
import { answerRequest } from "./answer.ts";
import { runCommands } from "./command_tree.ts";
import { createFib } from "./fib.ts";
import { lbAnswers } from "./lb_answers.ts";
import { lbCommands } from "./lb_command.ts";
import { lbDumps } from "./lb_dumps.ts";
import { collectGarbage, garbageSeconds } from "./lb_garbage.ts";
import { type VipFields, vipKeyOf } from "./lb_key.ts";
import { createLbPlugin, type Profile } from "./lb_plugin.ts";
import { routeAnswers } from "./route_answers.ts";
import { createTraffic } from "./traffic.ts";
import type { Offer } from "./traffic_source.ts";
import { versionAnswer, versionCommand } from "./version.ts";
import { createVppStats } from "./vpp_stats.ts";

/** What a simulated VPP is made of. */
export interface SimulatedVppOptions {
  /** Which generation of VPP it behaves like. */
  readonly profile: Profile;
  /** Seconds since it started. Never goes back. */
  readonly now: () => number;
  /** Gives numbers from 0, inclusive, to 1, exclusive. */
  readonly random: () => number;
  /** Memory for the stats segment: all zeros, and a whole number of 64-bit words. */
  readonly stats: Uint8Array<ArrayBuffer>;
  /** When it started, in seconds since the epoch. */
  readonly bootTime: number;
}

/** A simulated VPP. */
export interface SimulatedVpp {
  /** The messages that it answers, for its message table; those of the session are the server's. */
  readonly messages: readonly AnyMessage[];
  /**
   * Answers a request.
   *
   * @throws {VppCrash} VPP would not have survived this.
   * @throws {RangeError} The simulation cannot do what VPP would have done.
   * @throws {TypeError} It does not have the message.
   */
  call<T, R>(message: Request<T, R>, fields: NoInfer<T>): R;
  /** Answers a dump with all its details. */
  dump<T, D>(message: Dump<T, D>, fields: NoInfer<T>): readonly D[];
  /** Sets what clients offer to a VIP, whether it is there or not; null ends it. */
  offerTraffic(vip: VipFields, offer: Offer | null): void;
  /**
   * Does what the time that has passed is due: traffic, the collection of garbage, the heartbeat. Messages
   * do this first; between them call it once a second or so, or the counters stand still.
   */
  catchUp(): void;
}

/** Starts a simulated VPP. */
export function createSimulatedVpp(options: SimulatedVppOptions): SimulatedVpp {
  const { profile, random } = options;
  const stats = createVppStats({ memory: options.stats, bootTime: options.bootTime });
  const fib = createFib((index) => stats.onRouteCreate(index));
  // Within a second that is being caught up with, that one is the present.
  let second = 0;
  const onVipCreate = (index: number) => stats.onVipCreate(index);
  const lb = createLbPlugin({ profile, fib, seconds: () => second, onVipCreate });
  const traffic = createTraffic({ lb, stats, random });
  const commands = [
    ...lbCommands(lb, stats),
    versionCommand(profile),
    {
      path: "clear interfaces",
      run: () => {
        stats.clearInterfaces();
        return { output: "" };
      },
    },
  ];
  const answers = new Map(
    [
      answerRequest(cliInband, ({ cmd }) => runCommands(commands, cmd)),
      versionAnswer(profile),
      ...routeAnswers(fib),
      ...lbAnswers(lb),
      ...lbDumps(lb),
    ].map((answer) => [answer.message.name, answer]),
  );

  const catchUp = () => {
    while (second + 1 <= options.now()) {
      second++;
      traffic.onSecond(second);
      stats.onSecond(second);
      // Releases up to 26.06 have no timer for this.
      if (profile === "weighted" && second % garbageSeconds === 0) collectGarbage(lb);
    }
  };
  const reply = ({ name }: AnyMessage, fields: unknown): unknown => {
    const answer = answers.get(name);
    if (answer === undefined) throw new TypeError(`the simulated VPP has no ${name}`);
    catchUp();
    return answer.reply(fields);
  };
  return {
    messages: Array.from(answers.values(), ({ message }) => message),
    call: <T, R>(message: Request<T, R>, fields: NoInfer<T>) => reply(message, fields) as R,
    dump: <T, D>(message: Dump<T, D>, fields: NoInfer<T>) => reply(message, fields) as D[],
    offerTraffic(vip, offer) {
      catchUp();
      traffic.offer(vipKeyOf("weighted", vip), offer);
    },
    catchUp,
  };
}
