/**
 * Keys, as a terminal sends them: bytes in chunks of any size.
 *
 * @module
 */

/** What a person did at the keyboard. */
export type Key =
  /** One character that is to be seen. */
  | { readonly kind: "text"; readonly text: string }
  /** A key with a name: `enter`, `up`, `ctrl-a`, `alt-b`, `ctrl-right`. Shift tells only tabs apart. */
  | { readonly kind: "named"; readonly name: string }
  /** What was pasted, in one piece. It may have several lines. */
  | { readonly kind: "paste"; readonly text: string };

/** Turns bytes into keys. */
export interface KeyReader {
  /**
   * Whether what came so far may be a key by itself or the beginning of a longer one. Only time tells:
   * a person does not go on within 50 ms, a terminal does.
   */
  readonly isUndecided: boolean;
  /** The keys that are complete with these bytes. */
  feed(bytes: Uint8Array): Key[];
  /** The keys for what is undecided, now that nothing followed. */
  settle(): Key[];
}

/** More than this of one paste is dropped. */
const LONGEST_PASTE = 1 << 20;
/** No terminal sends a longer sequence for a key. */
const LONGEST_SEQUENCE = 64;

const ESC = "\u001b";
const pasteBegin = `${ESC}[200~`;
const pasteEnd = `${ESC}[201~`;

