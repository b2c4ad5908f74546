/**
 * Builds the tree of {@link Document} from the YAML parser's events: follows aliases, applies merge
 * keys, finds repeated keys, and bounds what all of that may grow to.
 *
 * @module
 */
import {
  type AliasEvent,
  type Event,
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from "js-yaml";
import {
  type Defect,
  type Document,
  type Entry,
  isNull,
  type ListNode,
  type MapNode,
  type Node,
} from "./document.ts";

/** How many times more nodes a document may have once its aliases are followed. */
const maxExpansion = 100;

/** And how many nodes at the most, unless the file itself holds more. */
const maxNodes = 4_000_000;

/** How many defects are kept; a person reads fewer. */
const maxDefects = 1_000;

/** Thrown at a defect after which nothing sensible can be said about the rest. */
export class Stop extends Error {
  readonly defect: Defect;

  constructor(defect: Defect) {
    super(defect.message);
    this.defect = defect;
  }
}

type OpenList = ListNode & { readonly items: Node[] };
type OpenMap = MapNode & { readonly entries: Map<string, Entry> };
type Key = { readonly start: number; readonly text: string; readonly isMerge: boolean };
type Merge = { readonly offset: number; readonly value: Node };

/** A collection that is still being read, with the number of nodes in it so far. */
type Frame =
  | { readonly kind: "document"; nodes: number; root: Node | null }
  | { readonly kind: "list"; nodes: number; readonly anchor: string; readonly node: OpenList }
  | {
    readonly kind: "map";
    nodes: number;
    readonly anchor: string;
    readonly node: OpenMap;
    readonly merges: Merge[];
    key: Key | null;
  };

/** One use: made for a text, it composes that text's events. */
export class Composer {
  readonly #text: string;
  readonly #defects: Defect[] = [];
  readonly #frames: Frame[] = [];
  readonly #documents: Node[] = [];
  readonly #anchors = new Map<string, { node: Node; nodes: number; isOpen: boolean }>();
  /** Nodes that stand in the file, aliases not followed. */
  #written = 0;

  constructor(text: string) {
    this.#text = text;
  }

  compose(events: readonly Event[]): Document {
    for (const event of events) this.#take(event);
    const [root = null, second] = this.#documents;
    if (second !== undefined) {
      this.#defects.push({
        offset: second.start,
        message: "a second document begins; the file must be one",
      });
    }
    if (root === null || isNull(root)) {
      this.#defects.push({ offset: 0, message: "the file is empty; it must have the key maglev" });
    }
    return { root, defects: this.#defects };
  }

  #take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.#frames.push({ kind: "document", nodes: 0, root: null });
        return;
      case EVENT_ID.SEQUENCE: {
        const node: OpenList = { kind: "list", start: event.start, items: [] };
        this.#frames.push({ kind: "list", nodes: 1, anchor: this.#open(event, node), node });
        return;
      }
      case EVENT_ID.MAPPING: {
        const node: OpenMap = { kind: "map", start: event.start, entries: new Map() };
        const anchor = this.#open(event, node);
        this.#frames.push({ kind: "map", nodes: 1, anchor, node, merges: [], key: null });
        return;
      }
      case EVENT_ID.SCALAR:
        return this.#takeScalar(event);
      case EVENT_ID.ALIAS:
        return this.#takeAlias(event);
      case EVENT_ID.POP:
        return this.#close();
    }
  }

  /** Notes a collection's anchor, which nothing inside the collection may use; returns its name. */
  #open(event: Exclude<Event, { type: 1 | 5 | 6 }>, node: Node): string {
    this.#checkTag(event);
    this.#written++;
    if (event.anchorStart < 0) return "";
    const anchor = this.#text.slice(event.anchorStart, event.anchorEnd);
    this.#anchors.set(anchor, { node, nodes: 1, isOpen: node.kind !== "scalar" });
    return anchor;
  }

  #takeScalar(event: ScalarEvent): void {
    const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED ||
      event.style === SCALAR_STYLE.DOUBLE_QUOTED;
    const node: Node = {
      kind: "scalar",
      start: event.valueStart < 0 ? this.#emptyPlace() : event.valueStart - (isQuoted ? 1 : 0),
      text: getScalarValue(this.#text, event),
      plain: event.style === SCALAR_STYLE.PLAIN && this.#tag(event) !== "!!str",
    };
    this.#open(event, node);
    this.#add(node, 1, node.start);
  }

  /** An empty value stands nowhere; its key is the nearest place. */
  #emptyPlace(): number {
    const frame = this.#frames.at(-1);
    if (frame === undefined || frame.kind === "document") return 0;
    return frame.kind === "map" && frame.key !== null ? frame.key.start : frame.node.start;
  }

  #takeAlias(event: AliasEvent): void {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const offset = event.anchorStart - 1;
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) throw new Stop({ offset, message: `no &${name} stands before this` });
    if (anchor.isOpen) throw new Stop({ offset, message: `*${name} would contain itself` });
    this.#written++;
    this.#add(anchor.node, anchor.nodes, offset);
  }

  #close(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    if (frame.kind === "document") {
      if (frame.root !== null) this.#documents.push(frame.root);
      return;
    }
    if (frame.kind === "map") {
      for (const merge of frame.merges) this.#merge(frame, merge);
    }
    if (frame.anchor !== "") {
      this.#anchors.set(frame.anchor, { node: frame.node, nodes: frame.nodes, isOpen: false });
    }
    this.#add(frame.node, frame.nodes, frame.node.start);
  }

  /** Puts a node where the innermost open collection expects one. */
  #add(node: Node, nodes: number, offset: number): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    this.#grow(frame, nodes, offset);
    if (frame.kind === "document") {
      frame.root = node;
    } else if (frame.kind === "list") {
      frame.node.items.push(node);
    } else if (frame.key === null) {
      frame.key = keyOf(node, offset);
    } else {
      const { start, text, isMerge } = frame.key;
      frame.key = null;
      if (isMerge) {
        frame.merges.push({ offset: start, value: node });
      } else if (frame.node.entries.has(text)) {
        const message = `the key ${JSON.stringify(text)} stands here a second time`;
        if (this.#defects.length < maxDefects) this.#defects.push({ offset: start, message });
      } else {
        frame.node.entries.set(text, { keyStart: start, value: node });
      }
    }
  }

  /** Adds what a `<<` names and the map itself has not; of several sources the first wins. */
  #merge(frame: Frame & { kind: "map" }, { offset, value }: Merge): void {
    for (const source of value.kind === "list" ? value.items : [value]) {
      if (source.kind !== "map") {
        throw new Stop({ offset, message: "<< takes a map, or a list of maps" });
      }
      this.#grow(frame, source.entries.size, offset);
      for (const [key, entry] of source.entries) {
        if (!frame.node.entries.has(key)) frame.node.entries.set(key, entry);
      }
    }
  }

  #grow(frame: Frame, nodes: number, offset: number): void {
    frame.nodes += nodes;
    const limit = Math.min(maxExpansion * (this.#written + 100), maxNodes);
    if (frame.nodes > Math.max(limit, this.#written)) {
      throw new Stop({ offset, message: `aliases expand to over ${maxExpansion} times the file` });
    }
  }

  #tag(event: { readonly tagStart: number; readonly tagEnd: number }): string {
    return event.tagStart < 0 ? "" : this.#text.slice(event.tagStart, event.tagEnd);
  }

  #checkTag(event: { readonly tagStart: number; readonly tagEnd: number }): void {
    const tag = this.#tag(event);
    if (tag !== "" && !/^!(!(str|int|float|bool|null|map|seq))?$/.test(tag)) {
      throw new Stop({ offset: event.tagStart, message: `the tag ${tag} means nothing here` });
    }
  }
}

function keyOf(node: Node, offset: number): Key {
  if (node.kind !== "scalar") {
    throw new Stop({ offset, message: "a list or a map cannot be a key" });
  }
  return { start: offset, text: node.text, isMerge: node.plain && node.text === "<<" };
}
