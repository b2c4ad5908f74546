/**
 * Writes the primitives of protobuf's wire format.
 *
 * @module
 */

/** Writes into a buffer that grows. */
export interface ProtobufWriter {
  /** A varint of 32 bits, without sign. */
  uint32(value: number): void;
  /** A varint of 64 bits. Negative numbers are written as their two's complement. */
  uint64(value: bigint): void;
  /** Bytes with their length in front. */
  bytes(value: Uint8Array): void;
  /** Text in UTF-8, with its length in front. */
  string(value: string): void;
  /** Whatever `write` writes, with its length in front. */
  delimited(write: () => void): void;
  /** What was written. */
  finish(): Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();

/** Begins to write. */
export function protobufWriter(): ProtobufWriter {
  let buffer = new Uint8Array(256);
  let length = 0;

  const reserve = (size: number) => {
    if (length + size <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + size));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };
  const uint32 = (value: number) => {
    reserve(5);
    for (; value > 0x7f; value >>>= 7) buffer[length++] = value & 0x7f | 0x80;
    buffer[length++] = value;
  };
  /** The length is mostly below 128: room is made for one byte of it, and for more where needed. */
  const delimited = (write: () => void) => {
    reserve(1);
    const start = length++;
    write();
    const size = length - start - 1;
    if (size < 0x80) {
      buffer[start] = size;
      return;
    }
    const shift = varintSize(size) - 1;
    reserve(shift);
    const end = length + shift;
    buffer.copyWithin(start + 1 + shift, start + 1, length);
    length = start;
    uint32(size);
    length = end;
  };

  return {
    uint32,
    uint64(value) {
      reserve(10);
      let rest = BigInt.asUintN(64, value);
      for (; rest > 0x7fn; rest >>= 7n) buffer[length++] = Number(rest & 0x7fn) | 0x80;
      buffer[length++] = Number(rest);
    },
    bytes(value) {
      uint32(value.length);
      reserve(value.length);
      buffer.set(value, length);
      length += value.length;
    },
    string(value) {
      delimited(() => {
        reserve(value.length * 3);
        length += encoder.encodeInto(value, buffer.subarray(length)).written;
      });
    },
    delimited,
    finish: () => buffer.slice(0, length),
  };
}

function varintSize(value: number): number {
  let size = 1;
  for (; value > 0x7f; value >>>= 7) size++;
  return size;
}
