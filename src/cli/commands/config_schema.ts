/**
 * `maglev config schema`
 *
 * @module
 */
import { jsonSchema } from "../../config/mod.ts";
import { exitCodes, type Invocation } from "../command.ts";

/** Prints the JSON Schema of the configuration file. */
export function runConfigSchema({ world }: Invocation): number {
  world.print(JSON.stringify(jsonSchema(), null, 2));
  return exitCodes.ok;
}
