/**
 * Reads as much of an executable in ELF as packing must know, and changes as little as it can.
 *
 * @module
 */

import type { Machine } from "./pack_machine.ts";

/** The executable is not what packing is made for. */
export class ElfError extends Error {
  override readonly name = "ElfError";
}

/** A part of the file that the loader is told about. */
interface ProgramHeader {
  readonly type: number;
  /** Where in the file this header stands. */
  readonly at: number;
  readonly fileOffset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly align: number;
}

/** What packing knows of an executable. */
export interface Elf {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly machine: number;
  readonly entry: number;
  /** The last header, which is a note that nobody needs at run time. */
  readonly note: ProgramHeader;
  /** What is loaded, by rising address. */
  readonly loaded: readonly ProgramHeader[];
  readonly dynamic: ProgramHeader;
}

const headerTypes = { load: 1, dynamic: 2, note: 4 } as const;

function expect(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new ElfError(`the runtime cannot be packed: ${what}`);
}

/**
 * Reads an executable.
 *
 * @throws {ElfError} It is none, or another one than Deno's are.
 */
export function readElf(bytes: Uint8Array<ArrayBuffer>): Elf {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(bytes.length > 64 && view.getUint32(0) === 0x7f454c46, "it is no ELF file");
  expect(view.getUint16(4) === 0x0201, "it is not of 64 bits and little-endian");
  expect(view.getUint16(16, true) === 3, "it is not position-independent");
  expect(view.getUint16(54, true) === 56, "its program headers are of an unknown size");
  const [start, count] = [numberAt(view, 32), view.getUint16(56, true)];
  expect(start + 56 * count <= bytes.length, "its program headers are cut off");
  const headers = Array.from({ length: count }, (_, index) => readHeader(view, start + 56 * index));
  const ofType = (type: number) => headers.filter((header) => header.type === type);
  const [note, dynamic] = [headers.at(-1), ofType(headerTypes.dynamic)[0]];
  const loaded = ofType(headerTypes.load);
  expect(note?.type === headerTypes.note, "its last program header is no PT_NOTE");
  expect(dynamic !== undefined, "it is not linked dynamically");
  expect(loaded.length > 0, "nothing of it is loaded");
  expect(
    loaded.every(({ address }, index) => address >= (loaded[index - 1]?.address ?? 0)),
    "its segments are out of order",
  );
  return {
    ...{ bytes, note, loaded, dynamic },
    machine: view.getUint16(18, true),
    entry: numberAt(view, 24),
  };
}

function readHeader(view: DataView, at: number): ProgramHeader {
  return {
    ...{ type: view.getUint32(at, true), at },
    fileOffset: numberAt(view, at + 8),
    address: numberAt(view, at + 16),
    fileSize: numberAt(view, at + 32),
    memorySize: numberAt(view, at + 40),
    align: numberAt(view, at + 48),
  };
}

function numberAt(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  expect(Number.isSafeInteger(value), `a number is too large at ${at}`);
  return value;
}

/** Where the loader puts the addresses of functions of libc, by their names. */
export function findSlots(
  { bytes, loaded, dynamic }: Elf,
  { slotRelocations }: Machine,
  names: readonly string[],
): ReadonlyMap<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsetOf = (address: number) => {
    const part = loaded.find(({ address: start, fileSize }) =>
      address >= start && address < start + fileSize
    );
    expect(part !== undefined, `nothing is at address ${address}`);
    return address - part.address + part.fileOffset;
  };
  const tags = new Map<number, number>();
  for (let at = dynamic.fileOffset; at < dynamic.fileOffset + dynamic.fileSize; at += 16) {
    tags.set(Number(view.getBigInt64(at, true)), numberAt(view, at + 8));
  }
  const tag = (number: number) => {
    const value = tags.get(number);
    expect(value !== undefined, `its dynamic section lacks ${number}`);
    return value;
  };
  const symbols = offsetOf(tag(6 /* DT_SYMTAB */));
  const strings = offsetOf(tag(5 /* DT_STRTAB */));
  const nameOf = (symbol: number) => {
    const start = strings + view.getUint32(symbols + 24 * symbol, true);
    return new TextDecoder().decode(bytes.subarray(start, bytes.indexOf(0, start)));
  };
  const slots = new Map<string, number>();
  const tables = [[7, 8], /* DT_RELA, DT_RELASZ */ [23, 2] /* DT_JMPREL, DT_PLTRELSZ */] as const;
  for (const [table, size] of tables) {
    const start = offsetOf(tag(table));
    for (let at = start; at < start + tag(size); at += 24) {
      if (!slotRelocations.includes(view.getUint32(at + 8, true))) continue;
      slots.set(nameOf(view.getUint32(at + 12, true)), numberAt(view, at));
    }
  }
  return new Map(names.map((name) => {
    const slot = slots.get(name);
    expect(slot !== undefined, `it does not use ${name}`);
    return [name, slot];
  }));
}

/** Where something that is appended comes to stand in the file, and in memory. */
export interface Place {
  readonly fileOffset: number;
  readonly address: number;
  readonly align: number;
}

/** The place after so many bytes: above everything that is loaded. */
export function placeAfter(length: number, { loaded }: Elf): Place {
  const align = Math.max(...loaded.map((header) => header.align));
  const top = Math.max(...loaded.map(({ address, memorySize }) => address + memorySize));
  const round = (value: number) => Math.ceil(value / align) * align;
  return { fileOffset: round(length), address: round(top), align };
}

/** Makes the note a segment that is loaded and run, and lets the program begin in it. */
export function loadInsteadOfNote(
  elf: Elf,
  { fileOffset, address, align }: Place,
  { size, entry }: { readonly size: number; readonly entry: number },
): Uint8Array<ArrayBuffer> {
  const bytes = elf.bytes.slice();
  const view = new DataView(bytes.buffer);
  const { at } = elf.note;
  view.setUint32(at, headerTypes.load, true);
  view.setUint32(at + 4, 4 | 1, /* read, execute */ true);
  [fileOffset, address, address, size, size, align].forEach((value, index) =>
    view.setBigUint64(at + 8 + 8 * index, BigInt(value), true)
  );
  view.setBigUint64(24, BigInt(entry), true);
  return bytes;
}
