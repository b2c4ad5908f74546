/**
 * `maglev version`
 *
 * @module
 */
import { build, versionLine } from "../../version.ts";
import { exitCodes, type Invocation } from "../command.ts";

/** Prints which maglev this is. */
export function runVersion({ world }: Pick<Invocation, "world">): number {
  world.print(versionLine(build));
  return exitCodes.ok;
}
