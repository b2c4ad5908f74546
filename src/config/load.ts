/**
 * Reads a configuration file from the disk and checks it.
 *
 * @module
 */
import { type CheckResult, checkText } from "./check.ts";

/** No file may be larger. */
const maxBytes = 16 * 1024 * 1024;

/** How often a file that is being replaced is read before the last reading has to do. */
const maxReadings = 5;

/** A checked file, with the text that its findings speak of where it could be read. */
export type LoadResult = CheckResult & { readonly text: string };

/** Reads and checks a file. Whatever is wrong with it is in the result; nothing is thrown. */
export async function loadConfig(file: string): Promise<LoadResult> {
  const reading = await readText(file);
  if ("problem" in reading) {
    const { problem: message, place = null } = reading;
    const finding = { stage: "structure", place, path: [], message } as const;
    const findings = { shown: [finding], more: 0 };
    return { ok: false, stage: "structure", findings, text: "" };
  }
  return { ...checkText(reading.text), text: reading.text };
}

type Reading =
  | { readonly text: string }
  | {
    readonly problem: string;
    readonly place?: { readonly line: number; readonly column: number };
  };

async function readText(file: string): Promise<Reading> {
  try {
    const bytes = await readStable(file);
    if (bytes.length > maxBytes) return { problem: "larger than 16 MiB, which is the limit" };
    return decode(bytes);
  } catch (error) {
    return { problem: `cannot be read: ${describe(error)}` };
  }
}

/** Reads the file; again if it was replaced or written to meanwhile. */
async function readStable(file: string): Promise<Uint8Array> {
  for (let reading = 1;; reading++) {
    const before = await fingerprint(file);
    const bytes = await readBounded(file);
    if (reading === maxReadings || await fingerprint(file) === before) return bytes;
  }
}

async function fingerprint(file: string): Promise<string> {
  const { isDirectory, isFifo, isSocket, ino, size, mtime } = await Deno.stat(file);
  if (isDirectory) throw new Deno.errors.IsADirectory();
  // To open a pipe waits for a writer, and who should that be.
  if (isFifo || isSocket) throw new Error(`it is a ${isFifo ? "pipe" : "socket"}, and no file`);
  return `${ino} ${size} ${mtime?.getTime()}`;
}

/** At most one byte more than the limit, whatever the file claims to hold. */
async function readBounded(file: string): Promise<Uint8Array> {
  using handle = await Deno.open(file);
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const chunk = new Uint8Array(Math.min(256 * 1024, maxBytes + 1 - length));
    const count = await handle.read(chunk);
    if (count === null) break;
    chunks.push(chunk.subarray(0, count));
    length += count;
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** UTF-8 to text; the first byte that is none of text is named by its place. */
function decode(bytes: Uint8Array): Reading {
  const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
  // deno-lint-ignore no-control-regex -- control characters are what is looked for.
  const bad = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;
  const text = lenient.decode(bytes);
  const control = text.search(bad);
  if (control >= 0 || !isUtf8(bytes)) {
    const until = text.slice(0, control < 0 ? text.indexOf("\ufffd") : control).split("\n");
    const column = [...until.at(-1) ?? ""].length + 1;
    return { problem: "not a text file in UTF-8", place: { line: until.length, column } };
  }
  return { text };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function describe(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (error instanceof Deno.errors.IsADirectory) return "it is a directory";
  return error instanceof Error ? error.message : String(error);
}
