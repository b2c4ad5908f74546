/**
 * Instructions of aarch64, each a word of 32 bits.
 *
 * @module
 */

import { assemble, type Machine } from "./pack_machine.ts";

/** The registers that are kept over calls, for what the loader hands over. */
const finaliser = 19;
const loaderStack = 20;
const sp = 31;

/** A number as that many bits of an instruction; it must not be cut. */
function bits(value: number, { width, signed = false }: { width: number; signed?: boolean }) {
  const least = signed ? -(2 ** (width - 1)) : 0;
  if (!Number.isInteger(value) || value < least || value >= least + 2 ** width) {
    throw new RangeError(`${value} does not fit into ${width} bits`);
  }
  return (value & (2 ** width - 1)) >>> 0;
}

/** `adr register, address`: an address no further than 1 MiB away. */
function adr(at: number, register: number, address: number): number {
  const distance = bits(address - at, { width: 21, signed: true });
  return 0x10000000 | (distance & 3) << 29 | distance >> 2 << 5 | register;
}

/** `svc 0` */
const supervisorCall = 0xd4000001;

/** `movz register, number` */
const move = (register: number, number: number) =>
  0xd2800000 | bits(number, { width: 16 }) << 5 | register;

/** `ldr to, [base, 8 × index]` */
const load = (to: number, base: number, index: number) =>
  0xf9400000 | bits(index, { width: 12 }) << 10 | base << 5 | to;

/** `str from, [base, 8 × index]` */
const store = (from: number, base: number, index: number) =>
  0xf9000000 | bits(index, { width: 12 }) << 10 | base << 5 | from;

/** `adrp register, address`: the address's page of 4 KiB, no further than 4 GiB away. */
function adrp(at: number, register: number, address: number): number {
  const pages = bits(Math.floor(address / 4096) - Math.floor(at / 4096), {
    width: 21,
    signed: true,
  });
  return 0x90000000 | (pages & 3) << 29 | pages >> 2 << 5 | register;
}

function words(...instructions: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * instructions.length);
  const view = new DataView(bytes.buffer);
  instructions.forEach((word, index) => view.setUint32(4 * index, word >>> 0, true));
  return bytes;
}

/** The machine of Arm servers. */
export const aarch64: Machine = {
  elfMachine: 183,
  slotRelocations: [1025, /* R_AARCH64_GLOB_DAT */ 1026 /* R_AARCH64_JUMP_SLOT */],

  begin: () =>
    words(
      0xaa0003e0 | finaliser, // mov x19, x0: the function to call at the end
      0x91000000 | sp << 5 | loaderStack, // mov x20, sp: argc, and above it argv
    ),

  call: (at, slot, args) =>
    assemble(at, [
      ...args.map((argument, index) => (here: number) =>
        words(
          "number" in argument ? move(index, argument.number) : adr(here, index, argument.address),
        )
      ),
      (here) =>
        words(
          adrp(here, 16, slot),
          load(16, 16, slot % 4096 / 8),
          0xd63f0000 | 16 << 5, // blr x16
        ),
    ]),

  blockSignals: (at, mask) =>
    words(
      adr(at, 1, mask), // the set
      move(8, 135), // rt_sigprocmask
      move(0, 0), // SIG_BLOCK
      move(2, 0), // the old set is not wanted
      move(3, 8), // the size of a set
      supervisorCall,
    ),

  leaveLostFolder: (at, folder) =>
    assemble(at, [
      () =>
        words(
          0xd1400400 | sp << 5, // sub x0, sp, 4096: a buffer
          move(1, 4096), // its size
          move(8, 17), // getcwd
          supervisorCall,
          0xb6f80000 | 4 << 5, // tbz x0, 63, over the next three: not negative
        ),
      (here) =>
        words(
          adr(here, 0, folder),
          move(8, 49), // chdir
          supervisorCall,
        ),
    ]),

  insertArguments: (at, strings) =>
    assemble(at, [
      () =>
        words(
          load(9, loaderStack, 0), // argc
          load(10, loaderStack, 1), // argv[0]
          0xd1000000 | bits(8 * strings.length, { width: 12 }) << 10 | loaderStack << 5 | sp, // sub sp, x20, room
          0x91000000 | bits(strings.length, { width: 12 }) << 10 | 9 << 5 | 9, // add x9, x9, count
          store(9, sp, 0),
          store(10, sp, 1),
        ),
      ...strings.map((address, index) => (here: number) =>
        words(adr(here, 10, address), store(10, sp, 2 + index))
      ),
    ]),

  finish: (at, entry) => {
    const distance = bits((entry - at - 4) / 4, { width: 26, signed: true });
    return words(
      0xaa0003e0 | finaliser << 16, // mov x0, x19
      0x14000000 | distance, // b entry
    );
  },
};
