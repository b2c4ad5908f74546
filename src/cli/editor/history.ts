/**
 * The lines that were entered before, also by earlier shells and by others that run now.
 *
 * @module
 */
import { LONGEST_LINE } from "./line.ts";

/** Lines to come back to. */
export interface History {
  /** The oldest first. */
  readonly lines: readonly string[];
  /** Keeps a line, unless it is empty, begins with a blank, or is the one that was entered last. */
  add(line: string): void;
}

/** How many lines are kept. */
const MOST_LINES = 1000;
/** No more is read of a file, from its end. */
const MOST_BYTES = 1 << 20;

/** Where the history of a person stands; undefined where nobody says who it is. */
export function historyPath(env: (name: string) => string | undefined): string | undefined {
  // The standard has relative paths ignored.
  const state = env("XDG_STATE_HOME");
  if (state?.startsWith("/")) return `${state}/maglev/history`;
  const home = env("HOME");
  return home?.startsWith("/") ? `${home}/.local/state/maglev/history` : undefined;
}

/**
 * The history in a file, or in memory alone. A file that cannot be read or written is no error: what
 * is entered from now on is remembered in any case.
 */
export function openHistory(path?: string | undefined): History {
  const lines = path === undefined ? [] : attempt(() => readHistory(path)) ?? [];
  return {
    lines,
    add(line) {
      if (!isKept(line) || line === lines.at(-1)) return;
      lines.push(line);
      if (lines.length > MOST_LINES) lines.shift();
      if (path !== undefined) attempt(() => append(path, line));
    },
  };
}

/** A file that someone else wrote may have anything in it. */
function isKept(line: string): boolean {
  return line !== "" && !/^\s|\p{Cc}/u.test(line) && line.length <= LONGEST_LINE;
}

/** Reads the file, and cuts it back if it has grown too long. */
function readHistory(path: string): string[] {
  // A pipe, say, would keep us waiting.
  if (!Deno.statSync(path).isFile) return [];
  using file = Deno.openSync(path, { read: true });
  file.lockSync(false);
  const { size } = file.statSync();
  const skipped = Math.max(0, size - MOST_BYTES);
  file.seekSync(skipped, Deno.SeekMode.Start);
  const written = textOf(file).split("\n");
  // The first of the lines is cut somewhere when there are bytes before it.
  const kept = written.slice(skipped > 0 ? 1 : 0).filter(isKept);
  const lines = kept.filter((line, index) => line !== kept[index - 1]).slice(-MOST_LINES);
  file.unlockSync();
  if (skipped > 0 || written.length > 2 * MOST_LINES) attempt(() => cutBack(path, size, lines));
  return lines;
}

/** Writes the file anew, unless somebody added to it meanwhile; then the next shell does it. */
function cutBack(path: string, size: number, lines: readonly string[]): void {
  using file = Deno.openSync(path, { read: true, write: true });
  file.lockSync(true);
  if (file.statSync().size !== size) return;
  writeAll(file, lines.map((line) => `${line}\n`).join(""));
  file.truncateSync(file.seekSync(0, Deno.SeekMode.Current));
}

/** One write at the end of the file, under a lock: lines of several shells do not mix. */
function append(path: string, line: string): void {
  const folder = path.slice(0, path.lastIndexOf("/"));
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (attempt(() => Deno.statSync(path))?.isFile === false) return;
  using file = Deno.openSync(path, { append: true, create: true, mode: 0o600 });
  file.lockSync(true);
  attempt(() => Deno.chmodSync(path, 0o600));
  writeAll(file, `${line}\n`);
}

function textOf(file: Deno.FsFile): string {
  const bytes = new Uint8Array(MOST_BYTES);
  let length = 0;
  while (length < bytes.length) {
    const read = file.readSync(bytes.subarray(length));
    if (read === null) break;
    length += read;
  }
  return new TextDecoder().decode(bytes.subarray(0, length));
}

function writeAll(file: Deno.FsFile, text: string): void {
  let rest = new TextEncoder().encode(text);
  while (rest.length > 0) rest = rest.subarray(file.writeSync(rest));
}

/** What the file system refuses is done without. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
