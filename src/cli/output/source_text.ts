/**
 * The source addresses of VPP's tunnels, for people.
 *
 * @module
 */

/** VPP has all ones where nobody has set an address. */
export function sourceText(address: string): string {
  const isUnset = address === "255.255.255.255" || /^ffff(:ffff){7}$/.test(address);
  return isUnset ? "not set" : address;
}
