import assert from "node:assert/strict";
import { withApiDaemon } from "./clients/api_daemon.ts";
import { program } from "./program.ts";
import { hasTerminals, openTerminal, type Terminal } from "./terminal.ts";

const prompt = "maglev> ";
const [tab, enter, up] = ["\t", "\r", "\u001b[A"];
const [ctrlC, ctrlD, ctrlU] = ["\u0003", "\u0004", "\u0015"];

/** What shells need to quote nothing of. */
const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(" ");

/** The program as `sh` runs it, which tells how the terminal was before and is afterwards. */
function throughShell(args: readonly string[]): readonly string[] {
  // Ctrl-C is for the program alone.
  const line = `trap : INT; before=$(stty -g); ${quoted([...program, ...args])}; code=$?; ` +
    `test "$before" = "$(stty -g)" && echo terminal same, code $code || echo terminal differs`;
  return ["sh", "-c", line];
}

interface ShellOptions {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
}

/** At a shell of maglev that asks this server; nobody else has its history. */
async function atShell(
  server: string,
  test: (terminal: Terminal) => Promise<void>,
  { args = ["shell"], env = {} }: ShellOptions = {},
): Promise<void> {
  const state = await Deno.makeTempDir({ prefix: "maglev-shell-" });
  const surroundings = { XDG_STATE_HOME: state, MAGLEV_SERVER: server, ...env };
  try {
    await using terminal = openTerminal(throughShell(args), {
      env: surroundings,
      rows: 40,
    });
    await terminal.until(/maglev> $/);
    await test(terminal);
  } finally {
    await Deno.remove(state, { recursive: true });
  }
}

/** Leaves, and the terminal is as it was found. */
async function leaveBy(terminal: Terminal, keys: string, code = 0): Promise<void> {
  terminal.type(keys);
  await terminal.until(`terminal same, code ${code}`);
  await terminal.ended();
}

/** The line that is edited. */
const lineOf = (screen: string) => screen.slice(screen.lastIndexOf(prompt) + prompt.length);

const atTerminal = (name: string, test: () => Promise<void>) =>
  Deno.test(name, { ignore: !hasTerminals }, test);

atTerminal("maglev alone on a terminal is the shell, which greets and leaves", async () => {
  await withApiDaemon(async ({ targets: [server] }) => {
    for (const leave of ["quit\r", "exit\r", ctrlD]) {
      await atShell(server, async (terminal) => {
        // It may be longer than the screen is wide.
        const shown = terminal.screen().replaceAll("\n", "");
        assert.match(shown, new RegExp(`maglev \\S+ \\([^)]*\\), daemon at ${server}: ?maglev`));
        await leaveBy(terminal, leave);
      }, { args: [] });
    }
  });
});

atTerminal("Tab completes in each place what may stand there", async () => {
  await withApiDaemon(async ({ targets: [server] }) => {
    await atShell(server, async (terminal) => {
      const unique: [string, string][] = [
        ["sho", "show"],
        ["show ba", "show backends"],
        ["show backends so", "show backends sorry"],
        ["show frontends ", "show frontends www"],
        ["show healthchecks w", "show healthchecks web"],
        ["set backend web2 pa", "set backend web2 pause"],
        ["set frontend www pool l", "set frontend www pool last-resort"],
        [
          "set frontend www pool last-resort backend ",
          "set frontend www pool last-resort backend sorry",
        ],
        ["show version --out", "show version --output"],
        ["show version -o y", "show version -o yaml"],
        // What is common to several.
        ["show backends w", "show backends web"],
      ];
      for (const [typed, completed] of unique) {
        terminal.type(`${typed}${tab}`);
        await terminal.until(new RegExp(`maglev> ${completed} ?$`));
        terminal.type(ctrlU);
        await terminal.until(/maglev> $/);
      }
      terminal.type(`show backends web${tab}${tab}`);
      const listed = await terminal.until(/web1\s+web2[^]*maglev> show backends web$/);
      assert.equal(lineOf(listed), "show backends web");
      terminal.type(ctrlU);
      await terminal.until(/maglev> $/);
      for (const typed of ["nope ", "show backends zzz", "show version -o x", "show 'we"]) {
        terminal.type(`${typed}${tab}!`);
        const screen = await terminal.until(/!$/);
        assert.equal(lineOf(screen), `${typed}!`);
        terminal.type(ctrlU);
        await terminal.until(/maglev> $/);
      }
      await leaveBy(terminal, ctrlD);
    });
  });
});

atTerminal("Tab gives up on a daemon that is gone or silent, without a word", async () => {
  using silent = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const conns: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const conn of silent) conns.push(conn);
  })();
  const address = `127.0.0.1:${(silent.addr as Deno.NetAddr).port}`;
  for (const server of [address, "unix:/nowhere/at.sock"]) {
    await atShell(server, async (terminal) => {
      const begun = performance.now();
      terminal.type(`show backends ${tab}x`);
      const screen = await terminal.until(/show backends x$/);
      assert.ok(performance.now() - begun < 2_500, "it took too long");
      assert.doesNotMatch(lineOf(screen), /maglev:|error/);
      await leaveBy(terminal, `${ctrlU}${ctrlD}`);
    });
  }
  silent.close();
  await accepting;
  conns.forEach((conn) => conn.close());
});

