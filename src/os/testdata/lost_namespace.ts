/**
 * Enters the namespace that its argument names, cuts the way back, and prints what comes of that.
 *
 * @module
 */

import { closeDescriptor, NamespaceLostError, withNetworkNamespace } from "../mod.ts";

const linkOf = (descriptor: string) => {
  try {
    return Deno.readLinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return "";
  }
};

const [name = ""] = Deno.args;
const home = Deno.readLinkSync("/proc/self/ns/net");
try {
  withNetworkNamespace(name, () => {
    const descriptors = [...Deno.readDirSync("/proc/self/fd")].map(({ name }) => name);
    for (const descriptor of descriptors) {
      if (linkOf(descriptor) === home) closeDescriptor(Number(descriptor));
    }
  });
} catch (error) {
  if (!(error instanceof NamespaceLostError && error.cause instanceof Error)) throw error;
  const { name, code, message, cause } = error;
  const report = JSON.stringify({ name, code, message, cause: cause.message });
  Deno.stdout.writeSync(new TextEncoder().encode(report));
}
