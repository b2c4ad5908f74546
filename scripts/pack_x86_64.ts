/**
 * Instructions of x86_64.
 *
 * @module
 */

import { assemble, type Machine, signed32 } from "./pack_machine.ts";

/** `lea register, [rip + distance]`: REX.W 8D, with the register in the third byte. */
const leaCodes = { rdi: [0x48, 0x8d, 0x3d], rsi: [0x48, 0x8d, 0x35], rcx: [0x48, 0x8d, 0x0d] };

/** Loads an address: distances count from the end of the instruction, which is 7 bytes long. */
function lea(at: number, register: keyof typeof leaCodes, address: number): readonly number[] {
  return [...leaCodes[register], ...signed32(address - at - 7)];
}

/** `mov edx, number` */
const moveToEdx = (number: number) => [0xba, ...signed32(number)];

/** The machine of most servers. */
export const x8664: Machine = {
  elfMachine: 62,
  slotRelocations: [6, /* R_X86_64_GLOB_DAT */ 7 /* R_X86_64_JUMP_SLOT */],

  begin: () =>
    new Uint8Array([
      ...[0x49, 0x89, 0xd4], // mov r12, rdx: the function to call at the end
      ...[0x49, 0x89, 0xe5], // mov r13, rsp: argc, and above it argv
    ]),

  // The stack is a multiple of 16 when the loader jumps here, as calls want it.
  call: (at, slot, args) =>
    assemble(at, [
      ...args.map((argument, index) => (here: number) => {
        if ("number" in argument) {
          if (index !== 2) throw new RangeError("only the third argument may be a number");
          return new Uint8Array(moveToEdx(argument.number));
        }
        return new Uint8Array(lea(here, index === 0 ? "rdi" : "rsi", argument.address));
      }),
      // call [rip + distance], through the slot
      (here) => new Uint8Array([0xff, 0x15, ...signed32(slot - here - 6)]),
    ]),

  blockSignals: (at, mask) =>
    new Uint8Array([
      ...lea(at, "rsi", mask), // the set
      ...[0xb8, 14, 0, 0, 0], // mov eax, 14: rt_sigprocmask
      ...[0x31, 0xff], // xor edi, edi: SIG_BLOCK
      ...[0x31, 0xd2], // xor edx, edx: the old set is not wanted
      ...[0x41, 0xba, 8, 0, 0, 0], // mov r10d, 8: the size of a set
      ...[0x0f, 0x05], // syscall
    ]),

  leaveLostFolder: (at, folder) =>
    assemble(at, [
      () =>
        new Uint8Array([
          ...[0x48, 0x8d, 0xbc, 0x24, ...signed32(-4_096)], // lea rdi, [rsp - 4096]: a buffer
          ...[0xbe, ...signed32(4_096)], // mov esi, 4096: its size
          ...[0xb8, 79, 0, 0, 0], // mov eax, 79: getcwd
          ...[0x0f, 0x05], // syscall
          ...[0x85, 0xc0], // test eax, eax
          ...[0x79, 14], // jns over the next three: 7 + 5 + 2 bytes
        ]),
      (here) => new Uint8Array(lea(here, "rdi", folder)),
      () => new Uint8Array([0xb8, 80, 0, 0, 0]), // mov eax, 80: chdir
      () => new Uint8Array([0x0f, 0x05]), // syscall
    ]),

  insertArguments: (at, strings) =>
    assemble(at, [
      () =>
        new Uint8Array([
          ...[0x49, 0x8b, 0x45, 0], // mov rax, [r13]: argc
          ...[0x49, 0x8b, 0x4d, 8], // mov rcx, [r13 + 8]: argv[0]
          ...[0x49, 0x8d, 0xa5, ...signed32(-8 * strings.length)], // lea rsp, [r13 - room]
          ...[0x48, 0x05, ...signed32(strings.length)], // add rax, count
          ...[0x48, 0x89, 0x04, 0x24], // mov [rsp], rax
          ...[0x48, 0x89, 0x4c, 0x24, 8], // mov [rsp + 8], rcx
        ]),
      ...strings.map((address, index) => (here: number) =>
        new Uint8Array([
          ...lea(here, "rcx", address),
          ...[0x48, 0x89, 0x8c, 0x24, ...signed32(16 + 8 * index)], // mov [rsp + place], rcx
        ])
      ),
    ]),

  finish: (at, entry) =>
    new Uint8Array([
      ...[0x4c, 0x89, 0xe2], // mov rdx, r12
      ...[0xe9, ...signed32(entry - at - 8)], // jmp entry; distances count from its end
    ]),
};
