/**
 * Commands that ask the daemon: each gets data, which programs are given as it is, and shows it to
 * people as lines.
 *
 * @module
 */
import { exitCodes, type Run } from "./command.ts";
import type { clientFlags } from "./command_flags.ts";
import { formatData, outputForm } from "./output/output_form.ts";
import { colorStyle, plainStyle, type Style } from "./output/style.ts";
import type { Server } from "./server.ts";

/** A command that asks the daemon. */
export interface Asking<Data> {
  /** Gets the data: plain values, with times in RFC 3339. Their names become snake_case for programs. */
  readonly ask: (server: Server, slots: Slots) => Promise<Data>;
  /** Shows the same to people. */
  readonly show: (data: Data, to: Reader) => readonly string[];
  /** What people are told besides, on stderr. Default: nothing. */
  readonly complaints?: (data: Data) => readonly string[];
  /** The code with which the process ends. Default: 0. */
  readonly exitCode?: (data: Data) => number;
}

/** The words that stand for slots, by the slot's name. */
export type Slots = ReadonlyMap<string, readonly string[]>;

/** Who reads what is shown. */
export interface Reader {
  readonly style: Style;
  /** The time now, in milliseconds since the epoch. */
  readonly now: number;
}

/** Makes what runs such a command. */
export function asking<Data>(
  { ask, show, complaints, exitCode }: Asking<Data>,
): Run<typeof clientFlags> {
  return async ({ flags, slots, world }) => {
    const form = outputForm(flags.output);
    const data = await world.withServer(flags, (server) => ask(server, slots));
    const style = flags.color ? colorStyle : plainStyle;
    const reader = { style, now: world.clock.now() };
    const lines = form === "text" ? show(data, reader) : formatData(form, data);
    // At once, because each write costs more than a long line.
    if (lines.length > 0) world.print(lines.join("\n"));
    if (form === "text") complaints?.(data).forEach(world.complain);
    return exitCode?.(data) ?? exitCodes.ok;
  };
}

/** The word in a slot that must be there. */
export function wordIn(slots: Slots, name: string): string {
  const [word] = slots.get(name) ?? [];
  if (word === undefined) throw new Error(`the slot ${name} is empty`);
  return word;
}
