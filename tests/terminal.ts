/**
 * A program at a terminal, driven as a person would. Needs Linux and Python, whose library has
 * pseudo-terminals; {@link hasTerminals} tells.
 *
 * @module
 */
import { terminalScreen } from "./terminal_screen.ts";

/** A program at a terminal. */
export interface Terminal {
  /** Types keys: `"show\r"`, `"\u0003"` for Ctrl-C. */
  type(text: string): void;
  /** Waits until the screen shows something, for 15 s at most. Returns the screen. */
  until(pattern: RegExp | string): Promise<string>;
  /** The rows that are seen, without blanks at their ends but before the cursor. */
  screen(): string;
  /** Whether pastes are marked. */
  marksPastes(): boolean;
  resize(columns: number, rows: number): void;
  /**
   * Sends `SIGTERM` and the like to the program: where shells run it, to what the innermost one runs.
   */
  signal(name: Deno.Signal): void;
  /** Waits for the end. The exit code, or 128 + the signal's number, as shells have it. */
  ended(): Promise<number>;
  /** Ends the program and its terminal, whatever they do. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** How to run the program. */
export interface TerminalOptions {
  /** Default: 80. */
  readonly columns?: number;
  /** Default: 24. */
  readonly rows?: number;
  readonly env?: Record<string, string>;
}

/** Holds the terminal; it takes and gives JSON, a line each. */
const holder = `
import base64, codecs, fcntl, json, os, pty, select, signal, struct, sys, termios
columns, rows, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
def size(columns, rows):
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
def innermost(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as file: children = file.read().split()
    except OSError: children = []
    return innermost(int(children[-1])) if children else pid
def tell(**what): print(json.dumps(what), flush=True)
ready, go = os.pipe()
pid, master = pty.fork()
if pid == 0:
    os.close(go); os.read(ready, 1)
    try: os.execvp(command[0], command)
    finally: os._exit(127)
os.close(ready); size(columns, rows); os.close(go)
asked, open_inputs = b"", [0, master]
while master in open_inputs:
    able, _, _ = select.select(open_inputs, [], [])
    if master in able:
        try: out = os.read(master, 65536)
        except OSError: out = b""
        if out: tell(out=base64.b64encode(out).decode())
        else: break
    if 0 in able:
        some = os.read(0, 65536)
        if not some: os.kill(pid, signal.SIGKILL); break
        *lines, asked = (asked + some).split(b"\\n")
        for what in map(json.loads, lines):
            if "type" in what: os.write(master, what["type"].encode())
            if "resize" in what: size(*what["resize"])
            if "signal" in what: os.kill(innermost(pid), getattr(signal, what["signal"]))
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
tell(ended=code if code >= 0 else 128 - code)
`;

const DEADLINE_MS = 15_000;

/** Whether programs can be run at terminals here. */
export const hasTerminals: boolean = Deno.build.os === "linux" && await runs("python3");

async function runs(program: string): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, {
      args: ["-c", "import pty, os; os.waitstatus_to_exitcode"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch {
    return false;
  }
}

/** Runs a command, with its arguments, at a terminal of its own. */
export function openTerminal(
  command: readonly string[],
  { columns = 80, rows = 24, env = {} }: TerminalOptions = {},
): Terminal {
  const process = new Deno.Command("python3", {
    args: ["-c", holder, String(columns), String(rows), ...command],
    env: { TERM: "xterm-256color", ...env },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const screen = terminalScreen(columns, rows);
  const decoder = new TextDecoder();
  const requests = process.stdin.getWriter();
  let code: number | undefined;
  let isOver = false;
  let problem: unknown;
  let changed = Promise.withResolvers<void>();

  const request = (what: unknown) => {
    requests.write(new TextEncoder().encode(`${JSON.stringify(what)}\n`)).catch(() => {});
  };
  const change = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const hear = async () => {
    let rest = "";
    for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const { out, ended } = JSON.parse(line) as { out?: string; ended?: number };
        if (out !== undefined) screen.write(decoder.decode(bytesOf(out), { stream: true }));
        code ??= ended;
      }
      change();
    }
  };
  const heard = hear().catch((error) => problem = error).finally(() => {
    isOver = true;
    change();
  });

  /** Waits until something is so, or cannot become so any more. */
  const wait = async (isSo: () => boolean, what: () => string) => {
    let isLate = false;
    const deadline = setTimeout(() => {
      isLate = true;
      change();
    }, DEADLINE_MS);
    try {
      while (!isSo()) {
        if (problem !== undefined) throw problem;
        if (isLate || isOver) {
          const state = isLate ? "in vain" : `but it ended with ${code}`;
          throw new Error(`waited for ${what()}, ${state}; the screen:\n${screen.text()}`);
        }
        await changed.promise;
      }
    } finally {
      clearTimeout(deadline);
    }
  };

  return {
    type: (text) => request({ type: text }),
    async until(pattern) {
      const isSo = () =>
        typeof pattern === "string"
          ? screen.text().includes(pattern)
          : screen.text().search(pattern) >= 0;
      await wait(isSo, () => String(pattern));
      return screen.text();
    },
    screen: screen.text,
    marksPastes: () => screen.marksPastes,
    resize(columns, rows) {
      screen.resize(columns, rows);
      request({ resize: [columns, rows] });
    },
    signal: (name) => request({ signal: name }),
    async ended() {
      await wait(() => code !== undefined, () => "the end");
      return code ?? 0;
    },
    async [Symbol.asyncDispose]() {
      await requests.close().catch(() => {});
      await heard;
      await process.status;
    },
  };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
