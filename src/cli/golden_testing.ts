/**
 * Commands under test: run against a server that is made up, and compared with what is kept in
 * `testdata/golden`.
 *
 * @module
 */

import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import type { Method } from "../rpc/service.ts";
import type { MessageType } from "../rpc/wire.ts";
import type { Run, World } from "./command.ts";
import { clientFlags } from "./command_flags.ts";
import { flagValues } from "./flags.ts";
import type { Server } from "./server.ts";

/** What a made-up server answers, by method: one message, or several where the method streams. */
export type Answers = Readonly<Record<string, (request: unknown) => unknown>>;

/** How a command is run. */
export interface TestedRun {
  readonly answers: Answers;
  /** The words in the slots. */
  readonly slots?: Readonly<Record<string, readonly string[]>>;
  readonly flags?: Readonly<Record<string, string>>;
  readonly world?: Partial<World>;
}

/** What a command left behind. */
export interface TestedOutcome {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** The time at which commands under test are run. */
export const testedNowMs = Date.UTC(2026, 10, 21, 12);

/** Nanoseconds since the epoch, so many seconds before {@link testedNowMs}. */
export function secondsAgo(seconds: number): bigint {
  return BigInt(testedNowMs - seconds * 1_000) * 1_000_000n;
}

/** Runs a command. */
export async function runTested(
  run: Run<typeof clientFlags>,
  { answers, slots = {}, flags = {}, world = {} }: TestedRun,
): Promise<TestedOutcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const given = flagValues(clientFlags, new Map(Object.entries(flags)), () => undefined);
  const code = await run({
    flags: given,
    slots: new Map(Object.entries(slots)),
    world: { ...testedWorld(serverOf(answers), out, err), ...world },
  });
  return { code, out, err };
}

/** A world with nothing in it but a server. */
export function testedWorld(server: Server, out: string[], err: string[]): World {
  const unused = () => {
    throw new Error("not to be called");
  };
  const clock = virtualClock({ startMs: testedNowMs });
  const until = (unless?: AbortSignal) =>
    new Promise<never>((_, reject) => {
      unless?.addEventListener("abort", () => reject(unless.reason), { once: true });
    });
  return {
    print: (line) => out.push(line) > 0,
    complain: (line) => void err.push(line),
    env: () => undefined,
    readInput: unused,
    ...{ isInputTerminal: false, isOutputTerminal: false, isErrorTerminal: false },
    ...{ clock, briefClock: clock },
    withServer: (_flags, use) => use(server),
    ...{ random: unused, randomBytes: unused },
    ...{ untilInterrupted: until, untilKey: until },
    giveUpLibc: () => {},
    process: { pid: 1, onSignal: unused, onUncaught: unused, exit: unused },
  };
}

/** A server that answers what it is told to; messages go over the wire, as those of real ones do. */
export function serverOf(answers: Answers): Server {
  const answer = <Request>(method: Method<Request, unknown>, request: Request): unknown => {
    const make = answers[method.name];
    assert.ok(make !== undefined, `nobody expected ${method.name}`);
    return make(method.request.decode(method.request.encode(request)));
  };
  const received = <Response>(type: MessageType<Response>, message: unknown): Response => {
    const blank = type.decode(new Uint8Array());
    return type.decode(type.encode({ ...blank, ...message as Response }));
  };
  return {
    timeoutMs: 5_000,
    call: async (method, request) => received(method.response, await answer(method, request)),
    async *stream(method, request, { signal } = {}) {
      const stopped = Promise.withResolvers<never>();
      stopped.promise.catch(() => {});
      signal?.addEventListener("abort", () => stopped.reject(signal.reason), { once: true });
      const messages = answer(method, request) as AsyncIterable<unknown>;
      const iterator = messages[Symbol.asyncIterator]();
      for (;;) {
        const next = await Promise.race([iterator.next(), stopped.promise]);
        if (next.done) return;
        yield received(method.response, next.value);
      }
    },
    isOpen: () => true,
    close: () => {},
  };
}

const folder = new URL("testdata/golden/", import.meta.url);
const isWriting = Deno.env.get("MAGLEV_GOLDEN") === "write";

/** The outcome is what is kept under this name. With `MAGLEV_GOLDEN=write` it is kept from now on. */
export function assertGolden(name: string, { code, out, err }: TestedOutcome): void {
  const lines = [...out, ...err.map((line) => `stderr: ${line}`), `exit code ${code}`];
  const text = lines.map((line) => `${line}\n`).join("");
  const file = new URL(`${name}.txt`, folder);
  if (isWriting) Deno.writeTextFileSync(file, text);
  assert.equal(text, Deno.readTextFileSync(file), name);
}

/** Runs a command in each form, and compares what it leaves with what is kept. */
export async function assertGoldenForms(
  name: string,
  run: Run<typeof clientFlags>,
  tested: TestedRun,
): Promise<void> {
  for (const output of ["text", "json", "jsonl", "yaml"]) {
    const flags = { ...tested.flags, output };
    assertGolden(`${name}.${output}`, await runTested(run, { ...tested, flags }));
  }
}
