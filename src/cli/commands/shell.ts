/**
 * `maglev shell`
 *
 * @module
 */
import type { Invocation } from "../command.ts";
import type { shellFlags } from "../command_flags.ts";
import { commands, shellCommands } from "../grammar.ts";
import { converse } from "../shell/conversation.ts";
import { follow } from "../follow.ts";
import { greeting } from "../shell/greeting.ts";
import { keepServer } from "../shell/kept_server.ts";
import { lineEnvironment } from "../shell/line_environment.ts";
import { liveNames } from "../shell/live_names.ts";
import { openEditor } from "../shell/open_editor.ts";
import { showPaged } from "../shell/pager.ts";
import { runScript } from "../shell/script.ts";
import { startSession } from "../shell/session.ts";

/** Reads commands from a person at a terminal, or line by line, and runs them. */
export async function runShell({ flags, world }: Invocation<typeof shellFlags>): Promise<number> {
  const { clock } = world;
  const isColored = flags.color && world.isInputTerminal && world.isOutputTerminal;
  const kept = keepServer(world.withServer);
  const env = lineEnvironment({ ...flags, color: isColored }, world.env);
  const session = startSession({ commands, shellCommands, world, env, kept, isColored });
  try {
    if (!world.isInputTerminal || !world.isOutputTerminal) return await runScript(session, world);
    world.print(await greeting(kept, { flags, clock }));
    const editor = openEditor(world);
    const page = { ...editor.page, print: world.print };
    return await converse({
      ...{ session, world, follow, editor },
      names: liveNames({ kept, flags, clock }),
      showPaged: flags.pager ? (lines) => showPaged(lines, page) : undefined,
    });
  } finally {
    kept.close();
  }
}