/** What follows ESC in a sequence. The Linux console's F1 … F5 begin with two brackets. */
const sequence = /^(?:\[\[[^]|\[([0-?]*)[ -/]*([@-Z\\-~])|O([\d;]*)([@-~]))/;
const sequenceBegin = /^(?:\[\[?|\[[0-?]*[ -/]*|O[\d;]*)?$/;
const brokenSequence = /^(?:\[[0-?]*[ -/]*|O[\d;]*)(?=[^ -~])/;
const notShown = /[\p{Cc}\ufffd]/u;

/** Makes a {@link KeyReader}. Sequences that no key of ours has are dropped. */
export function keyReader(): KeyReader {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  /** What came and is no key yet. */
  let pending = "";
  /** What was pasted so far, while the end of the paste is still to come. */
  let pasted: string | undefined;

  /** Moves what is certain to belong to the paste; its end may be cut in two. */
  const takePaste = (before: string): Key[] => {
    const end = pending.indexOf(pasteEnd);
    // A terminal that lost the end of a paste must not lock its owner in.
    const interrupt = pending.indexOf("\u0003");
    if (interrupt >= 0 && (end < 0 || interrupt < end)) {
      pasted = undefined;
      pending = pending.slice(interrupt);
      return [];
    }
    const kept = end < 0 ? pending.length - lengthOfBegunEnd(pending) : end;
    const text = (before + pending.slice(0, kept)).slice(0, LONGEST_PASTE);
    pending = pending.slice(end < 0 ? kept : end + pasteEnd.length);
    pasted = end < 0 ? text : undefined;
    return end < 0 ? [] : [{ kind: "paste", text }];
  };

  /** The keys of the sequence that `pending` begins with; undefined while the rest is to come. */
  const takeSequence = (): Key[] | undefined => {
    if (pending.startsWith(pasteBegin)) {
      pending = pending.slice(pasteBegin.length);
      pasted = "";
      return [];
    }
    // A second ESC before a sequence stands for Alt.
    const escapes = pending.startsWith(ESC + ESC) ? 2 : 1;
    const rest = pending.slice(escapes);
    // Whatever else has come with it decides nothing: it might as well come later.
    const begun = rest.slice(0, LONGEST_SEQUENCE);
    const whole = sequence.exec(begun);
    if (whole !== null) {
      pending = rest.slice(whole[0].length);
      const [, parameters = "", final = "", ss3Parameters = "", ss3Final = ""] = whole;
      const name = ss3Final === ""
        ? nameOfSequence(parameters, final)
        : nameOfSs3(ss3Parameters, ss3Final);
      return name === undefined ? [] : [named(escapes === 2 ? withAlt(name) : name)];
    }
    if (sequenceBegin.test(begun)) {
      if (begun.length < LONGEST_SEQUENCE) return undefined;
      pending = rest.slice(LONGEST_SEQUENCE);
      return [];
    }
    const broken = brokenSequence.exec(begun);
    pending = broken === null ? pending.slice(1) : rest.slice(broken[0].length);
    if (broken !== null) return [];
    if (escapes === 2) return [named("escape")];
    return takeCharacter().map((key) => named(withAlt(key.kind === "named" ? key.name : key.text)));
  };

  const takeCharacter = (): Key[] => {
    const character = String.fromCodePoint(pending.codePointAt(0) ?? 0);
    pending = pending.slice(character.length);
    const name = nameOfControl(character);
    if (name !== undefined) return [named(name)];
    return notShown.test(character) ? [] : [{ kind: "text", text: character }];
  };

  const take = (): Key[] => {
    const keys: Key[] = [];
    while (pending !== "") {
      if (pasted !== undefined) {
        keys.push(...takePaste(pasted));
        if (pasted !== undefined) break;
      } else if (pending.startsWith(ESC)) {
        const some = takeSequence();
        if (some === undefined) break;
        keys.push(...some);
      } else {
        keys.push(...takeCharacter());
      }
    }
    return keys;
  };

  return {
    get isUndecided() {
      return pasted === undefined && isUndecided(pending);
    },
    feed(bytes) {
      pending += decoder.decode(bytes, { stream: true });
      return take();
    },
    settle() {
      if (pasted !== undefined || !isUndecided(pending)) return [];
      const last = pending.at(-1) ?? "";
      pending = "";
      return [named(last === ESC ? "escape" : `alt-${last}`)];
    },
  };
}

function named(name: string): Key {
  return { kind: "named", name };
}

/** Whether it is ESC, Alt with one of the characters that begin a sequence, or the begin of one. */
function isUndecided(text: string): boolean {
  return [ESC, ESC + ESC].some((escapes) => ["", "[", "O"].some((rest) => text === escapes + rest));
}

function withAlt(name: string): string {
  if (name.startsWith("alt-") || name.startsWith("ctrl-alt-")) return name;
  return name.startsWith("ctrl-") ? `ctrl-alt-${name.slice(5)}` : `alt-${name}`;
}

/** How much of the end of the text may be the beginning of the end of a paste. */
function lengthOfBegunEnd(text: string): number {
  for (let length = Math.min(text.length, pasteEnd.length - 1); length > 0; length--) {
    if (text.endsWith(pasteEnd.slice(0, length))) return length;
  }
  return 0;
}

function nameOfControl(character: string): string | undefined {
  switch (character) {
    case "\r":
    case "\n":
      return "enter";
    case "\t":
      return "tab";
    case "\u007f":
      return "backspace";
  }
  const code = character.charCodeAt(0);
  return code >= 1 && code <= 26 ? `ctrl-${String.fromCharCode(code + 96)}` : undefined;
}

const namesByFinal = new Map(Object.entries({
  ...{ A: "up", B: "down", C: "right", D: "left", H: "home", F: "end" },
  Z: "shift-tab",
}));

/** What stands before `~`, or `^` where rxvt means Ctrl. */
const namesByNumber = new Map(Object.entries({
  ...{ 1: "home", 3: "delete", 4: "end", 5: "page-up", 6: "page-down", 7: "home", 8: "end" },
}));

/** A CSI sequence: `ESC [ <number> ; <1 + modifiers> <final>`. */
function nameOfSequence(parameters: string, final: string): string | undefined {
  const [number = "", modifiers] = parameters.split(";");
  if (final === "^") return withModifiers(namesByNumber.get(number), 4);
  const name = final === "~" ? namesByNumber.get(number) : namesByFinal.get(final);
  return withModifiers(name, Number(modifiers ?? 1) - 1);
}

/** An SS3 sequence, `ESC O <final>`: cursor keys in application mode. In rxvt, small letters mean Ctrl. */
function nameOfSs3(parameters: string, final: string): string | undefined {
  if (/[a-d]/.test(final)) return withModifiers(namesByFinal.get(final.toUpperCase()), 4);
  const modifiers = parameters.split(";").at(-1) ?? "";
  return withModifiers(namesByFinal.get(final), modifiers === "" ? 0 : Number(modifiers) - 1);
}

/** Bits: 1 is Shift, 2 Alt, 4 Ctrl. */
function withModifiers(name: string | undefined, bits: number): string | undefined {
  if (name === undefined) return undefined;
  return (bits & 4 ? "ctrl-" : "") + (bits & 2 ? "alt-" : "") + name;
}
