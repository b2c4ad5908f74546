/**
 * A page of the documentation as a story that can be acted: what stands in its blocks `console` is run,
 * and comments of the form `<!-- test: … -->` say what happens in between.
 *
 * @module
 */

/** A command with the lines that it should print. */
export interface ShownCommand {
  /** Where it stands in the page; the first line is 1. */
  readonly line: number;
  readonly command: string;
  readonly expected: readonly string[];
}

/** What a page says, in its order. */
export type Step =
  | { readonly kind: "act"; readonly line: number; readonly act: string }
  | { readonly kind: "file"; readonly line: number; readonly path: string; readonly text: string }
  | { readonly kind: "command"; readonly shown: ShownCommand };

/** A block between fences. */
export interface Block {
  /** Where its first line of text stands. */
  readonly line: number;
  readonly language: string;
  readonly lines: readonly string[];
  /** What the comment right before it says. */
  readonly comment: string | undefined;
}

const commentPattern = /^<!-- test: (.*) -->$/;

/** The blocks of a page, and the comments that stand alone. */
function partsOf(
  page: string,
): readonly (Block | { readonly line: number; readonly act: string })[] {
  const parts: (Block | { readonly line: number; readonly act: string })[] = [];
  let comment: { readonly line: number; readonly act: string } | undefined;
  let open:
    | { readonly language: string; readonly line: number; readonly lines: string[] }
    | undefined;
  for (const [index, text] of page.split("\n").entries()) {
    const line = index + 1;
    const fence = /^\s*```(\w*)\s*$/.exec(text);
    if (open !== undefined && fence === null) open.lines.push(text);
    else if (open !== undefined) {
      const isFile = comment?.act.startsWith("file ") ?? false;
      if (comment !== undefined && !isFile) parts.push(comment);
      parts.push({ ...open, comment: isFile ? comment?.act : undefined });
      open = comment = undefined;
    } else if (fence !== null) {
      open = { language: fence[1] ?? "", line: line + 1, lines: [] };
    } else {
      const act = commentPattern.exec(text)?.[1];
      if (act === undefined) continue;
      if (comment !== undefined) parts.push(comment);
      comment = { line, act };
    }
  }
  if (open !== undefined) throw new Error(`the block at line ${open.line} has no end`);
  return comment === undefined ? parts : [...parts, comment];
}

/** The blocks of a page. */
export function blocksOf(page: string): readonly Block[] {
  return partsOf(page).flatMap((part) => "act" in part ? [] : [part]);
}

/** The story that a page tells. */
export function storyOf(page: string): readonly Step[] {
  return partsOf(page).flatMap((part): readonly Step[] => {
    if ("act" in part) return [{ kind: "act", ...part }];
    const { line, language, lines, comment } = part;
    const path = comment?.slice("file ".length);
    if (path !== undefined) return [{ kind: "file", line, path, text: `${lines.join("\n")}\n` }];
    if (language !== "console") return [];
    return commandsOf(part).map((shown) => ({ kind: "command", shown }));
  });
}

/** The commands of a block, each with what stands below it. A backslash at the end goes on. */
function commandsOf({ line: first, lines }: Block): readonly ShownCommand[] {
  const commands: { line: number; command: string; expected: string[] }[] = [];
  let goesOn = false;
  for (const [index, text] of lines.entries()) {
    const last = commands.at(-1);
    if (goesOn && last !== undefined) last.command += `\n${text}`;
    else if (text.startsWith("$ ")) {
      commands.push({ line: first + index, command: text.slice(2), expected: [] });
    } else if (last === undefined) throw new Error(`line ${first + index}: no command before this`);
    else last.expected.push(text);
    goesOn = text.endsWith("\\") && (goesOn || text.startsWith("$ "));
  }
  return commands;
}
