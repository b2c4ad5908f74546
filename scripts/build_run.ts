/**
 * Runs programs for the build.
 *
 * @module
 */

/**
 * Runs a program to its end and returns what it wrote.
 *
 * @throws {Error} It failed; the message has what it complained about.
 */
export async function run(
  [command = "", ...args]: readonly string[],
  options: Pick<Deno.CommandOptions, "cwd" | "env"> = {},
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args, ...options })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (!success) throw new Error(`${command} ${args[0]} failed: ${text(stderr)}`);
  return text(stdout);
}
