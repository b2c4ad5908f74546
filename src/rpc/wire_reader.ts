/**
 * Reads the primitives of protobuf's wire format, from bytes that may be anything.
 *
 * @module
 */

/** Bytes that are not such a message. */
export class ProtobufError extends Error {
  override readonly name = "ProtobufError";
  /** `truncated`: it ends too early; `malformed`: it breaks the format; `too-large`: it has too much. */
  readonly code: "truncated" | "malformed" | "too-large";

  constructor(code: ProtobufError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads from the front to the back. Every function throws {@link ProtobufError}. */
export interface ProtobufReader {
  readonly position: number;
  /** A varint of at most 64 bits. */
  uint64(): bigint;
  /** The low 32 bits of a varint, without sign. */
  uint32(): number;
  /** Reads a length; the end of what it is the length of, which is not after `end`. */
  delimited(end: number): number;
  /** A copy of the bytes up to `end`. */
  bytes(end: number): Uint8Array<ArrayBuffer>;
  /** The text up to `end`. */
  string(end: number): string;
  /** Passes over a value. */
  skip(wireType: number, end: number): void;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Begins to read. */
export function protobufReader(source: Uint8Array): ProtobufReader {
  let position = 0;

  const advance = (size: number, end: number): number => {
    if (size > end - position) throw new ProtobufError("truncated", "the message is cut short");
    const start = position;
    position += size;
    return start;
  };
  const byte = () => source[advance(1, source.length)] ?? 0;
  const uint32 = () => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const part = byte();
      if (shift < 32) value |= (part & 0x7f) << shift;
      if (part < 0x80) return value >>> 0;
    }
    throw new ProtobufError("malformed", "a number has more than ten bytes");
  };
  const delimited = (end: number) => {
    const size = uint32();
    if (size > end - position) throw new ProtobufError("truncated", "the message is cut short");
    return position + size;
  };

  return {
    get position() {
      return position;
    },
    uint32,
    uint64() {
      let value = 0n;
      for (let shift = 0n; shift < 70n; shift += 7n) {
        const part = byte();
        value |= BigInt(part & 0x7f) << shift;
        if (part < 0x80) return BigInt.asUintN(64, value);
      }
      throw new ProtobufError("malformed", "a number has more than ten bytes");
    },
    delimited,
    bytes(end) {
      return source.slice(advance(end - position, end), end);
    },
    string(end) {
      const text = source.subarray(advance(end - position, end), end);
      try {
        return decoder.decode(text);
      } catch {
        throw new ProtobufError("malformed", "a text is not UTF-8");
      }
    },
    skip(wireType, end) {
      if (wireType === 0) uint32();
      else if (wireType === 1) advance(8, end);
      else if (wireType === 2) advance(delimited(end) - position, end);
      else if (wireType === 5) advance(4, end);
      else throw new ProtobufError("malformed", `wire type ${wireType} is not one of proto3`);
    },
  };
}
