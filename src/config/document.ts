/**
 * A YAML document as a tree that still knows where everything stands, and what its scalars look like.
 *
 * The schema decides what a scalar means, not YAML's guess at its type: a backend named `010`, a host
 * `1.10` and a boolean `yes` mean what the declared type says, as they do for a Go program. Aliases
 * share their anchor's node, so a file that is small in the editor is small here too.
 *
 * @module
 */
/** A value with the place where it stands, as an offset into the text. */
export type Node = ScalarNode | ListNode | MapNode;

/** Text, as yet without a type. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly start: number;
  readonly text: string;
  /** Whether it stands without quotes, and so may be a number, a boolean or null. */
  readonly plain: boolean;
}

/** A sequence. */
export interface ListNode {
  readonly kind: "list";
  readonly start: number;
  readonly items: readonly Node[];
}

/** A mapping; its entries are in the order of the file. */
export interface MapNode {
  readonly kind: "map";
  readonly start: number;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A key's place and its value. */
export interface Entry {
  readonly keyStart: number;
  readonly value: Node;
}

/** Something that makes the text no document, and where. */
export interface Defect {
  readonly offset: number;
  readonly message: string;
}

/** The root and what is wrong; where the root is null, at least one defect is there. */
export interface Document {
  readonly root: Node | null;
  readonly defects: readonly Defect[];
}

/** Whether a node is absent in all but name: `key:`, `key: ~`, `key: null`. */
export function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.plain && /^(|~|null|Null|NULL)$/.test(node.text);
}

/** The advice for an IPv6 address that ends in `::`, which YAML takes for a key and a colon. */
export function needsQuotes(address: string): string {
  return `YAML takes ${address} for a key; write it in quotes: "${address}"`;
}
