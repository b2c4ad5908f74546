/**
 * Which keys move the cursor and remove text.
 *
 * @module
 */
import {
  type Line,
  type Motion,
  move,
  remove,
  removed,
  toBlankBefore,
  toCharacterAfter,
  toCharacterBefore,
  toEnd,
  toStart,
  toWordAfter,
  toWordBefore,
  transpose,
} from "./line.ts";

/** What became of a line. */
export interface Edited {
  readonly line: Line;
  /** What was removed to be brought back by Ctrl-Y. */
  readonly killed?: string;
  /** Whether that stood before the cursor. */
  readonly isBackwards?: boolean;
}

const moves = new Map<string, Motion>(Object.entries({
  ...{ "ctrl-a": toStart, home: toStart, "ctrl-e": toEnd, end: toEnd },
  ...{ "ctrl-b": toCharacterBefore, left: toCharacterBefore },
  ...{ "ctrl-f": toCharacterAfter, right: toCharacterAfter },
  ...{ "alt-b": toWordBefore, "ctrl-left": toWordBefore, "alt-left": toWordBefore },
  ...{ "alt-f": toWordAfter, "ctrl-right": toWordAfter, "alt-right": toWordAfter },
}));

/** Removals of what is not kept. */
const removals = new Map<string, Motion>(Object.entries({
  ...{ backspace: toCharacterBefore, "ctrl-h": toCharacterBefore },
  ...{ delete: toCharacterAfter, "ctrl-d": toCharacterAfter },
}));

/** Removals of what Ctrl-Y brings back. */
const kills = new Map<string, Motion>(Object.entries({
  ...{ "ctrl-k": toEnd, "ctrl-u": toStart, "ctrl-w": toBlankBefore },
  ...{ "alt-d": toWordAfter, "ctrl-delete": toWordAfter },
  ...{ "alt-backspace": toWordBefore, "ctrl-alt-h": toWordBefore },
}));

/** What a key does to a line; undefined for a key that does nothing of this kind. */
export function editOf(name: string): ((line: Line) => Edited) | undefined {
  if (name === "ctrl-t") return (line) => ({ line: transpose(line) });
  const motion = moves.get(name);
  if (motion !== undefined) return (line) => ({ line: move(line, motion) });
  const removal = removals.get(name);
  if (removal !== undefined) return (line) => ({ line: remove(line, removal) });
  const kill = kills.get(name);
  if (kill === undefined) return undefined;
  return (line) => ({
    line: remove(line, kill),
    killed: removed(line, kill),
    isBackwards: kill(line) < line.cursor,
  });
}
