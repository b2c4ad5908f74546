/**
 * The command `lb vip`, which adds and deletes VIPs.
 *
 * @module
 */

import type { CommandLine } from "./command_line.ts";
import { flag, number, type Option, takeOptions } from "./command_option.ts";
import type { CommandResult } from "./command_tree.ts";
import { encapFields, typeByEncap } from "./encapsulation.ts";
import { type Ip46Prefix, isIp4Prefix } from "./ip46.ts";
import {
  done,
  keyOf,
  keyOptions,
  type KeyWords,
  noPort,
  onVip,
  resultOf,
} from "./lb_command_words.ts";
import { collectGarbage } from "./lb_garbage.ts";
import type { LbPlugin } from "./lb_plugin.ts";
import { addVip, deleteVip, type NewVip } from "./lb_vip.ts";
import { retval } from "./retval.ts";

interface VipWords extends KeyWords {
  readonly tableLength: number;
  readonly isSticky: boolean;
  readonly encap: number;
  readonly dscp: number;
  readonly service: number;
  readonly targetPort: number;
  readonly isDelete: boolean;
}

const noDscp = 0xffffffff;

const vipDefaults: VipWords = {
  ...noPort,
  tableLength: 1024,
  isSticky: false,
  encap: 0,
  dscp: noDscp,
  service: 0,
  targetPort: 0,
  isDelete: false,
};

const l3dsr = 2;

const vipOptions: readonly Option<VipWords>[] = [
  number("new_len", (tableLength) => ({ tableLength })),
  flag("del", { isDelete: true }),
  flag("src_ip_sticky", { isSticky: true }),
  ...keyOptions,
  flag("encap gre4", { encap: 0 }),
  flag("encap gre6", { encap: 1 }),
  flag("encap l3dsr", { encap: l3dsr }),
  flag("encap nat4", { encap: 3 }),
  flag("encap nat6", { encap: 4 }),
  number("dscp", (dscp) => ({ dscp })),
  flag("type clusterip", { service: 0 }),
  flag("type nodeport", { service: 1 }),
  number("target_port", (targetPort) => ({ targetPort })),
];

/** Runs `lb vip`. */
export function runVip(lb: LbPlugin, line: CommandLine): CommandResult {
  const prefix = line.takePrefix();
  if (prefix === undefined) return { error: `invalid vip prefix: '${line.quoted}'` };
  const taken = takeOptions(line, vipDefaults, vipOptions);
  if ("error" in taken) return taken;
  const wanted = newVipOf(prefix, taken.values);
  if ("error" in wanted) return wanted;
  collectGarbage(lb);
  if (taken.values.isDelete) {
    return onVip(lb, wanted, (vip) => {
      deleteVip(lb, vip);
      return done;
    });
  }
  const added = addVip(lb, wanted);
  return added.retval === retval.ok
    ? { output: `lb_vip_add ok ${added.index}\n` }
    : resultOf("lb_vip_add", added.retval);
}

function newVipOf(prefix: Ip46Prefix, words: VipWords): NewVip | { readonly error: string } {
  const { encap, dscp, service, targetPort, isSticky, tableLength } = words;
  if (encap !== l3dsr && dscp !== noDscp) {
    return { error: "lb_vip_add error: should not configure dscp for none L3DSR." };
  }
  if (encap === l3dsr && dscp >= 64) {
    return { error: "lb_vip_add error: dscp for L3DSR should be less than 64." };
  }
  const family = isIp4Prefix(prefix) ? 4 : 6;
  // What VPP makes of L3DSR with IPv6 is left to chance; here it is as in messages.
  const type = typeByEncap[family][encap] ?? (encap === l3dsr ? "ip6-gre6" : undefined);
  if (type === undefined) {
    return { error: `currently does not support NAT${family === 4 ? 46 : 64}` };
  }
  return {
    ...keyOf(prefix, words),
    type,
    isSticky,
    tableLength,
    ...encapFields(type, { dscp, service, targetPort: targetPort & 0xffff }),
  };
}
