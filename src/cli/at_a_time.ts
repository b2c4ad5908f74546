/**
 * Many calls over one connection, some of them at a time.
 *
 * @module
 */
import { RpcError } from "../rpc/status.ts";

/** Enough to keep a connection busy, and far from the streams that a server allows. */
const callsAtATime = 32;

/**
 * What a call says about each name, in the order of the names. A name that is gone when its turn
 * comes, because the file was reloaded meanwhile, is left out. The first other error ends it all.
 */
export async function askAboutEach<T>(
  names: readonly string[],
  ask: (name: string) => Promise<T>,
): Promise<readonly T[]> {
  const answers: (T | undefined)[] = new Array(names.length);
  const left = names.entries();
  let hasFailed = false;
  const work = async () => {
    for (const [index, name] of left) {
      try {
        answers[index] = await ask(name);
      } catch (error) {
        if (error instanceof RpcError && error.code === "NOT_FOUND") continue;
        hasFailed = true;
        throw error;
      }
      if (hasFailed) return;
    }
  };
  await Promise.all(Array.from({ length: callsAtATime }, work));
  return answers.filter((answer) => answer !== undefined);
}
