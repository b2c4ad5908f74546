/**
 * The processes that a soak starts and ends.
 *
 * @module
 */

/** A process that was started. */
export interface Process {
  readonly pid: number;
  /** The exit code, once it has ended and all that it wrote was read. */
  readonly ended: Promise<number>;
  readonly isRunning: boolean;
  signal(name: Deno.Signal): void;
  /** Writes a line to its stdin. */
  tell(line: string): Promise<void>;
}

/** What to do with what it writes. */
export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
  readonly onComplaint?: (line: string) => void;
}

/** Starts processes. Those that still run are killed at the end. */
export interface Processes extends AsyncDisposable {
  start(command: readonly string[], options?: ProcessOptions): Process;
}

/** Makes a group of processes, which is empty. */
export function processGroup(): Processes {
  const running = new Set<Process>();
  return {
    start(command, options = {}) {
      const process = startProcess(command, options);
      running.add(process);
      process.ended.then(() => running.delete(process));
      return process;
    },
    async [Symbol.asyncDispose]() {
      const left = [...running];
      for (const process of left) process.signal("SIGKILL");
      await Promise.all(left.map(({ ended }) => ended));
    },
  };
}

function startProcess(
  [command = "", ...args]: readonly string[],
  options: ProcessOptions,
): Process {
  const { env = {}, onLine = () => {}, onComplaint = () => {} } = options;
  const child = new Deno.Command(command, {
    ...{ args, env, stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const writer = child.stdin.getWriter();
  let isRunning = true;
  const exit = child.status.then(({ code }) => {
    isRunning = false;
    return code;
  });
  const ended = (async () => {
    await Promise.all([eachLine(child.stdout, onLine), eachLine(child.stderr, onComplaint)]);
    const code = await exit;
    await writer.close().catch(() => {});
    return code;
  })();
  return {
    pid: child.pid,
    ended,
    get isRunning() {
      return isRunning;
    },
    signal: (name) => {
      if (isRunning) child.kill(name);
    },
    tell: (line) => writer.write(new TextEncoder().encode(`${line}\n`)),
  };
}

async function eachLine(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  take: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    const lines = `${rest}${part}`.split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
  if (rest !== "") take(rest);
}
