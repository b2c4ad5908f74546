/**
 * Memory that C may keep pointers into.
 *
 * @module
 */

/** A piece of memory that stays where it is, all zeros at first. */
export interface Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView<ArrayBuffer>;
  /** The address of its first byte, good for as long as the bytes are referred to. */
  readonly address: bigint;
}

/**
 * Makes a {@link Memory}. V8 keeps the content of a small typed array among its objects, which the
 * garbage collector moves; that of an ArrayBuffer made as such is outside, and never moves.
 */
export function memory(size: number): Memory {
  const buffer = new ArrayBuffer(size);
  const bytes = new Uint8Array(buffer);
  const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes));
  return { bytes, view: new DataView(buffer), address };
}

/**
 * A text as C takes it, with a NUL at its end.
 *
 * @throws {RangeError} The text contains a NUL, where C would take it to end.
 */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  if (text.includes("\0")) throw new RangeError(`${JSON.stringify(text)} contains a NUL`);
  return new TextEncoder().encode(`${text}\0`);
}
