/**
 * Collects what is wrong while a document is read, with the path and place of each thing.
 *
 * @module
 */
import type { Path, Stage } from "./finding.ts";

/** A finding before its place is turned into line and column, and its suggestion looked up. */
export interface Spotted {
  readonly stage: Stage;
  readonly offset: number;
  readonly path: Path;
  readonly message: string;
  /** A word that is not among the candidates; one that is close is suggested. */
  readonly mistaken?: Mistaken;
}

/** A wrong word and the right ones. */
export interface Mistaken {
  readonly word: string;
  readonly candidates: Iterable<string>;
}

/** More findings of a stage than these are counted and not kept: a hostile file has millions. */
const keptAtMost = 10_000;

/** One use: walks along while a document is read. */
export class Reader {
  readonly spotted: Spotted[] = [];
  /** How many findings of each stage there were beyond the ones that are kept. */
  readonly dropped: Record<Stage, number> = { structure: 0, meaning: 0, warning: 0 };
  readonly #kept: Record<Stage, number> = { structure: 0, meaning: 0, warning: 0 };
  readonly #path: (string | number)[] = [];
  readonly #places: number[] = [];

  /** Where the key or the list item stands whose value is being read. */
  get place(): number {
    return this.#places.at(-1) ?? 0;
  }

  /** Reads what stands below a key or an index, which itself stands at `place`. */
  below<T>(segment: string | number, place: number, read: () => T): T {
    this.#path.push(segment);
    this.#places.push(place);
    try {
      return read();
    } finally {
      this.#path.pop();
      this.#places.pop();
    }
  }

  /** Reports something about the value that is being read. */
  report(stage: Stage, offset: number, message: string, mistaken?: Mistaken): void {
    if (this.#kept[stage] === keptAtMost) {
      this.dropped[stage]++;
      return;
    }
    this.#kept[stage]++;
    const finding = { stage, offset, path: [...this.#path], message };
    this.spotted.push(mistaken === undefined ? finding : { ...finding, mistaken });
  }
}
