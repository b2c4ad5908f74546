import assert from "node:assert/strict";
import { shellFlags } from "../command_flags.ts";
import { flagValues } from "../flags.ts";
import { converse } from "./conversation.ts";
import type { EditOutcome, EditRequest } from "./editor.ts";
import { follow } from "../follow.ts";
import { greeting } from "./greeting.ts";
import { keepServer } from "./kept_server.ts";
import { shellCommands } from "../grammar.ts";
import { startSession } from "./session.ts";
import { fakeDaemon, fakeWorld, rows } from "./shell_testing.ts";

const flags = flagValues(shellFlags, new Map(), () => undefined);

/** A shell with a person who does what the test says. */
function startShell({ isPaged = false, daemon = fakeDaemon(), isColored = false } = {}) {
  const world = fakeWorld({ daemon });
  const kept = keepServer(world.withServer);
  const session = startSession({
    commands: rows,
    shellCommands,
    world,
    env: world.env,
    kept,
    isColored,
  });
  const pages: (readonly string[])[] = [];
  let asked = Promise.withResolvers<void>();
  let answer: ((outcome: EditOutcome) => void) | undefined;
  let pressKey: (() => void) | undefined;
  const state = { isClosed: false };
  const editor = {
    edit({ signal }: EditRequest) {
      return new Promise<EditOutcome>((resolve) => {
        answer = resolve;
        signal.addEventListener("abort", () => resolve({ kind: "end" }));
        asked.resolve();
      });
    },
    anyKey: (signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        pressKey = resolve;
        signal.addEventListener("abort", () => resolve());
      }),
    page: {
      rows: () => Infinity,
      note: () => {},
      key: () => Promise.resolve(null),
    },
    close: () => {
      state.isClosed = true;
    },
  };
  const ended = converse({
    ...{ session, editor, world, follow },
    names: () => Promise.resolve([]),
    showPaged: isPaged ? (lines) => Promise.resolve(void pages.push(lines)) : undefined,
  }).finally(kept.close);
  /** Resolves at the next prompt. */
  const give = async (outcome: EditOutcome) => {
    await asked.promise;
    asked = Promise.withResolvers();
    answer?.(outcome);
  };
  return {
    ...{ world, ended, pages, state, daemon },
    type: (text: string) => give({ kind: "line", text }),
    interrupt: () => give({ kind: "interrupted" }),
    leave: () => give({ kind: "end" }),
    prompted: () => asked.promise,
    pressKey: () => pressKey?.(),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

Deno.test("lines are run until one leaves, and what fails is no matter to the exit code", async () => {
  for (const last of ["quit", "ex"]) {
    const shell = startShell();
    for (const line of ["show backends", "nope", "", last]) await shell.type(line);
    assert.equal(await shell.ended, 0);
    assert.deepEqual(shell.world.said, ["backends as text", '! maglev: unknown command "nope"']);
    assert.ok(shell.state.isClosed);
  }
});

Deno.test("Ctrl-D leaves, and Ctrl-C at the prompt does not", async () => {
  const shell = startShell();
  await shell.interrupt();
  await shell.interrupt();
  await shell.prompted();
  shell.world.signal("SIGINT");
  await shell.type("show backends");
  await shell.leave();
  assert.equal(await shell.ended, 0);
  assert.deepEqual(shell.world.said, ["backends as text"]);
});

Deno.test("errors are red where colour is on", async () => {
  const shell = startShell({ isColored: true });
  await shell.type("nope");
  await shell.leave();
  await shell.ended;
  assert.deepEqual(shell.world.said, ['! \u001b[31mmaglev: unknown command "nope"\u001b[0m']);
});

Deno.test("Ctrl-C stops the command that runs, whatever it waits for", async () => {
  const daemon = fakeDaemon();
  const shell = startShell({ daemon });
  daemon.state = "silent";
  await shell.type("show version");
  await turn();
  shell.world.signal("SIGINT");
  await shell.prompted();
  daemon.state = "up";
  await shell.type("show version");
  await shell.leave();
  await shell.ended;
  assert.deepEqual(shell.world.said, ["", "version 9.9.9"]);
});

Deno.test("any key ends what would go on for ever", async () => {
  const shell = startShell();
  await shell.type("watch events");
  await turn();
  assert.deepEqual(shell.world.said, ["event"]);
  shell.pressKey();
  await shell.type("show backends");
  await shell.leave();
  assert.equal(await shell.ended, 0);
  assert.deepEqual(shell.world.said, ["event", "backends as text"]);
});

Deno.test("SIGTERM and SIGHUP end the shell, at the prompt and in a command", async () => {
  for (const [signal, code] of [["SIGTERM", 143], ["SIGHUP", 129]] as const) {
    const idle = startShell();
    await idle.prompted();
    idle.world.signal(signal);
    assert.equal(await idle.ended, code);
    const busy = startShell();
    await busy.type("watch events");
    await turn();
    busy.world.signal(signal);
    assert.equal(await busy.ended, code);
    assert.ok(idle.state.isClosed && busy.state.isClosed);
  }
});

Deno.test("with a pager, an answer is shown whole", async () => {
  const shell = startShell({ isPaged: true });
  await shell.type("show backends");
  await shell.type("watch events");
  await turn();
  shell.pressKey();
  await shell.leave();
  await shell.ended;
  assert.deepEqual(shell.pages, [["backends as text"]]);
  assert.deepEqual(shell.world.said, ["event"]);
});

Deno.test("the greeting tells both versions in one line, or why it does not", async () => {
  const daemon = fakeDaemon();
  const { clock, withServer } = fakeWorld({ daemon });
  const greet = async () => {
    const kept = keepServer(withServer);
    const text = greeting(kept, { flags, clock });
    await clock.advance(1_000);
    return (await text.finally(kept.close)).replace(/^maglev \S+/, "maglev X");
  };
  const own = "maglev X (from source), ";
  assert.equal(await greet(), `${own}daemon at localhost:9090: maglev 9.9.9 (from source)`);
  daemon.state = "silent";
  assert.equal(await greet(), `${own}localhost:9090 does not answer`);
  daemon.state = "down";
  assert.equal(await greet(), `${own}cannot reach localhost:9090: connection refused`);
});
