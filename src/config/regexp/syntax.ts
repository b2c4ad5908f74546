/**
 * Reads Go's syntax of regular expressions (RE2's) into a tree. What Go accepts is accepted and means
 * the same; what Go refuses is refused.
 *
 * @module
 */
import type { Parsed } from "../parsed.ts";
import { type Cursor, refuse, Refused, take } from "./cursor.ts";
import { literal, parseSet } from "./set_syntax.ts";
import { conditions, type Node } from "./tree.ts";

/** The most that a count may be, and the product of counts that stand in each other. */
const countAtMost = 1_000;
const tooOften = `a part is repeated more than ${countAtMost} times, by`;

/** Reads a whole expression; the problem is the reason why Go refuses it. */
export function parseSyntax(source: string): Parsed<Node> {
  const cursor: Cursor = { source, at: 0, flags: "" };
  try {
    if (!source.isWellFormed()) refuse("it holds half a character");
    const value = parseChoice(cursor);
    if (cursor.at < source.length) refuse("a ) closes no group");
    return { value };
  } catch (error) {
    if (error instanceof Refused) return { problem: error.message };
    throw error;
  }
}

function parseChoice(cursor: Cursor): Node {
  const choices = [parseSequence(cursor)];
  while (take(cursor, /\|/y) !== null) choices.push(parseSequence(cursor));
  return { kind: "choice", choices };
}

function parseSequence(cursor: Cursor): Node {
  const items: Node[] = [];
  let lastOperator = "";
  while (cursor.at < cursor.source.length && take(cursor, /(?=[|)])/y) === null) {
    const operator = take(cursor, /(?:[*+?]|\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\})\??/y);
    if (operator === null) items.push(...parseItems(cursor));
    else items.push(repeat(items.pop(), operator, lastOperator));
    lastOperator = operator?.[0] ?? "";
  }
  return { kind: "sequence", items };
}

/** An item, repeated as an operator says: *, +, ?, or counts, of which the second may be open. */
function repeat(item: Node | undefined, operator: RegExpExecArray, lastOperator: string): Node {
  const [text, first, comma, second] = operator;
  const min = first === undefined ? Number(text.startsWith("+")) : Number(first);
  const isOpen = comma === undefined ? /^[*+]/.test(text) : second === undefined;
  const max = isOpen ? Infinity : Number(second ?? first ?? 1);
  if (min > countAtMost || (!isOpen && max > countAtMost)) refuse(tooOften, text);
  if (min > max) refuse("a count ends before it begins:", text);
  if (lastOperator !== "") refuse("a repetition is repeated:", lastOperator + text);
  if (item === undefined) refuse("there is nothing to repeat before", text);
  const node: Node = { kind: "repetition", item, min, max };
  return fits(node, countAtMost) ? node : refuse(tooOften, text);
}

/** Whether no part of a node stands there more often than the number given, counted as Go does. */
function fits(node: Node, times: number): boolean {
  switch (node.kind) {
    case "choice":
      return node.choices.every((choice) => fits(choice, times));
    case "sequence":
      return node.items.every((item) => fits(item, times));
    case "repetition": {
      if (node.max === 0) return true;
      const count = Math.max(1, node.max === Infinity ? node.min : node.max);
      return count <= times && fits(node.item, Math.floor(times / count));
    }
    default:
      return true;
  }
}

const marks: ReadonlyMap<string, number> = new Map([
  ["^", conditions.textBegin],
  ["\\A", conditions.textBegin],
  ["$", conditions.textEnd],
  ["\\z", conditions.textEnd],
  ["\\b", conditions.wordBoundary],
  ["\\B", conditions.noWordBoundary],
]);

/** What `(?m)` makes of some of them. */
const lineMarks: ReadonlyMap<string, number> = new Map([
  ["^", conditions.lineBegin],
  ["$", conditions.lineEnd],
]);

/** What stands next, operators aside: no item for a change of flags, several for quoted text. */
function parseItems(cursor: Cursor): readonly Node[] {
  if (cursor.source[cursor.at] === "(") return parseGroup(cursor);
  const quoted = take(cursor, /\\Q(.*?)(?:\\E|$)/ys)?.[1];
  if (quoted !== undefined) {
    return [...quoted].map((character) => ({
      kind: "character",
      set: literal(cursor, character.codePointAt(0) ?? 0),
    }));
  }
  const mark = take(cursor, /[$^]|\\[AzbB]/y)?.[0] ?? "";
  const isLine = cursor.flags.includes("m");
  const condition = (isLine ? lineMarks.get(mark) : undefined) ?? marks.get(mark);
  if (condition !== undefined) return [{ kind: "condition", condition }];
  return [{ kind: "character", set: parseSet(cursor) }];
}

/** A group, or flags, which hold up to the end of the group that they stand in. */
function parseGroup(cursor: Cursor): readonly Node[] {
  const outer = cursor.flags;
  const [, on, off = "", end] = take(cursor, /\(\?([imsU]*)(?:-([imsU]+))?([:)])/y) ?? [];
  if (on !== undefined) {
    cursor.flags = [...outer + on].filter((flag) => !off.includes(flag)).join("");
    if (end === ")") return [];
  } else if (take(cursor, /\((?!\?)|\(\?P?<\w+>/y) === null) {
    refuseGroup(cursor);
  }
  const group = parseChoice(cursor);
  if (take(cursor, /\)/y) === null) refuse("a group is not closed");
  cursor.flags = outer;
  return [group];
}

function refuseGroup(cursor: Cursor): never {
  const lookAround = take(cursor, /\(\?<?[=!]/y);
  if (lookAround !== null) refuse("it has a look-around,", lookAround[0]);
  const named = take(cursor, /\(\?P?<[^>]*>?/y);
  if (named !== null) refuse("the name of a group is of letters, digits and _, unlike", named[0]);
  refuse("the flags of a group are i, m, s and U, unlike", take(cursor, /\(\?[-\w]*[^]?/yu)?.[0]);
}
