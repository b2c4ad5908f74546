/**
 * The Huffman code of HPACK (RFC 7541, appendix B), and the machine that reads it.
 *
 * The code is canonical: codes of one length are consecutive numbers, in the order of their symbols,
 * and the first of a length is the one after the last shorter code, with zeros appended. So the
 * symbols of each length are all there is to know.
 *
 * @module
 */

/** The symbols that have a code of so many bits, in hexadecimal. The end of the string comes last. */
const symbolsByLength: readonly (readonly [bits: number, symbols: string])[] = [
  [5, "303132616365696f7374"],
  [6, "20252d2e2f333435363738393d415f62646667686c6d6e707275"],
  [7, "3a42434445464748494a4b4c4d4e4f5051525354555657596a6b71767778797a"],
  [8, "262a2c3b585a"],
  [10, "212228293f"],
  [11, "272b7c"],
  [12, "233e"],
  [13, "0024405b5d7e"],
  [14, "5e7d"],
  [15, "3c607b"],
  [19, "5cc3d0"],
  [20, "808283a2b8c2e0e2"],
  [21, "99a1a7acb0b1b3d1d8d9e3e5e6"],
  [22, "8184858688929a9ca0a3a4a9aaadb2b5b9babbbdbec4c6e4e8e9"],
  [23, "0187898a8b8c8d8f93959697989b9d9ea5a6a8aeafb4b6b7bcbfc5e7ef"],
  [24, "098e9091949fabced7e1eced"],
  [25, "c7cfeaeb"],
  [26, "c0c1c8c9cacdd2d5dadbeef0f2f3ff"],
  [27, "cbccd3d4d6dddedff1f4f5f6f7f8fafbfcfdfe"],
  [28, "020304050607080b0c0e0f1011121314151718191a1b1c1d1e1f7fdcf9"],
  [30, "0a0d16"],
];

/** The symbol that ends a string, of which only the first bits may appear, as padding. */
const endOfString = 256;

/** What stands for a symbol. */
export interface HuffmanCode {
  readonly symbol: number;
  /** The bits as a number. */
  readonly code: number;
  readonly bits: number;
}

/** The code of every octet and of the end of a string, which is the last. */
export function huffmanCodes(): HuffmanCode[] {
  const codes: HuffmanCode[] = [];
  let next = 0;
  let before = 0;
  for (const [bits, symbols] of symbolsByLength) {
    next <<= bits - before;
    before = bits;
    for (const symbol of Uint8Array.fromHex(symbols)) codes.push({ symbol, code: next++, bits });
  }
  return [...codes, { symbol: endOfString, code: next, bits: before }];
}

/**
 * Makes the machine that reads four bits at a time. Its states are the inner nodes of the tree of codes; 0
 * is the root. For the state `s` and the bits `b`, the item `16 s + b` has the state that comes next
 * (8 bits), the octet that was completed (8 bits) and how many were: 0 or 1, as no code has less than
 * five bits. It is negative where the bits complete the end of the string.
 *
 * The states 0 to 29 are those after so many ones since the last octet.
 */
export function huffmanMachine(): Int32Array {
  return machineOf(treeOf(huffmanCodes()));
}

/** For each inner node, what follows a 0 and a 1: an inner node, or a symbol as its complement. */
type Tree = readonly (readonly number[])[];

function treeOf(codes: readonly HuffmanCode[]): Tree {
  const tree: number[][] = [[]];
  // From the last on: its code, which is all ones, numbers the nodes on its way from 0 to 29.
  for (const { symbol, code, bits } of codes.toReversed()) {
    let node = 0;
    for (let shift = bits - 1; shift > 0; shift--) {
      const children = tree[node] ?? [];
      node = children[code >> shift & 1] ??= tree.push([]) - 1;
    }
    (tree[node] ?? [])[code & 1] = ~symbol;
  }
  return tree;
}

function machineOf(tree: Tree): Int32Array {
  const machine = new Int32Array(16 * tree.length);
  for (let item = 0; item < machine.length; item++) {
    let node = item >> 4;
    let completed = 0;
    for (let shift = 3; shift >= 0 && completed >= 0; shift--) {
      node = tree[node]?.[item >> shift & 1] ?? 0;
      if (node >= 0) continue;
      completed = ~node === endOfString ? -1 : 1 << 16 | ~node << 8;
      node = 0;
    }
    machine[item] = completed | node;
  }
  return machine;
}
