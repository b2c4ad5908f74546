/**
 * The first step of all probes but ICMP: a TCP connection, from the source and in the network
 * namespace that are wanted.
 *
 * @module
 */

import { type Address, addressBytes, type Probe } from "../config/mod.ts";
import {
  connectionError,
  type OsError,
  type Poller,
  startTcpConnection,
  tcpEndpoint,
  type Watch,
  withNetworkNamespace,
} from "../os/mod.ts";
import { describeFailure, isOurFault, osErrorOf } from "./failure.ts";
import type { Report } from "./attempt.ts";

/** A connection that stands. */
export interface Connection {
  readonly descriptor: number;
  /** What tells when there is something to do. It waits for the connection to be writable. */
  readonly watch: Watch;
  /** Says what to do when the watch finds the connection ready. */
  onReady(act: () => void): void;
  /** Leaves the descriptor to somebody else, who closes it. */
  handOver(): number;
}

/** Connects once, and reports a failure. Returns what ends the connection, if it is not handed over. */
export type Connect = (report: Report, connected: (connection: Connection) => void) => () => void;

/** Whom to connect to, and from where. */
export interface ConnectSpec {
  readonly address: Address;
  readonly port: number;
  readonly probe: Pick<Probe, "sourceIpv4" | "sourceIpv6">;
  readonly netns: string | null;
}

/** The source of probes to an address, or null where the kernel is to choose it. */
export function sourceOf(
  { address, probe }: Pick<ConnectSpec, "address" | "probe">,
): Address | null {
  return address.family === 4 ? probe.sourceIpv4 : probe.sourceIpv6;
}

/** Makes ready what all connections to one server need. */
export function connector(spec: ConnectSpec, poller: Poller): Connect {
  const { address, port, netns } = spec;
  const source = sourceOf(spec);
  const to = tcpEndpoint(address.family, addressBytes(address), port);
  const from = source === null ? undefined : tcpEndpoint(source.family, addressBytes(source), 0);
  const begin = () => startTcpConnection(to, from);
  const open = netns === null ? begin : () => withNetworkNamespace(netns, begin);

  const fail = (report: Report, error: OsError) =>
    isOurFault(error)
      ? report.endVoid(error.message)
      : report.end({ ok: false, code: "L4CON", detail: describeFailure(error, { source, netns }) });

  return (report, connected) => {
    report.expire({ code: "L4TOUT", what: "connect: no answer" });
    let descriptor: number;
    try {
      descriptor = open();
    } catch (error) {
      fail(report, osErrorOf(error));
      return () => {};
    }
    let act = () => {
      const error = connectionError(descriptor);
      if (error !== undefined) return fail(report, error);
      report.mark("connect");
      connected({ descriptor, watch, onReady, handOver });
    };
    const watch = poller.watch(descriptor, "writable", () => act());
    const onReady = (next: () => void) => {
      act = next;
    };
    const handOver = () => {
      watch.stop();
      return descriptor;
    };
    return watch.close;
  };
}
