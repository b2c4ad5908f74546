/**
 * In which form a command answers.
 *
 * @module
 */
import { UsageError } from "../flags.ts";
import { formatJson, formatJsonLines } from "./json.ts";
import { formatYaml } from "./yaml.ts";

/** For people, or for programs. */
export type OutputForm = "text" | DataForm;

/** A form for programs. */
export type DataForm = keyof typeof dataForms;

const dataForms = {
  json: (value: unknown) => [formatJson(value)],
  jsonl: formatJsonLines,
  yaml: formatYaml,
} as const;

/**
 * Reads the flag that says it.
 *
 * @throws {UsageError} There is no such form.
 */
export function outputForm(text: string): OutputForm {
  const forms = ["text", ...Object.keys(dataForms)];
  if (forms.includes(text)) return text as OutputForm;
  throw new UsageError(`--output takes ${forms.join(", ")}, not ${JSON.stringify(text)}`);
}

/** The lines of some data. */
export function formatData(form: DataForm, value: unknown): readonly string[] {
  return dataForms[form](value);
}
