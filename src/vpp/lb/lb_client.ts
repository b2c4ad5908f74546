/**
 * VPP's lb plugin as functions. There are two ways to drive it, one for each generation of VPP; both
 * look like this.
 *
 * @module
 */

import type { Address } from "../../config/address.ts";
import { retvalName } from "../wire/mod.ts";
import type { NewVip, Vip, VipKey } from "./vip.ts";
import { parseVipsText, type TextVip } from "./vips_text.ts";

/** What holds for all VIPs. */
export interface LbSettings {
  readonly sourceIpv4: Address;
  readonly sourceIpv6: Address;
  readonly stickyBucketsPerCore: number;
  readonly flowTimeoutSeconds: number;
}

/** Which of the two ways: `weighted` since 26.10, `classic` before. */
export type Profile = "weighted" | "classic";

/** The lb plugin of a VPP. Everything that changes something throws {@link LbError} if VPP refuses. */
export interface LbClient {
  readonly profile: Profile;
  /** The settings; null where this VPP cannot tell. */
  readSettings(): Promise<LbSettings | null>;
  /** Sets everything. A changed number of buckets makes VPP forget all flows. */
  writeSettings(settings: LbSettings): Promise<void>;
  /**
   * All VIPs with their ASes. The text costs VPP more than the dumps and only it knows stickiness,
   * counter indices and flows; `classic` has nothing but the text, and always gives it.
   */
  readVips(options: { readonly withText: boolean }): Promise<readonly Vip[]>;
  addVip(vip: NewVip): Promise<void>;
  /** Deletes a VIP, with the ASes that it still has. */
  deleteVip(key: VipKey): Promise<void>;
  /** Adds an AS, or revives one that was deleted. In `classic`, weight 0 means not to add it. */
  addAs(key: VipKey, address: Address, weight: number): Promise<void>;
  deleteAs(key: VipKey, address: Address, options: FlushOption): Promise<void>;
  /** Changes a weight. In `classic`, 0 deletes the AS and everything else adds it. */
  setWeight(key: VipKey, address: Address, weight: number, options: FlushOption): Promise<void>;
  /** Makes VPP forget the flows of a VIP; false where there is no such VIP. */
  flushVip(key: VipKey): Promise<boolean>;
}

/** Whether VPP is to forget the flows of the AS at the same time. */
export interface FlushOption {
  readonly flush: boolean;
}

/** VPP's refusal, with its own number and name. */
export class LbError extends Error {
  override readonly name = "LbError";
  readonly retval: number;
  /** VPP's name of the number: `VALUE_EXIST`. */
  readonly code: string;

  constructor(what: string, retval: number) {
    const code = retvalName(retval);
    super(`VPP refuses ${what}: ${code} (${retval})`);
    this.retval = retval;
    this.code = code;
  }
}

/** VPP's text about its VIPs makes no sense: its release is one that is not known here. */
export class LbTextError extends Error {
  override readonly name = "LbTextError";
}

/**
 * Reads the text of `show lb vips verbose`.
 *
 * @throws {LbTextError} It makes no sense.
 */
export function shownVips(text: string): readonly TextVip[] {
  const parsed = parseVipsText(text);
  if (parsed.ok) return parsed.vips;
  const { line, text: excerpt, message } = parsed.problem;
  throw new LbTextError(
    `show lb vips verbose, line ${line}: ${JSON.stringify(excerpt)}: ${message}`,
  );
}

/** Refuses a weight that VPP would take without checking, and distort its table by. */
export function checkWeight(weight: number): void {
  if (!Number.isInteger(weight) || weight < 0 || weight > 100) {
    throw new RangeError(`a weight is a whole number from 0 to 100, not ${weight}`);
  }
}

/** Refuses no buckets at all, which VPP takes, and dies of at the next packet. */
export function checkBuckets(buckets: number): void {
  if (!Number.isInteger(buckets) || buckets < 1) {
    throw new RangeError(`there must be at least one sticky bucket, not ${buckets}`);
  }
}

/** Buckets of the longest table that is made here. VPP's dumps cannot tell longer ones apart. */
const longestTable = 65_536;

/** Refuses a length that VPP refuses, and 0, on which VPP allocates until it dies. */
export function checkTableLength(length: number): void {
  if (
    !Number.isInteger(length) || length < 1 || length > longestTable ||
    (length & (length - 1)) !== 0
  ) {
    throw new RangeError(`a table's length is a power of two up to ${longestTable}, not ${length}`);
  }
}