atTerminal("? shows what may follow and is not inserted", async () => {
  await withApiDaemon(async ({ targets: [server] }) => {
    await atShell(server, async (terminal) => {
      const cases: [string, RegExp][] = [
        ["", /\bshow\b[^]*\bquit +\S/],
        ["sh", /show +\S/],
        ["show backends ", /<backend> +\S/],
        ["set backend web1 ", /pause +\S[^]*resume +\S/],
        ["show version --tls-", /--tls-ca FILE +\S/],
        ["nope ", /unknown command "nope"|unknown word "nope"/],
      ];
      for (const [typed, shown] of cases) {
        terminal.type(`${typed}?`);
        const text = `${shown.source}[^]*maglev> ${typed.trimEnd()} ?$`;
        await terminal.until(new RegExp(text));
        terminal.type(`${ctrlU}\u000c`);
        await terminal.until(/^maglev> $/);
      }
      await leaveBy(terminal, ctrlD);
    });
  });
});

atTerminal("lines come back from the history, also in the next shell", async () => {
  await withApiDaemon(async ({ targets: [server] }) => {
    const state = await Deno.makeTempDir();
    const env = { XDG_STATE_HOME: state };
    await atShell(server, async (terminal) => {
      terminal.type(`version${enter}`);
      await terminal.until(/maglev> version\s[^]*maglev> $/);
      terminal.type(up);
      await terminal.until(/maglev> version$/);
      await leaveBy(terminal, `${ctrlU}${ctrlD}`);
    }, { env });
    await atShell(server, async (terminal) => {
      terminal.type(up);
      await terminal.until(/maglev> version$/);
      await leaveBy(terminal, `${ctrlU}${ctrlD}`);
    }, { env });
    await Deno.remove(state, { recursive: true });
  });
});

atTerminal("Ctrl-C drops the line, and stops a command that waits", async () => {
  using silent = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const conns: Deno.Conn[] = [];
  const accepting = (async () => {
    for await (const conn of silent) conns.push(conn);
  })();
  const server = `127.0.0.1:${(silent.addr as Deno.NetAddr).port}`;
  await atShell(server, async (terminal) => {
    terminal.type(`nope${ctrlC}`);
    await terminal.until(/nope[^]*maglev> $/);
    terminal.type(ctrlC);
    terminal.type(`show version --timeout 60s${enter}`);
    await terminal.until(/60s\s+maglev \S+ \(/);
    terminal.type(ctrlC);
    await terminal.until(/60s[^]*maglev> $/);
    assert.doesNotMatch(terminal.screen(), /unknown|cancelled/);
    await leaveBy(terminal, ctrlD);
  });
  silent.close();
  await accepting;
  conns.forEach((conn) => conn.close());
});

atTerminal("any key ends watch, and is not typed; so does Ctrl-C", async () => {
  await withApiDaemon(async ({ targets: [server] }) => {
    await atShell(server, async (terminal) => {
      for (const key of ["x", " ", enter, ctrlC, up]) {
        terminal.type(`watch events${enter}`);
        await terminal.until(/maglev> watch events\n[^]*\{/);
        terminal.type(key);
        const screen = await terminal.until(/maglev> $/);
        assert.equal(lineOf(screen), "");
        assert.doesNotMatch(screen, /cancelled|maglev: /);
        terminal.type("\u000c");
        await terminal.until(/^maglev> $/);
      }
      await leaveBy(terminal, ctrlD);
    });
  });
});

atTerminal("a daemon that went away is told of, and the shell goes on", async () => {
  const folder = await Deno.makeTempDir();
  const server = `unix:${folder}/api.sock`;
  const found = /show version\s[^]*daemon at unix[^]*maglev> $/;
  const clear = async (terminal: Terminal) => {
    terminal.type("\u000c");
    await terminal.until(/^maglev> $/);
  };
  await atShell(server, async (terminal) => {
    await withApiDaemon(async () => {
      await clear(terminal);
      terminal.type(`show version${enter}`);
      await terminal.until(found);
    }, { addresses: server });
    await clear(terminal);
    terminal.type(`show version${enter}`);
    await terminal.until(/maglev: cannot reach unix:[^]*maglev> $/);
    await withApiDaemon(async () => {
      await clear(terminal);
      terminal.type(`show version${enter}`);
      await terminal.until(found);
    }, { addresses: server });
    await leaveBy(terminal, ctrlD);
  });
  await Deno.remove(folder, { recursive: true });
});

atTerminal("the terminal is as it was found, also after a signal", async () => {
  await withApiDaemon(async ({ targets: [server] }) => {
    for (const begun of ["", "half a li", `watch events${enter}`]) {
      await atShell(server, async (terminal) => {
        terminal.type(begun);
        await terminal.until(begun.trimEnd() || prompt);
        terminal.signal("SIGTERM");
        await terminal.until("terminal same, code 143");
        assert.equal(terminal.marksPastes(), false);
        await terminal.ended();
      });
    }
  });
});

atTerminal("a long answer is shown a page at a time if that is wanted", async () => {
  const server = "unix:/nowhere/at.sock";
  await atShell(server, async (terminal) => {
    terminal.type(`version${enter}`);
    assert.doesNotMatch(await terminal.until(/version\s[^]*maglev> $/), /more/);
    terminal.type(`config schema${enter}`);
    await terminal.until(/-- more[^]*$/);
    terminal.type(" ");
    await terminal.until(/-- more[^]*$/);
    terminal.type("q");
    await terminal.until(/maglev> $/);
    await leaveBy(terminal, ctrlD);
  }, { args: ["shell", "--pager"] });
});
