/**
 * Recorded sessions with a real VPP, in which the simulated one has to say the same, byte for byte.
 *
 * @module
 */

import assert from "node:assert/strict";
import { decode, encode, messageId } from "../wire/codec.ts";
import { cliInband } from "../wire/core_messages.ts";
import { frameHeaderBytes } from "../wire/frame.ts";
import { lbAsV2Dump, lbVipDump } from "../wire/lb_messages.ts";
import type { ValueOf } from "../wire/wire_type.ts";
import { fixture, type Recorded, recording } from "../wire/recording_fixture.ts";
import { type Answer, answerRequest } from "./answer.ts";
import { runCommands } from "./command_tree.ts";
import { createFib } from "./fib.ts";
import { toIp46 } from "./ip46.ts";
import { lbAnswers } from "./lb_answers.ts";
import { lbCommands } from "./lb_command.ts";
import { lbDumps } from "./lb_dumps.ts";
import { createLbPlugin, type LbPlugin } from "./lb_plugin.ts";
import { routeAnswers } from "./route_answers.ts";
import { addressOf, testedVpp, vipOf } from "./testing.ts";
import { createVppStats, type VppStats } from "./vpp_stats.ts";

Deno.test("the commands recorded with 26.06 lead to the recorded texts", () => {
  const { cli } = testedVpp("classic");
  for (const command of fixture("26.06/commands.txt").trim().split("\n")) cli(command);
  assert.equal(cli("show lb vips verbose"), fixture("26.06/show-lb-vips-verbose.txt"));
  assert.equal(cli("show lb"), fixture("26.06/show-lb.txt"));
  for (const exchange of fixture("26.06/errors.txt").split(/^> /m).slice(1)) {
    const end = exchange.indexOf("\n") + 1;
    assert.equal(cli(exchange.slice(0, end)), exchange.slice(end), exchange);
  }
});

/** Whether it answers the message of a context; the ping behind a dump has that as well. */
function isAnswer({ isToVpp, message, context }: Recorded, asked: number): boolean {
  return !isToVpp && context === asked && message.name !== "control_ping_reply";
}

interface Assembled {
  readonly lb: LbPlugin;
  readonly stats: VppStats;
  readonly answers: readonly Answer[];
  run(command: string): string;
  /** Takes up indices of routes until the next one is this. */
  skipToRoute(index: number): void;
}

/** The parts of a VPP 96 seconds after its start, without what moves by itself. */
function assembled(): Assembled {
  const stats = createVppStats({ memory: new Uint8Array(1 << 20), bootTime: 0 });
  let routes = 0;
  const fib = createFib((index) => {
    routes = index;
    stats.onRouteCreate(index);
  });
  const onVipCreate = (index: number) => stats.onVipCreate(index);
  const lb = createLbPlugin({ profile: "weighted", fib, seconds: () => 96, onVipCreate });
  const commands = lbCommands(lb, stats);
  return {
    lb,
    stats,
    answers: [
      answerRequest(cliInband, ({ cmd }) => runCommands(commands, cmd)),
      ...lbAnswers(lb),
      ...lbDumps(lb),
      ...routeAnswers(fib),
    ],
    run: (command) => runCommands(commands, command).reply,
    skipToRoute(index) {
      while (routes < index - 1) {
        const address = toIp46(addressOf(`192.0.2.${routes}`));
        fib.track({ family: 4, address, length: 32 });
      }
    },
  };
}

/** Makes flows, as traffic would have done, from the first entry on that is not taken. */
function addFlows({ lb }: Assembled, flows: Readonly<Record<number, number>>, vip: number): void {
  const table = lb.flows.table ?? lb.flows.replaceTable(65536);
  for (const [as, count] of Object.entries(flows)) {
    for (let left = count; left > 0; left--) {
      const entry = table.expiries.indexOf(0);
      const flow = { hash: entry, vip, as: Number(as), expiry: 999, lastSecond: 0, source: 0 };
      lb.flows.store(entry, flow);
    }
  }
}

