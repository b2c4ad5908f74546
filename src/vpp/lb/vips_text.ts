/**
 * Reads the text of `show lb vips verbose`, of releases with weights and of those without.
 *
 * It is made for people, so this is on its guard. A VIP is taken only if all of it is there; a flag
 * or a value that is not understood makes the whole text a problem, since it may change what the
 * rest means. Attributes and counters under other names than those known, and lines indented below
 * what they belong to, are what newer releases have to add, and left out.
 *
 * @module
 */

import type { Address, Family } from "../../config/address.ts";
import { Nonsense, readAddress, readFields, readNumber, setOnce } from "./text_words.ts";
import type { TextCounters, VipKey } from "./vip.ts";

/**
 * A VIP as the text shows it. One that was removed lingers beside the one that may have been
 * created under the same key since.
 */
export interface TextVip extends VipKey {
  /** Its index in VPP's pool, and so in its counters. Given away again once the VIP is gone. */
  readonly poolIndex: number;
  readonly encap: "gre4" | "gre6" | "l3dsr" | "nat4" | "nat6";
  /** Its flows are told apart by source address alone. */
  readonly srcIpSticky: boolean;
  readonly isRemoved: boolean;
  /** The buckets of its new-flow table. */
  readonly tableLength: number;
  readonly counters: TextCounters;
  /** Its ASes, those that linger among them. */
  readonly ases: readonly TextAs[];
}

/** An AS of a VIP as the text shows it. */
export interface TextAs {
  readonly address: Address;
  /** Null in releases up to 26.06, which know no weights. */
  readonly weight: number | null;
  /** The buckets of the new-flow table that lead to it. */
  readonly buckets: number;
  /** Live entries of the flow table that lead to it: how far a drain has come. */
  readonly flows: number;
  /** The index of the packets and bytes sent to it, in `/net/route/via`. */
  readonly statsIndex: number;
  /** It was deleted, and VPP has not forgotten it yet. */
  readonly isRemoved: boolean;
}

/** What the text says, or the first line in it that makes no sense. */
export type VipsText =
  | { readonly ok: true; readonly vips: readonly TextVip[] }
  | { readonly ok: false; readonly problem: VipsTextProblem };

/** Why a text makes no sense. */
export interface VipsTextProblem {
  /** Counted from 1. */
  readonly line: number;
  /** The line, cut short where it is too long. */
  readonly text: string;
  /** What is wrong with it. */
  readonly message: string;
}

/** Twice as long as any line is. */
const longestLine = 240;

/** A type of VIP: its own family, the encapsulation, and the ASes' family. */
interface VipType {
  readonly family: Family;
  readonly encap: TextVip["encap"];
  readonly asFamily: Family;
}

const types: ReadonlyMap<string, VipType> = new Map([
  ["ip6-gre6", { family: 6, encap: "gre6", asFamily: 6 }],
  ["ip6-gre4", { family: 6, encap: "gre4", asFamily: 4 }],
  ["ip4-gre6", { family: 4, encap: "gre6", asFamily: 6 }],
  ["ip4-gre4", { family: 4, encap: "gre4", asFamily: 4 }],
  ["ip4-l3dsr", { family: 4, encap: "l3dsr", asFamily: 4 }],
  ["ip4-nat4", { family: 4, encap: "nat4", asFamily: 4 }],
  ["ip6-nat6", { family: 6, encap: "nat6", asFamily: 6 }],
]);

const protocols = new Map<number, VipKey["protocol"]>([[6, "tcp"], [17, "udp"], [255, "any"]]);

/** The attributes that are taken, by the first one in their line, and the most they can be. */
const attributes: ReadonlyMap<string, Readonly<Record<string, number>>> = new Map([
  ["new_size", { new_size: 2 ** 32 - 1 }],
  ["protocol", { protocol: 255, port: 65535 }],
  ["#as", { "#as": 2 ** 32 - 1 }],
]);

/** What the first line of a VIP tells. */
type Header = Pick<TextVip, "poolIndex" | "prefix" | "encap" | "srcIpSticky" | "isRemoved">;

/** A VIP of which more lines may follow. */
interface Draft {
  /** The line that it began with. */
  readonly line: number;
  readonly header: Header;
  readonly asFamily: Family;
  readonly attributes: Map<string, number>;
  readonly counters: Map<string, number>;
  readonly ases: TextAs[];
  /** The attribute that the lines indented below it belong to. */
  section: string;
}

/** Reads what `show lb vips verbose` printed. Never throws, and takes time in proportion. */
export function parseVipsText(text: string): VipsText {
  // The blank line at the end ends the last VIP, too, where VPP's text was cut off before its own.
  const lines = `${text}\n`.split(/\r?\n/);
  const vips = new Map<number, TextVip>();
  let number = 0;
  try {
    let draft: Draft | undefined;
    for (const line of lines) {
      number++;
      const next = readLine(line, draft, number);
      if (draft !== undefined && next !== draft) addVip(vips, finish(draft), draft.line);
      draft = next;
    }
  } catch (error) {
    if (!(error instanceof Nonsense)) throw error;
    const line = error.line ?? number;
    const problem = { line, text: cut(lines[line - 1] ?? ""), message: error.message };
    return { ok: false, problem };
  }
  return { ok: true, vips: [...vips.values()] };
}

