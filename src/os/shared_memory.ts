/**
 * Memory that several processes share: made by one, which passes a descriptor of it to others, and
 * mapped into each.
 *
 * @module
 */

import { closeOnError } from "./descriptor.ts";
import { MAP_FAILED, MAP_SHARED, MFD_CLOEXEC, PROT_READ, PROT_WRITE, SEEK_END } from "./layout.ts";
import { lastError, libc, succeeded } from "./libc.ts";
import { cString } from "./memory.ts";

/** The largest memory that is mapped, and more than VPP has use for. */
export const largestMappingBytes = 2 ** 32;

/** Shared memory that is mapped into this process. */
export interface Mapping {
  /**
   * The memory itself, not a copy: what other processes write shows up here, at any time. Writing to
   * a mapping for reading kills the process, and so does touching what its owner has cut off.
   *
   * @throws {ReferenceError} It was unmapped.
   */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * Gives the mapping up. All views of its buffer are empty afterwards, those that were made before
   * as well: the buffer is detached first, because touching the memory would kill the process.
   * Harmless a second time.
   */
  unmap(): void;
}

/**
 * Makes memory that can be shared, all zeros, and returns a descriptor of it, which the caller owns.
 * The name is for people who look at the process.
 *
 * @throws {OsError} There is not enough of something.
 */
export function createSharedMemory(name: string, size: number): number {
  const { memfdCreate, ftruncate } = libc();
  const created = succeeded(memfdCreate(cString(name), MFD_CLOEXEC), "memfd_create", name);
  return closeOnError(created, (descriptor) => {
    succeeded(ftruncate(descriptor, BigInt(size)), "ftruncate", name);
    return descriptor;
  });
}

/**
 * Maps the whole of the memory that a descriptor stands for, in its present size. The descriptor is
 * not needed for the mapping any more.
 *
 * @throws {OsError} The descriptor is not of memory or a file, or does not allow this access.
 * @throws {RangeError} The memory is empty, or larger than {@link largestMappingBytes}.
 */
export function mapSharedMemory(descriptor: number, access: "read" | "read-write"): Mapping {
  const subject = `descriptor ${descriptor}`;
  const size = Number(libc().lseek(descriptor, 0n, SEEK_END));
  succeeded(size, "lseek", subject);
  if (size === 0 || size > largestMappingBytes) {
    throw new RangeError(`memory of ${size} bytes cannot be mapped`);
  }
  const protection = access === "read" ? PROT_READ : PROT_READ | PROT_WRITE;
  const pointer = libc().mmap(null, BigInt(size), protection, MAP_SHARED, descriptor, 0n);
  if (pointer === null || Deno.UnsafePointer.value(pointer) === MAP_FAILED) {
    throw lastError("mmap", subject);
  }
  let bytes: Uint8Array<ArrayBuffer> | undefined = new Uint8Array(
    Deno.UnsafePointerView.getArrayBuffer(pointer, size),
  );
  return {
    get bytes() {
      if (bytes === undefined) throw new ReferenceError("this memory is not mapped any more");
      return bytes;
    },
    unmap: () => {
      if (bytes === undefined) return;
      // The buffer moves into another object, which nobody has.
      bytes.buffer.transfer();
      bytes = undefined;
      succeeded(libc().munmap(pointer, BigInt(size)), "munmap", "");
    },
  };
}
