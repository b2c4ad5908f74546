/**
 * The command `lb as`, which adds, weighs and deletes ASes.
 *
 * @module
 */

import type { CommandLine } from "./command_line.ts";
import { flag, type Option, takeOptions } from "./command_option.ts";
import type { CommandResult } from "./command_tree.ts";
import { type Ip46, toIp46 } from "./ip46.ts";
import { addAses, defaultWeight, deleteAses, setAsWeight } from "./lb_as.ts";
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
import type { LbPlugin, Vip } from "./lb_plugin.ts";
import { retval } from "./retval.ts";

interface AsWords extends KeyWords {
  readonly addresses: readonly Ip46[];
  readonly weight: number | undefined;
  readonly isDelete: boolean;
  readonly isFlush: boolean;
}

const asDefaults: AsWords = {
  ...noPort,
  addresses: [],
  weight: undefined,
  isDelete: false,
  isFlush: false,
};

const weightOption: Option<AsWords> = (line) => {
  const weight = line.takeUnsigned("weight");
  return weight === undefined ? undefined : { weight };
};

const asOptions: readonly Option<AsWords>[] = [
  (line, { addresses }) => {
    const address = line.takeAddress("");
    return address && { addresses: [...addresses, toIp46(address)] };
  },
  flag("del", { isDelete: true }),
  flag("flush", { isFlush: true }),
  ...keyOptions,
];

/** Runs `lb as`. */
export function runAs(lb: LbPlugin, line: CommandLine): CommandResult {
  const prefix = line.takePrefix();
  if (prefix === undefined) return { error: `invalid as address: '${line.quoted}'` };
  const options = lb.profile === "weighted" ? [...asOptions, weightOption] : asOptions;
  const taken = takeOptions(line, asDefaults, options);
  if ("error" in taken) return taken;
  const { weight, isDelete, addresses } = taken.values;
  if (weight !== undefined && weight > 100) return { error: "weight must be between 0 and 100" };
  if (weight !== undefined && isDelete) return { error: "weight and del are mutually exclusive" };
  return onVip(lb, keyOf(prefix, taken.values), (vip) => {
    if (addresses.length === 0) return { error: "No AS address provided" };
    // Releases up to 26.06 have no timer for this.
    if (lb.profile === "classic") collectGarbage(lb);
    return isDelete ? deleteAddressed(lb, vip, taken.values) : addAddressed(lb, vip, taken.values);
  });
}

function deleteAddressed(lb: LbPlugin, vip: Vip, { addresses, isFlush }: AsWords): CommandResult {
  return resultOf("lb_vip_del_ass", deleteAses(lb, vip, addresses, { isFlush }));
}

/** With a weight given, those that are there already get it. */
function addAddressed(lb: LbPlugin, vip: Vip, words: AsWords): CommandResult {
  const { addresses } = words;
  const weight = words.weight ?? defaultWeight[lb.profile];
  const isFlush = words.isFlush && lb.profile === "weighted";
  const code = addAses(lb, vip, addresses, { weight, isFlush });
  if (words.weight === undefined || code !== retval.valueExist) {
    return resultOf("lb_vip_add_ass", code);
  }
  for (const address of addresses) {
    const code = setAsWeight(lb, vip, address, { weight, isFlush });
    if (code !== retval.ok) return resultOf("lb_vip_set_as_weight", code);
  }
  return done;
}
