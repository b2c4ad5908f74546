/**
 * A writer that moves everything in a stats segment about, some 25,000 times a second. As a worker
 * by the name of `relocate` it takes a segment, and never ends.
 *
 * @module
 */

/// <reference lib="deno.worker" />

import { type FixtureEntry, headerOf, word, writeDirectory } from "./segment_fixture.ts";

const headerBytes = 64;

/** The entries of a generation: all values tell which it is, and lengths and places differ. */
export function generationEntries(generation: number): FixtureEntry[] {
  const length = 1 + generation % 40;
  const simple = Array.from({ length }, (_, index) => 1000 * generation + index);
  const combined = simple.map((value) => [value, value] as const);
  const entries: FixtureEntry[] = [
    { name: "/generation", type: 1, value: generation },
    { name: "/simple", simple: [simple, null, simple] },
    { name: "/combined", combined: [null, combined] },
    { name: "/names", names: [`${generation}`, null, `${generation}`] },
    { name: `/only in ${generation}`, type: 1, value: generation },
  ];
  const first = generation % entries.length;
  return [...entries.slice(first), ...entries.slice(0, first)];
}

function relocateForEver(bytes: Uint8Array): void {
  const header = headerOf(bytes);
  const half = bytes.length / 2;
  for (let generation = 2;; generation++) {
    const [start, old] = generation % 2 === 0 ? [half, headerBytes] : [headerBytes, half];
    Atomics.store(header, word.inProgress, 1n);
    // Garbage that looks like small numbers, lengths and types.
    bytes.fill(generation % 7, old, old === half ? bytes.length : half);
    header[word.directory] = writeDirectory(bytes, generationEntries(generation), start);
    Atomics.add(header, word.epoch, 1n);
    Atomics.store(header, word.inProgress, 0n);
    rest(10 * (generation % 6));
  }
}

function rest(microseconds: number): void {
  const end = performance.now() + microseconds / 1000;
  while (performance.now() < end);
}

if (globalThis.name === "relocate") {
  globalThis.onmessage = ({ data }: MessageEvent<Uint8Array>) => relocateForEver(data);
}
