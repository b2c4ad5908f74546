/**
 * Makes an input that fails smaller, as long as it fails.
 *
 * @module
 */

/** How many inputs are tried at the most, and for how long: those that take too long are slow. */
const limits = { tries: 3_000, ms: 60_000 };

/**
 * The smallest input that is found to fail as well: parts are left out, the largest first, then what
 * is left is made plain.
 */
export async function minimized(
  input: Uint8Array,
  fails: (input: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let smallest = input;
  let tries = 0;
  const startMs = performance.now();
  const isEnough = () => tries > limits.tries || performance.now() - startMs > limits.ms;
  const attempt = async (candidate: Uint8Array) => {
    tries++;
    if (isEnough() || !await fails(candidate)) return false;
    smallest = candidate;
    return true;
  };
  for (let size = Math.ceil(input.length / 2); size >= 1 && !isEnough();) {
    const before = smallest.length;
    for (let at = 0; at < smallest.length;) {
      const end = Math.min(smallest.length, at + size);
      const rest = new Uint8Array(smallest.length - end + at);
      rest.set(smallest.subarray(0, at));
      rest.set(smallest.subarray(end), at);
      if (!await attempt(rest)) at += size;
    }
    if (size > 1 || smallest.length === before) size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  for (let at = 0; at < smallest.length; at++) {
    for (const plain of [0x61, 0x00]) {
      if (smallest[at] === plain || await attempt(smallest.with(at, plain))) break;
    }
  }
  return smallest;
}
