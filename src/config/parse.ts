/**
 * YAML text to a {@link Document}.
 *
 * @module
 */
import { parseEvents, YAMLException } from "js-yaml";
import { Composer, Stop } from "./compose.ts";
import { type Document, needsQuotes } from "./document.ts";

/** Parses a file's text, which must be one YAML document. */
export function parseDocument(text: string): Document {
  try {
    return new Composer(text).compose(parseEvents(text, {}));
  } catch (error) {
    if (error instanceof Stop) return { root: null, defects: [error.defect] };
    if (!(error instanceof YAMLException)) throw error;
    const offset = error.mark?.position ?? 0;
    return { root: null, defects: [{ offset, message: explain(error.reason, text, offset) }] };
  }
}

/** The parser's reason, unless the line holds the mistake that operators make most often. */
function explain(reason: string, text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, Math.min(end < 0 ? text.length : end, start + 1_000));
  const address = /(?<![\w:"'])([\da-f]{1,4}(:[\da-f]{1,4})*::)(?=[\s,}\]]|$)/i.exec(line)?.[1];
  return address === undefined ? `not YAML: ${reason}` : needsQuotes(address);
}
