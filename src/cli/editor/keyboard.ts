/**
 * The keys of a terminal, one after the other.
 *
 * @module
 */
import type { Clock, Timer } from "../../clock.ts";
import { type Key, keyReader } from "./keys.ts";

/** A terminal that a person sits at. */
export interface EditorTerminal {
  /** What was typed; null when the terminal has gone away. One read at a time. */
  read(): Promise<Uint8Array | null>;
  write(text: string): void;
  /** Its width, at least 1. */
  columns(): number;
  /** Calls back when the width may have changed, until the function returned is called. */
  onResize(listener: () => void): () => void;
  /** Whether each key comes as it is, at once, and is not shown. */
  setRaw(isRaw: boolean): void;
}

/** The keys that come from a terminal. */
export interface Keyboard {
  /** Whether the next key is here already. */
  readonly hasKey: boolean;
  /** The next key; null when there will be none, because the terminal is gone or the signal aborts. */
  next(signal?: AbortSignal): Promise<Key | null>;
  /** Puts a key back, before those that wait. */
  putBack(key: Key): void;
  /** Forgets the keys that wait. */
  forget(): void;
}

/** After this long without more, a lone ESC is the key of that name and not the begin of another one. */
const ESCAPE_TIMEOUT_MS = 50;

/** A read that waits, and keys that nobody has taken, must outlive the line they came with. */
const keyboards = new WeakMap<EditorTerminal, Keyboard>();

/** The one keyboard of a terminal. */
export function keyboardOf(terminal: EditorTerminal, clock: Clock): Keyboard {
  const keyboard = keyboards.get(terminal) ?? makeKeyboard(terminal, clock);
  keyboards.set(terminal, keyboard);
  return keyboard;
}

function makeKeyboard(terminal: EditorTerminal, clock: Clock): Keyboard {
  const reader = keyReader();
  let waiting: Key[] = [];
  let isReading = false;
  let isGone = false;
  let timer: Timer | undefined;
  let wake = () => {};

  const read = async () => {
    isReading = true;
    // A terminal that cannot be read is gone.
    const bytes = await terminal.read().catch(() => null);
    isReading = false;
    timer?.cancel();
    timer = undefined;
    if (bytes === null) {
      isGone = true;
      waiting.push(...reader.settle());
    } else {
      waiting.push(...reader.feed(bytes));
      if (reader.isUndecided) timer = clock.setTimer(ESCAPE_TIMEOUT_MS, settle);
    }
    wake();
  };
  const settle = () => {
    timer = undefined;
    waiting.push(...reader.settle());
    wake();
  };

  return {
    get hasKey() {
      return waiting.length > 0;
    },
    async next(signal) {
      const abort = () => wake();
      signal?.addEventListener("abort", abort);
      try {
        for (;;) {
          if (signal?.aborted) return null;
          const key = waiting.shift();
          if (key !== undefined) return key;
          if (isGone) return null;
          const woken = new Promise<void>((resolve) => wake = resolve);
          if (!isReading) void read();
          await woken;
        }
      } finally {
        signal?.removeEventListener("abort", abort);
      }
    },
    putBack: (key) => void waiting.unshift(key),
    forget: () => waiting = [],
  };
}

/** Takes the next key; null = the terminal is gone, or the signal aborted. */
export async function anyKey(
  terminal: EditorTerminal,
  options: { readonly clock: Clock; readonly signal?: AbortSignal | undefined },
): Promise<Key | null> {
  terminal.setRaw(true);
  try {
    return await keyboardOf(terminal, options.clock).next(options.signal);
  } finally {
    terminal.setRaw(false);
  }
}