Deno.test("the recorded session with a weighted VPP goes the same way, frame by frame", () => {
  const parts = assembled();
  const { run, answers } = parts;
  run("lb vip 198.51.100.1/32 protocol tcp port 80 encap gre4");
  run("lb as 198.51.100.1/32 protocol tcp port 80 10.0.0.2 10.0.0.1");
  run("lb vip 2001:db8:1::1/128 protocol tcp port 443 encap gre6");
  parts.skipToRoute(20);
  run("lb vip 198.51.100.2/32 protocol udp port 53 encap gre4");
  run("lb as 198.51.100.2/32 protocol udp port 53 10.0.0.2 10.0.0.1");
  addFlows(parts, { 3: 2521, 4: 2479 }, 3);
  parts.stats.countVip(3, "first session packet", 5000);

  const byName = new Map(answers.map((answer) => [answer.message.name, answer]));
  let replayed = 0;
  for (const { message, bytes, context, isToVpp } of recording) {
    const answer = byName.get(message.name);
    if (!isToVpp || answer === undefined) continue;
    const expected = recording.filter((each) => isAnswer(each, context));
    const answered = answer.reply(decode(message, bytes));
    const replies: readonly unknown[] = Array.isArray(answered) ? answered : [answered];
    assert.equal(replies.length, expected.length, `${message.name} ${context}`);
    for (const [index, { message, bytes }] of expected.entries()) {
      const header = { id: messageId(bytes), clientIndex: 0, context };
      const actual = encode(message, replies[index], header).subarray(frameHeaderBytes);
      assert.equal(actual.toHex(), bytes.toHex(), `${message.name} ${context} ${index}`);
    }
    replayed++;
  }
  assert.equal(replayed, 37);
});

Deno.test("the recorded state of a weighted VPP is printed and dumped as recorded", () => {
  const parts = assembled();
  const { run, stats } = parts;
  const tcp = (port: number) => `protocol tcp port ${port}`;
  const dns = "protocol udp port 53";
  run(`lb vip 198.51.100.1/32 ${tcp(80)} encap gre4`);
  run(`lb as 198.51.100.1/32 ${tcp(80)} 10.0.0.2 10.0.0.1`);
  run(`lb vip 2001:db8:1::1/128 ${tcp(443)} encap gre6`);
  run(`lb vip 198.51.100.2/32 ${dns} encap gre4`);
  run(`lb as 198.51.100.2/32 ${dns} 10.0.0.2 10.0.0.1`);
  run("lb vip 2001:db8:7::1/128 protocol udp port 443 encap gre4");
  run(`lb vip 2001:db8:7::1/128 ${tcp(443)} encap gre4 new_len 4096 src_ip_sticky`);
  run(`lb as 2001:db8:7::1/128 ${tcp(443)} 10.0.0.1`);
  run(`lb as 2001:db8:7::1/128 ${tcp(443)} 10.0.0.2 weight 0`);
  run("lb vip 198.51.100.20/32 encap gre6 new_len 65536");
  parts.skipToRoute(21);
  run("lb as 198.51.100.20/32 2001:db8:9::1");
  parts.skipToRoute(25);
  run("lb as 198.51.100.20/32 2001:db8:9::2 weight 30");
  run(`lb as 2001:db8:7::1/128 ${tcp(443)} 10.0.0.3`);
  run(`lb as 2001:db8:7::1/128 ${tcp(443)} 10.0.0.3 del`);
  run(`lb vip 198.51.100.3/32 ${dns} encap gre4`);
  run(`lb vip 198.51.100.21/32 ${dns} encap gre4`);
  run(`lb as 198.51.100.21/32 ${dns} 10.0.0.1 weight 1`);
  run(`lb vip 198.51.100.21/32 ${dns} del`);
  run(`lb vip 198.51.100.21/32 ${dns} encap gre4`);
  addFlows(parts, { 3: 2747, 4: 2708 }, 3);
  stats.countVip(3, "packet from existing sessions", 1500);
  stats.countVip(3, "first session packet", 5500);
  stats.countVip(7, "no server configured", 300);
  assert.equal(run("show lb vips verbose"), fixture("show-lb-vips-verbose.txt"));

  const anything = { ...vipOf("0.0.0.0/0"), pfxMatcher: { le: 0, ge: 0 } };
  const lines = parts.answers.filter(({ message }) => {
    return message === lbVipDump || message === lbAsV2Dump;
  }).flatMap(({ reply }) => {
    const details = reply(anything);
    assert(Array.isArray(details));
    return details.map(lineOf);
  });
  assert.equal(lines.join("\n"), fixture("show-lb-vips-verbose.dumps.txt").trim());
});

/** Details as the recording has them. */
function lineOf(
  details: ValueOf<typeof lbVipDump.details.body> | ValueOf<typeof lbAsV2Dump.details.body>,
): string {
  const { pfx, protocol, port } = details.vip;
  const fields = "appSrv" in details
    ? [details.appSrv.text, details.flags, details.weight, details.numBuckets]
    : [details.encap, details.flowTableLength];
  return [`${pfx.address.text}/${pfx.length}`, protocol, port, ...fields].join(" ");
}
