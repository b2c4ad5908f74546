/**
 * When packets arrived, as the kernel noted it: the event loop may get round to them much later.
 *
 * @module
 */

import { setSocketOption } from "./descriptor.ts";
import { CLOCK_REALTIME, CMSGHDR, SO_TIMESTAMPNS, SOL_SOCKET, TIMESPEC } from "./layout.ts";
import { libc, succeeded } from "./libc.ts";
import { controlLength, holdsControl, type MessagePart } from "./message.ts";

/** The length of the control message that carries the time. */
export const packetTimeLength = controlLength(TIMESPEC.bytes);

const kind = { level: SOL_SOCKET, type: SO_TIMESTAMPNS } as const;

/**
 * Makes the kernel send the time with each packet that a socket receives.
 *
 * @throws {OsError} The socket cannot do that.
 */
export function askForPacketTime(descriptor: number, subject: string): void {
  setSocketOption(descriptor, { name: SO_TIMESTAMPNS, value: 1 }, subject);
}

/**
 * When the packet arrived, in milliseconds of {@link realtimeMs}, if its control part, of which so much
 * is used, says so.
 */
export function packetTimeMs(control: MessagePart, used: number): number | undefined {
  if (!holdsControl(control, used, kind, TIMESPEC.bytes)) return undefined;
  return milliseconds(control.view, CMSGHDR.data);
}

const timespec = new DataView(new ArrayBuffer(TIMESPEC.bytes));

/** Milliseconds since the Unix epoch by the clock that the kernel gives packets their time by. */
export function realtimeMs(): number {
  succeeded(libc().clockGettime(CLOCK_REALTIME, timespec), "clock_gettime", "");
  return milliseconds(timespec, 0);
}

function milliseconds(view: DataView, at: number): number {
  const seconds = Number(view.getBigInt64(at + TIMESPEC.seconds, true));
  const nanoseconds = Number(view.getBigInt64(at + TIMESPEC.nanoseconds, true));
  return seconds * 1e3 + nanoseconds / 1e6;
}
