/**
 * How VIPs are called.
 *
 * @module
 */

/** What tells one VIP from all others, as the API has it. */
export interface VipKey {
  /** The address with the length of the prefix. */
  readonly prefix: string;
  /** The number of its IP protocol; 255 for every one. */
  readonly protocol: number;
  /** 0 for every port. */
  readonly port: number;
}

/** The same for programs: the protocol has its name where there is one. */
export interface NamedVip {
  readonly prefix: string;
  readonly protocol: string;
  readonly port: number;
}

const protocolNames: Readonly<Record<number, string>> = { 6: "tcp", 17: "udp", 255: "any" };

/** Gives the protocol its name. */
export function namedVip({ prefix, protocol, port }: VipKey): NamedVip {
  return { prefix, protocol: protocolNames[protocol] ?? String(protocol), port };
}

/** The address, with the length of a prefix that is of more than one: `198.51.100.1`. */
export function shownPrefix(prefix: string): string {
  return prefix.replace(prefix.includes(":") ? /\/128$/ : /\/32$/, "");
}

/** The port for people: `any` where it is every one. */
export function shownPort(port: number): string {
  return port === 0 ? "any" : String(port);
}

/** One name for people: `198.51.100.1 tcp 80`, or `198.51.100.1 any` for all that comes. */
export function vipName({ prefix, protocol, port }: NamedVip): string {
  const service = protocol === "any" && port === 0 ? "any" : `${protocol} ${shownPort(port)}`;
  return `${shownPrefix(prefix)} ${service}`;
}
