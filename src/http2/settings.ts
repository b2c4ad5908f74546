/**
 * What each end lets the other know about itself.
 *
 * @module
 */

import { ConnectionError } from "./error_code.ts";
import { readUint32 } from "./frame.ts";

/** The settings that matter here. */
export interface Settings {
  /** How many streams of the other end may be open. */
  readonly maxConcurrentStreams: number;
  /** How much may be sent on a stream before it is asked for more. */
  readonly initialWindowSize: number;
  /** The largest payload of a frame. */
  readonly maxFrameSize: number;
  /** How large a list of headers may be, counted as RFC 9113 says. */
  readonly maxHeaderListSize: number;
}

const identifiers = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
  maxHeaderListSize: 6,
} as const;

/** The largest window. */
export const largestWindow = 2 ** 31 - 1;

/** The smallest size that a limit of frames may have, which is also the one without a setting. */
export const smallestMaxFrameSize = 16_384;

/** What holds until settings come. */
export const initialSettings: Settings = {
  maxConcurrentStreams: Infinity,
  initialWindowSize: 65_535,
  maxFrameSize: smallestMaxFrameSize,
  maxHeaderListSize: Infinity,
};

/** The payload that tells some settings. */
export function encodeSettings(
  settings: Partial<Record<keyof typeof identifiers, number>>,
): Uint8Array<ArrayBuffer> {
  const given = Object.entries(settings) as [keyof typeof identifiers, number][];
  const bytes = new Uint8Array(6 * given.length);
  const view = new DataView(bytes.buffer);
  for (const [index, [name, value]] of given.entries()) {
    view.setUint16(6 * index, identifiers[name]);
    view.setUint32(6 * index + 2, value);
  }
  return bytes;
}

/**
 * The settings after a payload.
 *
 * @throws {ConnectionError} A value is out of its range.
 */
export function applySettings(settings: Settings, payload: Uint8Array): Settings {
  if (payload.length % 6 !== 0) {
    throw new ConnectionError("FRAME_SIZE_ERROR", "settings have six bytes each");
  }
  const changed: { -readonly [Name in keyof Settings]: number } = { ...settings };
  for (let at = 0; at < payload.length; at += 6) {
    const [high = 0, low = 0] = payload.subarray(at, at + 2);
    const value = readUint32(payload, at + 2);
    switch (high << 8 | low) {
      case identifiers.enablePush:
        if (value > 1) throw new ConnectionError("PROTOCOL_ERROR", `enable push: ${value}`);
        break;
      case identifiers.maxConcurrentStreams:
        changed.maxConcurrentStreams = value;
        break;
      case identifiers.initialWindowSize:
        if (value > largestWindow) {
          throw new ConnectionError("FLOW_CONTROL_ERROR", `initial window size: ${value}`);
        }
        changed.initialWindowSize = value;
        break;
      case identifiers.maxFrameSize:
        if (value < smallestMaxFrameSize || value >= 2 ** 24) {
          throw new ConnectionError("PROTOCOL_ERROR", `maximum frame size: ${value}`);
        }
        changed.maxFrameSize = value;
        break;
      case identifiers.maxHeaderListSize:
        changed.maxHeaderListSize = value;
    }
  }
  return changed;
}
