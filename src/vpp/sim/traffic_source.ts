/**
 * Traffic that clients offer to one VIP.
 *
 * @module
 */

import type { VipKey } from "./lb_vip.ts";

/** How much traffic there is. */
export interface Offer {
  readonly newFlowsPerSecond: number;
  /** Also of a new flow, which sends one packet at least in its first second. */
  readonly packetsPerFlowPerSecond: number;
  /** For how many seconds a flow sends. */
  readonly flowSeconds: number;
  /** The length of each packet as it arrives. */
  readonly packetBytes: number;
  /**
   * How many addresses the flows come from, which matters to a VIP that tells flows apart by that
   * alone: one whose address is remembered continues the flow that is there.
   */
  readonly clients: number;
}

/** A flow that lives and has no entry in the flow table, until its next packet tries to get one. */
export interface LooseFlow {
  readonly hash: number;
  /** The second in which it sends its last packet. */
  readonly lastSecond: number;
}

/** The traffic of one VIP. */
export interface TrafficSource {
  /** A number from 1. */
  readonly id: number;
  readonly key: VipKey;
  /** Null where clients have stopped, and their flows with them. */
  offer: Offer | null;
  loose: LooseFlow[];
  /** How many flows found no room in the flow table, by their last second. */
  readonly untracked: Map<number, number>;
  /** The fractions of a flow and of a packet that are still to come. */
  flowFraction: number;
  packetFraction: number;
}

/** A source of which nothing has come yet. */
export function createTrafficSource(id: number, key: VipKey): TrafficSource {
  const none = { offer: null, loose: [], untracked: new Map() };
  return { id, key, ...none, flowFraction: 0, packetFraction: 0 };
}

/** What comes of a source in one second. */
export interface SecondOfTraffic {
  readonly newFlows: number;
  readonly packetsPerFlow: number;
}

/** Takes what a source offers in the next second; fractions are kept for later ones. */
export function takeSecond(source: TrafficSource, offer: Offer): SecondOfTraffic {
  const flows = source.flowFraction + offer.newFlowsPerSecond;
  const packets = source.packetFraction + offer.packetsPerFlowPerSecond;
  source.flowFraction = flows % 1;
  source.packetFraction = packets % 1;
  return { newFlows: Math.floor(flows), packetsPerFlow: Math.floor(packets) };
}

/** How many flows without an entry are alive in a second. Forgets those that have ended. */
export function untrackedFlows({ untracked }: TrafficSource, now: number): number {
  let flows = 0;
  for (const [lastSecond, count] of untracked) {
    if (lastSecond < now) untracked.delete(lastSecond);
    else flows += count;
  }
  return flows;
}

/** The hash of all flows of one client of a source, for VIPs that look at the address alone. */
export function clientHash({ id }: TrafficSource, client: number): number {
  let mixed = Math.imul(id, 0x9e3779b1) ^ Math.imul(client + 1, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae3d);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x27d4eb2f);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
