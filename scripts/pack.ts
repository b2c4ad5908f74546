/**
 * Packs a script into a runtime, which then is one executable.
 *
 * The runtime's ELF gets the script at its end, and a stub, at which the program begins. Before the
 * runtime starts, the stub sets its environment, blocks SIGUSR1, leaves a folder that is gone, and
 * inserts arguments that let it run the script. Nothing of the runtime itself changes.
 *
 * @module
 */

import { aarch64 } from "./pack_aarch64.ts";
import {
  type Elf,
  ElfError,
  findSlots,
  loadInsteadOfNote,
  placeAfter,
  readElf,
} from "./pack_elf.ts";
import { type Argument, assemble, type Machine } from "./pack_machine.ts";
import type { Script } from "./pack_modules.ts";
import { x8664 } from "./pack_x86_64.ts";

/** The machines for which executables can be made. */
export const machines = { x86_64: x8664, aarch64 } as const;

/** The name of one of them. */
export type MachineName = keyof typeof machines;

/**
 * What the runtime finds in its environment. It reads these when it starts, before any of our code
 * runs.
 */
const environment = {
  /** The machine's own certificate authorities, unless the user says otherwise. */
  usual: { DENO_TLS_CA_STORE: "system" },
  /** No cache is written, not even by root: nothing can be made inside a file. */
  fixed: {
    DENO_DIR: "/dev/null/maglev",
    /** On a terminal it would say three times that it cannot open its caches. */
    DENO_LOG: "error,deno::cache=off",
    DENO_NO_UPDATE_CHECK: "1",
    DENO_DISABLE_NODE_SHIM: "1",
  },
  /** What is meant for another Deno or Node would change ours, make it write files, or talk. */
  removed: [
    ...["DENO_V8_FLAGS", "DENO_COVERAGE_DIR", "DENO_AUDIT_PERMISSIONS"],
    ...["DENO_TRACE_PERMISSIONS", "DENO_AUTO_SERVE", "DENO_SERVE_ADDRESS", "DENO_CONDITIONS"],
    ...["DENO_COMPAT", "DENO_UNSTABLE_CONTROL_SOCK", "DENO_EXTRA_STDIO_FDS", "OTEL_DENO"],
    ...["NODE_OPTIONS", "NODE_DEBUG", "NODE_V8_COVERAGE", "NODE_CHANNEL_FD", "NODE_UNIQUE_ID"],
    ...["NODE_TLS_REJECT_UNAUTHORIZED", "RUST_LOG"],
  ],
} as const;

/** What the program may do: everything it does is in here, and starting other programs is not. */
export const permissions: readonly string[] = [
  ...["--no-prompt", "--allow-read", "--allow-write", "--allow-env", "--allow-net"],
  ...["--allow-ffi", "--allow-sys"],
];

/** Nothing around the executable, where it lies or where it is started, has a say. */
const isolation = ["--quiet", "--no-config", "--no-lock", "--no-remote", "--no-npm"] as const;

/**
 * Puts a script into a stock `deno`.
 *
 * @throws {ElfError} The runtime is not what packing is made for.
 */
export function pack(
  runtime: Uint8Array<ArrayBuffer>,
  script: Script,
): Uint8Array<ArrayBuffer> {
  const bootstrap = bootstrapOf(script, runtime.length);
  const inserted = ["run", ...isolation, ...permissions, bootstrap];
  return addStub(runtime, { data: script.bytes, inserted });
}

/** Prepares the base runtime of `deno compile`, which knows itself what to run. */
export function prepareBase(runtime: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return addStub(runtime, { data: new Uint8Array(), inserted: [] });
}

/**
 * The module that reads the script into memory and calls its loader. It is all that the runtime runs as
 * a module; the script is evaluated, which takes less time.
 */
function bootstrapOf({ bytes, loaderLength }: Script, offset: number): string {
  const text = `const file = Deno.openSync(Deno.execPath());
file.seekSync(${offset}, 0);
const bytes = new Uint8Array(${bytes.length});
for (let read = 0; read < bytes.length;) read += file.readSync(bytes.subarray(read)) ?? NaN;
file.close();
const loader = (0, eval)(new TextDecoder().decode(bytes.subarray(0, ${loaderLength})));
await loader(bytes, ${loaderLength});`;
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

interface Addition {
  readonly data: Uint8Array;
  /** The arguments that the stub inserts. */
  readonly inserted: readonly string[];
}

function addStub(
  runtime: Uint8Array<ArrayBuffer>,
  { data, inserted }: Addition,
): Uint8Array<ArrayBuffer> {
  const elf = readElf(runtime);
  const place = placeAfter(runtime.length + data.length, elf);
  const { bytes, entry } = stubOf(elf, place.address, inserted);
  const packed = new Uint8Array(place.fileOffset + bytes.length);
  packed.set(loadInsteadOfNote(elf, place, { size: bytes.length, entry }));
  packed.set(data, runtime.length);
  packed.set(bytes, place.fileOffset);
  return packed;
}

/** Makes the stub for an address: strings and numbers first, then the code. */
function stubOf(elf: Elf, address: number, inserted: readonly string[]) {
  const machine = Object.values(machines).find(({ elfMachine }) => elfMachine === elf.machine);
  if (machine === undefined) throw new ElfError(`no machine code is known for ${elf.machine}`);
  const data: number[] = [];
  const put = (bytes: Iterable<number>) => address + data.push(...bytes) - [...bytes].length;
  const string = (text: string) => put(new TextEncoder().encode(`${text}\0`));
  const signals = put(maskOf(10 /* SIGUSR1 */));
  const rootFolder = string("/");
  const environmentCalls = callsOf(elf, machine, string);
  // The stack must stay a multiple of 16.
  if (inserted.length % 2 !== 0) throw new RangeError("the number of arguments must be even");
  const strings = inserted.map(string);
  while (data.length % 16 > 0) data.push(0);
  const entry = address + data.length;
  const code = assemble(entry, [
    machine.begin,
    ...environmentCalls,
    (at) => machine.blockSignals(at, signals),
    // The runtime refuses to start in a folder that is gone.
    (at) => machine.leaveLostFolder(at, rootFolder),
    ...(strings.length === 0 ? [] : [(at: number) => machine.insertArguments(at, strings)]),
    (at) => machine.finish(at, elf.entry),
  ]);
  return { bytes: new Uint8Array([...data, ...code]), entry };
}

/** The calls that set the environment. */
function callsOf(elf: Elf, machine: Machine, string: (text: string) => number) {
  const slots = findSlots(elf, machine, ["setenv", "unsetenv"]);
  const call = (name: string, args: readonly Argument[]) => (at: number) =>
    machine.call(at, slots.get(name) ?? 0, args);
  const set = (overwrite: 0 | 1) => ([name, value]: readonly [string, string]) =>
    call("setenv", [
      { address: string(name) },
      { address: string(value) },
      { number: overwrite },
    ]);
  return [
    ...Object.entries(environment.usual).map(set(0)),
    ...Object.entries(environment.fixed).map(set(1)),
    ...environment.removed.map((name) => call("unsetenv", [{ address: string(name) }])),
  ];
}

/** A set of one signal, as the kernel has it. */
function maskOf(signal: number): Uint8Array {
  const mask = new Uint8Array(8);
  new DataView(mask.buffer).setBigUint64(0, 1n << BigInt(signal - 1), true);
  return mask;
}
