/**
 * Writes lines to a stream, whole or not at all.
 *
 * @module
 */

/**
 * A sink that writes whole lines, whatever part of one the writer takes at a time. Once the reader of
 * a pipe has gone away, it writes nothing more and returns false. It throws what else goes wrong.
 */
export function lineWriter(
  writer: { writeSync(bytes: Uint8Array): number },
): (line: string) => boolean {
  const encoder = new TextEncoder();
  let broken = false;
  return (line) => {
    if (broken) return false;
    let rest = encoder.encode(`${line}\n`);
    try {
      while (rest.length > 0) {
        const written = writer.writeSync(rest);
        if (written === 0) throw new Error("the writer takes no more bytes");
        rest = rest.subarray(written);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      broken = true;
    }
    return !broken;
  };
}