/** The VIP to which the line belongs, which may be a new one. */
function readLine(line: string, draft: Draft | undefined, number: number): Draft | undefined {
  if (line.length > longestLine) throw new Nonsense("the line is too long");
  const content = line.trim();
  if (content === "") return undefined;
  const indent = line.length - line.trimStart().length;
  if (indent === 1) return readHeader(content, number);
  if (draft === undefined) throw new Nonsense("no VIP begins like this");
  if (indent === 0 || indent === 3) throw new Nonsense("no line of a VIP begins like this");
  if (indent === 2) readAttributes(content, draft);
  if (indent === 4 && draft.section === "counters") readCounter(content, draft);
  if (indent === 4 && draft.section === "#as") draft.ases.push(readAs(content, draft.asFamily));
  return draft;
}

/** `ip6-gre4 [5] 2001:db8:7::1/128 src_ip_sticky removed` */
function readHeader(content: string, line: number): Draft {
  const [typeName = "", place = "", prefix = "", ...flags] = content.split(" ");
  const type = types.get(typeName);
  if (type === undefined) throw new Nonsense(`"${typeName}" is no type of VIP`);
  if (!/^\[\d+\]$/.test(place)) throw new Nonsense(`"${place}" is no pool index in brackets`);
  const slash = prefix.lastIndexOf("/");
  const address = readAddress(prefix.slice(0, Math.max(slash, 0)), type.family);
  const length = readNumber("the length", prefix.slice(slash + 1), type.family === 4 ? 32 : 128);
  const srcIpSticky = flags[0] === "src_ip_sticky";
  const isRemoved = flags[srcIpSticky ? 1 : 0] === "removed";
  const unknown = flags[Number(srcIpSticky) + Number(isRemoved)];
  if (unknown !== undefined) throw new Nonsense(`"${unknown}" is no flag of a VIP`);
  const poolIndex = readNumber("the pool index", place.slice(1, -1), 2 ** 32 - 1);
  return {
    line,
    header: { poolIndex, prefix: { address, length }, encap: type.encap, srcIpSticky, isRemoved },
    asFamily: type.asFamily,
    attributes: new Map(),
    counters: new Map(),
    ases: [],
    section: "",
  };
}

/**
 * `protocol:6 port:80`. Quirk: the line of a NAT VIP has no end of its own, so that `counters:`
 * comes in the same one, and the port in it is in the wrong byte order.
 */
function readAttributes(content: string, draft: Draft): void {
  const fields = readFields(content.split(/ +/));
  const [first = ""] = fields.keys();
  draft.section = fields.has("counters") ? "counters" : first;
  for (const [name, limit] of Object.entries(attributes.get(first) ?? {})) {
    setOnce(draft.attributes, name, readNumber(name, fields.get(name), limit));
  }
}

/** `first session packet: 5500` */
function readCounter(content: string, { counters }: Draft): void {
  const [, name = "", count] = /^([^:]+): (\d+)$/.exec(content) ?? [];
  if (count === undefined) throw new Nonsense("no counter and its value");
  setOnce(counters, name, readNumber(name, count, 2 ** 64));
}

/**
 * `10.0.0.1 weight:100 buckets:512 flows:2747 dpo:9 used`, and in releases up to 26.06
 * `10.0.0.1 512 buckets   2747 flows  dpo:9 used`.
 */
function readAs(content: string, family: Family): TextAs {
  const words = content.replace(/ (\d+) (buckets|flows) /g, " $2:$1 ").split(/ +/);
  const [address = "", ...rest] = words;
  const state = rest.pop() ?? "";
  if (state !== "used" && state !== "removed") {
    throw new Nonsense(`"${state}" is neither used nor removed`);
  }
  const fields = readFields(rest);
  const read = (name: string, limit: number) => readNumber(name, fields.get(name), limit);
  return {
    address: readAddress(address, family),
    weight: fields.has("weight") ? read("weight", 255) : null,
    buckets: read("buckets", 2 ** 32 - 1),
    flows: read("flows", 2 ** 64),
    statsIndex: read("dpo", 2 ** 32 - 1),
    isRemoved: state === "removed",
  };
}

function finish({ line, header, attributes, counters, ases }: Draft): TextVip {
  const needed = (from: ReadonlyMap<string, number>, name: string) => {
    const value = from.get(name);
    if (value === undefined) throw new Nonsense(`this VIP comes without "${name}"`, line);
    return value;
  };
  const asCount = needed(attributes, "#as");
  if (ases.length !== asCount) {
    throw new Nonsense(`this VIP comes with ${ases.length} of its ${asCount} ASes`, line);
  }
  // VPP leaves the line out for a VIP of all ports.
  const protocol = attributes.get("protocol") ?? 255;
  return {
    ...header,
    protocol: protocols.get(protocol) ?? protocol,
    port: attributes.get("port") ?? 0,
    tableLength: needed(attributes, "new_size"),
    counters: {
      existing: needed(counters, "packet from existing sessions"),
      first: needed(counters, "first session packet"),
      untracked: needed(counters, "untracked packet"),
      noServer: needed(counters, "no server configured"),
    },
    ases,
  };
}

function addVip(vips: Map<number, TextVip>, vip: TextVip, line: number): void {
  if (vips.has(vip.poolIndex)) {
    throw new Nonsense(`another VIP has the index ${vip.poolIndex} too`, line);
  }
  vips.set(vip.poolIndex, vip);
}

function cut(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
