/**
 * The machine code that packing needs, whatever the machine.
 *
 * @module
 */

/** Writes instructions for one machine. Every address is one of the file's, before it is loaded. */
export interface Machine {
  /** What the ELF header calls it. */
  readonly elfMachine: number;
  /** The relocations by which the loader puts a function's address into a slot. */
  readonly slotRelocations: readonly number[];
  /** Keeps what the loader hands over: the stack and the function to call at the end. */
  begin(): Uint8Array;
  /** Calls a function of libc that takes up to three arguments. */
  call(at: number, slot: number, args: readonly Argument[]): Uint8Array;
  /** Blocks the signals in the mask of 64 bits that stands at an address. */
  blockSignals(at: number, mask: number): Uint8Array;
  /** Goes to the folder whose name stands at an address, if the one that it is in is gone. */
  leaveLostFolder(at: number, folder: number): Uint8Array;
  /** Inserts an even number of strings after the program's name. */
  insertArguments(at: number, strings: readonly number[]): Uint8Array;
  /** Goes on where the program begins by itself. */
  finish(at: number, entry: number): Uint8Array;
}

/** What a function is called with. */
export type Argument = { readonly address: number } | { readonly number: 0 | 1 };

/** Joins pieces of code, each of which is told where it comes to stand. */
export function assemble(
  start: number,
  pieces: readonly ((at: number) => Uint8Array)[],
): Uint8Array<ArrayBuffer> {
  const code: number[] = [];
  for (const piece of pieces) code.push(...piece(start + code.length));
  return new Uint8Array(code);
}

/** A signed number of 32 bits, little-endian, that must not be cut. */
export function signed32(value: number): readonly number[] {
  if (value !== (value | 0)) throw new RangeError(`${value} does not fit into 32 bits`);
  return [value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >> 24 & 0xff];
}
