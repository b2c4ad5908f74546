/**
 * Commands that show everything of a kind, or the one that is named.
 *
 * @module
 */
import type { Run } from "./command.ts";
import type { clientFlags } from "./command_flags.ts";

/** Runs the one of the two that the slot asks for: it is filled, or it is not. */
export function allOrOne(
  slot: string,
  { all, one }: {
    readonly all: Run<typeof clientFlags>;
    readonly one: Run<typeof clientFlags>;
  },
): Run<typeof clientFlags> {
  return (invocation) => (invocation.slots.has(slot) ? one : all)(invocation);
}
