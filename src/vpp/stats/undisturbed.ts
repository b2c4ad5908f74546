/**
 * How to read memory that is written meanwhile, without a lock that the writer would have to heed.
 *
 * VPP announces a structural change (`in_progress`), makes it, counts it (`epoch`), and withdraws
 * the announcement. A reader copies what it wants, and throws the copy away if a change was
 * announced or counted meanwhile. The values of counters change at any time, without any of this.
 *
 * @module
 */

import type { Clock } from "../../clock.ts";
import { Pass } from "./pass.ts";
import { StatsError } from "./stats_error.ts";

/** The layout of the segment that is known here. */
const knownVersion = 2n;

/** The words of 64 bits in the segment's header, by their place. */
const word = { version: 0, base: 1, epoch: 2, inProgress: 3, directory: 4 };
const headerWords = 8;

/** How long VPP is given to come to rest. */
const patienceMs = 1_000;

/** A change takes microseconds; it is a burst of them that has to be waited for. */
const retryMs = 1;

/** What a pass begins with: where the directory is, and what tells whether it is still the same. */
export interface Header {
  readonly epoch: bigint;
  /** The address of the directory in VPP's own memory. */
  readonly directory: bigint;
}

/** The segment, with its header as words that are read one by one and in order. */
export interface Memory {
  readonly bytes: Uint8Array;
  readonly header: BigUint64Array;
}

/**
 * Looks at a segment for the first time.
 *
 * @throws {StatsError} `version`, or `bounds` if it is too small to be one.
 */
export function openMemory(bytes: Uint8Array): Memory {
  if (bytes.length < headerWords * 8) {
    throw new StatsError("bounds", `a stats segment of ${bytes.length} bytes holds nothing`);
  }
  const { buffer, byteOffset, byteLength } = bytes;
  const header = new BigUint64Array(buffer, byteOffset, headerWords);
  const version = Atomics.load(header, word.version);
  if (version !== knownVersion) {
    throw new StatsError(
      "version",
      `VPP's stats segment has layout ${version}, and only ${knownVersion} is known here`,
    );
  }
  // A plain array: the slices of a Buffer would be no copies.
  return { bytes: new Uint8Array(buffer, byteOffset, byteLength), header };
}

/** Copies what is wanted from the segment; throws {@link StatsError} where that makes no sense. */
export type Copy<T> = (pass: Pass, header: Header) => T;

/**
 * Copies until nothing changed meanwhile, waiting between the attempts. `memory` is asked for again
 * after each wait.
 *
 * @throws {StatsError} `busy` after a second; what `copy` threw, if nothing changed meanwhile; what
 * `memory` threw.
 */
export async function copyUndisturbed<T>(
  memory: () => Memory,
  clock: Clock,
  copy: Copy<T>,
): Promise<T> {
  const deadlineMs = clock.monotonic() + patienceMs;
  for (;;) {
    const attempt = attemptCopy(memory(), copy);
    if (attempt !== disturbed) return attempt.copied();
    if (clock.monotonic() >= deadlineMs) {
      const message = `VPP kept changing its stats segment for ${patienceMs} ms; try again later`;
      throw new StatsError("busy", message);
    }
    await clock.sleep(retryMs);
  }
}

const disturbed = Symbol("disturbed");

function attemptCopy<T>(
  { bytes, header }: Memory,
  copy: Copy<T>,
): { copied(): T } | typeof disturbed {
  const epoch = Atomics.load(header, word.epoch);
  if (Atomics.load(header, word.inProgress) !== 0n) return disturbed;
  const attempt = settled(() => {
    const pass = new Pass(bytes, Atomics.load(header, word.base));
    return copy(pass, { epoch, directory: Atomics.load(header, word.directory) });
  });
  finishLoads();
  // In this order: a change that ends between the two loads has been counted before it is
  // withdrawn.
  if (Atomics.load(header, word.inProgress) !== 0n) return disturbed;
  return Atomics.load(header, word.epoch) === epoch ? attempt : disturbed;
}

/** Runs it now, and returns or throws what it came to later. */
function settled<T>(run: () => T): { copied(): T } {
  try {
    const value = run();
    return { copied: () => value };
  } catch (error) {
    return {
      copied: () => {
        throw error;
      },
    };
  }
}

const fence = new Int32Array(new SharedArrayBuffer(4));

/**
 * Lets no load before it take place after it. An atomic load alone holds back only what follows it,
 * and that does not suffice on aarch64; there, an atomic addition holds back both.
 */
function finishLoads(): void {
  Atomics.add(fence, 0, 1);
}
