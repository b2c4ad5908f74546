/**
 * VPP's lb plugin as functions.
 *
 * @module
 */

export {
  type FlushOption,
  type LbClient,
  LbError,
  type LbSettings,
  LbTextError,
  type Profile,
} from "./lb_client.ts";
export { type OpenedLb, openLb } from "./open_lb.ts";
export {
  findTraffic,
  type LbTraffic,
  readTraffic,
  readTrafficAt,
  type TrafficIndexes,
  type VipIndexes,
  type VipTraffic,
} from "./traffic.ts";
export {
  type As,
  type AsText,
  type NewVip,
  type TextCounters,
  type Vip,
  type VipKey,
  vipKeyText,
  type VipText,
} from "./vip.ts";
