/**
 * What VPP's lb plugin does, as cases that a real VPP passes and the simulated one has to pass.
 *
 * A list of cases is for one VPP that has just started, and for their order. Each case has prefixes of its
 * own and looks at nothing else.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { PlainValue } from "../../log.ts";
import { decode, encode } from "../wire/codec.ts";
import { cliInband } from "../wire/core_messages.ts";
import { frameHeaderBytes } from "../wire/frame.ts";
import type { Dump, Message, Request } from "../wire/message.ts";

/** A case: a sentence that is true, and the steps that show it. */
export interface LbCase {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A request and a dump, whichever. */
type AnyRequest = Request<unknown, unknown>;
type AnyDump = Dump<unknown, unknown>;

/** Something to do with a VPP, and what has to come of it. */
export type Step =
  | {
    readonly kind: "call";
    readonly message: AnyRequest;
    readonly fields: unknown;
    /** What has to be in the reply, under VPP's names, addresses and prefixes as texts. */
    readonly reply: PlainFields;
  }
  | {
    readonly kind: "dump";
    readonly message: AnyDump;
    readonly fields: unknown;
    /** The prefix whose details are looked at. */
    readonly prefix: string;
    /** The details as {@link lineOf} writes them; the last number may be one of several: `25|26`. */
    readonly lines: readonly string[];
  }
  | {
    readonly kind: "text";
    /** The prefix whose VIPs are looked at in `show lb vips verbose`. */
    readonly prefix: string;
    /** The text, with `#` for all indices, which depend on what was there before. */
    readonly text: string;
  }
  | { readonly kind: "wait"; readonly seconds: number };

/** The fields of a message as the debug log has them. */
export type PlainFields = Readonly<Record<string, PlainValue>>;

/** The VPP that a case is run on. */
export interface CaseVpp {
  call(message: AnyRequest, fields: unknown): Promise<unknown>;
  dump(message: AnyDump, fields: unknown): Promise<readonly unknown[]>;
  /** Lets time pass. */
  wait(seconds: number): Promise<void>;
}

/** A request, and what has to be in its reply. */
export function call<T, R>(message: Request<T, R>, fields: T, reply: PlainFields): Step {
  // The kinds of message are not mixed up behind this: the fields stay with theirs.
  return { kind: "call", message: message as AnyRequest, fields, reply };
}

/** A command, and what it prints. */
export function command(cmd: string, reply: string, retval = 0): Step {
  return call(cliInband, { cmd }, { retval, reply });
}

/** A dump, and its details of one prefix. */
export function dump<T, D>(
  message: Dump<T, D>,
  fields: T,
  prefix: string,
  lines: readonly string[],
): Step {
  return { kind: "dump", message: message as AnyDump, fields, prefix, lines };
}

/** Runs a case, and throws where VPP does another thing than it should. */
export async function runCase(vpp: CaseVpp, { steps }: LbCase): Promise<void> {
  for (const step of steps) await runStep(vpp, step);
}

async function runStep(vpp: CaseVpp, step: Step): Promise<void> {
  switch (step.kind) {
    case "call": {
      const { message, fields } = step;
      const reply = plainOf(message.reply, await vpp.call(message, fields));
      const looked = Object.entries(reply).filter(([name]) => name in step.reply);
      const what = `${message.name} ${JSON.stringify(message.body.plain(fields))}`;
      return assert.deepEqual(Object.fromEntries(looked), step.reply, what);
    }
    case "dump": {
      const { message, fields, prefix } = step;
      const details = await vpp.dump(message, fields);
      const lines = details.map((each) => lineOf(plainOf(message.details, each)));
      const looked = lines.filter((line) => line.startsWith(`${prefix} `));
      const expected = step.lines.map((line, index) => {
        return isLike(looked[index] ?? "", line) ? looked[index] : line;
      });
      return assert.deepEqual(looked, expected, message.name);
    }
    case "text": {
      const fields = { cmd: "show lb vips verbose" };
      const { reply } = onWire(cliInband.reply, await vpp.call(cliInband as AnyRequest, fields));
      return assert.equal(textOf(reply, step.prefix), step.text);
    }
    case "wait":
      return await vpp.wait(step.seconds);
  }
}

/** The fields as a client has them: on the wire some numbers become words. */
function onWire<T>(message: Message<T>, fields: unknown): T {
  const bytes = encode(message, fields as T, { id: 0, clientIndex: 0, context: 0 });
  return decode(message, bytes.subarray(frameHeaderBytes));
}

function plainOf(message: Message<unknown>, fields: unknown): PlainFields {
  return message.body.plain(onWire(message, fields));
}

/**
 * Details as a line: prefix, protocol and port; of a VIP then the encapsulation and the length of its
 * table; of an AS its address, the flags, `never` or `once` for when it was deleted, and where they are
 * told weight and buckets.
 */
function lineOf({ vip, ...details }: PlainFields): string {
  const { encap, flow_table_length: length, app_srv: as, flags } = details;
  const key = Object.values(vip ?? {});
  if (as === undefined) return [...key, encap, length].join(" ");
  const { in_use_since: since, weight, num_buckets: buckets } = details;
  const numbers = weight === undefined ? [] : [weight, buckets];
  return [...key, as, flags, since === 0 ? "never" : "once", ...numbers].join(" ");
}

/** Whether the line is the pattern, or would be with one of the pattern's last numbers. */
function isLike(line: string, pattern: string): boolean {
  const start = pattern.lastIndexOf(" ") + 1;
  const choices = pattern.slice(start).split("|");
  return choices.some((choice) => line === pattern.slice(0, start) + choice);
}

/** What the text says about the VIPs of a prefix, without indices. */
function textOf(text: string, prefix: string): string {
  const ofPrefix = text.split(/(?<=\n\n)/).filter((vip) => vip.split(/\s/)[3] === prefix);
  return ofPrefix.join("").replaceAll(/\[\d+\]/g, "[#]").replaceAll(/dpo:\d+/g, "dpo:#");
}
