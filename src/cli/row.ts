/**
 * The words of a row of the command table, and what may follow what.
 *
 * `watch events [num <n>] [log [level <level>]]` is read into elements. Each word of a line takes
 * one of them away, and what is left says how the line may go on: in any order through optional
 * elements that stand side by side, each once.
 *
 * @module
 */

/** A fixed word of a row, or a slot that any word fits. */
export interface Token {
  readonly kind: "word" | "slot";
  /** As it is written: `backend`, `<backend>`. */
  readonly text: string;
  /** Under which a command is told of it: `backend` for both. */
  readonly name: string;
  /** The fixed word of the row before it, which may give it another meaning; empty at the start. */
  readonly after: string;
  /** Whether a command is told of it: a slot, or a word that might as well not be there. */
  readonly isTold: boolean;
  /** Whether the words that follow fit it, too. */
  readonly isRepeated: boolean;
}

/** A part of a row: one of some tokens, or elements that may be left out together. */
export type Element =
  | { readonly kind: "one"; readonly of: readonly Token[] }
  | { readonly kind: "optional"; readonly elements: readonly Element[] };

/** A token that may come next, and what is left after it. */
export interface Step {
  readonly token: Token;
  readonly rest: readonly Element[];
}

/**
 * Reads a row: words, `<slots>`, `<slots>...` that take all words left, `[what may be left out]` and
 * `one|of|several`.
 */
export function rowElements(words: string): readonly Element[] {
  const symbols = words.match(/[[\]]|[^[\] ]+/g) ?? [];
  return readElements(symbols.values(), { after: "", isOptional: false });
}

function readElements(
  symbols: IteratorObject<string>,
  { after, isOptional }: { readonly after: string; readonly isOptional: boolean },
): readonly Element[] {
  const elements: Element[] = [];
  let before = after;
  for (let next = symbols.next(); !next.done && next.value !== "]"; next = symbols.next()) {
    if (next.value === "[") {
      const inner = readElements(symbols, { after: before, isOptional: true });
      elements.push({ kind: "optional", elements: inner });
      continue;
    }
    const choices = next.value.split("|");
    const isTold = isOptional || choices.length > 1;
    const of = choices.map((text) => readToken(text, before, isTold));
    elements.push({ kind: "one", of });
    if (of.length === 1 && of[0]?.kind === "word") before = of[0].text;
  }
  return elements;
}

function readToken(symbol: string, after: string, isTold: boolean): Token {
  const [, name, rest] = /^<([^>]+)>(\.\.\.)?$/.exec(symbol) ?? [];
  if (name === undefined) {
    return { kind: "word", text: symbol, name: symbol, after, isTold, isRepeated: false };
  }
  const isRepeated = rest !== undefined;
  return { kind: "slot", text: `<${name}>`, name, after, isTold: true, isRepeated };
}

/** All that may come next where these elements are left. */
export function nextSteps(elements: readonly Element[]): readonly Step[] {
  const steps: Step[] = [];
  for (const [index, element] of elements.entries()) {
    if (element.kind === "one") {
      const rest = elements.slice(index + 1);
      const again: Element = { kind: "optional", elements: [element] };
      const own = element.of.map((token) => ({
        token,
        rest: token.isRepeated ? [again, ...rest] : rest,
      }));
      return [...steps, ...own];
    }
    const others = elements.toSpliced(index, 1);
    for (const { token, rest } of nextSteps(element.elements)) {
      steps.push({ token, rest: [...rest, ...others] });
    }
  }
  return steps;
}

/** Whether a line may end where these elements are left. */
export function isFinal(elements: readonly Element[]): boolean {
  return elements.every(({ kind }) => kind === "optional");
}

/** Every token of these elements, in the order of the row. */
export function tokensOf(elements: readonly Element[]): readonly Token[] {
  return elements.flatMap((element) =>
    element.kind === "one" ? element.of : tokensOf(element.elements)
  );
}
