/**
 * The terminal of this process.
 *
 * @module
 */
import type { EditorTerminal } from "./keyboard.ts";

/** What each signal that ends the process makes of its exit code. */
const exitCodesBySignal = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;

/** Has pastes marked, so that they are told apart from what is typed. */
const MARK_PASTES = "\u001b[?2004h";
const DO_NOT_MARK_PASTES = "\u001b[?2004l";

/** Taken where nobody knows the width. */
const USUAL_COLUMNS = 80;

/**
 * The terminal on stdin and stdout. While it is raw, it is put back to what it was whichever way the
 * process ends; the runtime does so for the normal end alone, and never for the marks of pastes.
 */
export function processTerminal(): EditorTerminal {
  let isRaw = false;

  const restore = () => {
    if (!isRaw) return;
    isRaw = false;
    try {
      write(DO_NOT_MARK_PASTES);
      Deno.stdin.setRaw(false);
    } catch {
      // It went away.
    }
  };
  const enders = Object.entries(exitCodesBySignal).map(([signal, code]) => {
    const end = () => {
      restore();
      Deno.exit(code);
    };
    return [signal as keyof typeof exitCodesBySignal, end] as const;
  });
  const watchEnds = () => {
    for (const [signal, end] of enders) Deno.addSignalListener(signal, end);
    for (const event of endings) globalThis.addEventListener(event, restore);
  };
  const ignoreEnds = () => {
    for (const [signal, end] of enders) Deno.removeSignalListener(signal, end);
    for (const event of endings) globalThis.removeEventListener(event, restore);
  };

  return {
    async read() {
      const buffer = new Uint8Array(4096);
      const length = await Deno.stdin.read(buffer);
      return length === null ? null : buffer.subarray(0, length);
    },
    write,
    columns() {
      try {
        return Deno.consoleSize().columns || USUAL_COLUMNS;
      } catch {
        return USUAL_COLUMNS;
      }
    },
    onResize(listener) {
      Deno.addSignalListener("SIGWINCH", listener);
      return () => Deno.removeSignalListener("SIGWINCH", listener);
    },
    setRaw(wanted) {
      if (wanted === isRaw) return;
      if (!wanted) {
        restore();
        ignoreEnds();
        return;
      }
      watchEnds();
      Deno.stdin.setRaw(true);
      isRaw = true;
      write(MARK_PASTES);
    },
  };
}

const endings = ["unload", "error", "unhandledrejection"] as const;

/** Writes all of it. A terminal that is gone takes nothing; reading tells. */
function write(text: string): void {
  let rest = new TextEncoder().encode(text);
  try {
    while (rest.length > 0) rest = rest.subarray(Deno.stdout.writeSync(rest));
  } catch {
    // It went away.
  }
}
