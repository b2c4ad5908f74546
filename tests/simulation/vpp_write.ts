/**
 * The messages that change something in VPP, as what they mean, in both generations of VPP.
 *
 * @module
 */

import { vipKeyText } from "../../src/vpp/lb/mod.ts";
import type {
  FieldsOf,
  lbAddDelAsV2,
  lbAddDelVipV2,
  lbAsSetWeight,
} from "../../src/vpp/wire/mod.ts";
import type { Arrival } from "./memory_vpp.ts";

/** A change that VPP is asked for. */
export type Write =
  | { readonly kind: "settings" }
  | { readonly kind: "vip-add" | "vip-del"; readonly vip: string }
  | {
    readonly kind: "as-add" | "as-del" | "as-weight";
    readonly vip: string;
    readonly address: string;
    /** What the AS weighs then; 0 for one that is deleted. */
    readonly weight: number;
    readonly flush: boolean;
  };

/** What a message changes; null for one that changes nothing. */
export function writeOf({ message, fields }: Arrival): Write | null {
  switch (message.name) {
    case "lb_conf":
      return { kind: "settings" };
    case "lb_add_del_vip_v2": {
      const of = fields as FieldsOf<typeof lbAddDelVipV2>;
      return { kind: of.isDel ? "vip-del" : "vip-add", vip: keyOf(of) };
    }
    case "lb_add_del_as_v2": {
      const of = fields as FieldsOf<typeof lbAddDelAsV2>;
      const { isDel, isFlush: flush, asAddress: { text: address } } = of;
      const weight = isDel ? 0 : of.weight;
      return { kind: isDel ? "as-del" : "as-add", vip: keyOf(of), address, weight, flush };
    }
    case "lb_as_set_weight": {
      const of = fields as FieldsOf<typeof lbAsSetWeight>;
      const { weight, isFlush: flush, asAddress: { text: address } } = of;
      return { kind: "as-weight", vip: keyOf(of), address, weight, flush };
    }
    case "cli_inband":
      return ofCommand((fields as { readonly cmd: string }).cmd);
    default:
      if (/^lb_.*(add|del|set|flush|conf$)/.test(message.name)) {
        throw new Error(`${message.name} is not known to the simulation`);
      }
      return null;
  }
}

function keyOf(fields: Pick<FieldsOf<typeof lbAsSetWeight>, "pfx" | "protocol" | "port">): string {
  const { pfx: prefix, protocol, port } = fields;
  return vipKeyText({ prefix, protocol, port });
}

/** `lb as 198.51.100.1/32 protocol tcp port 80 10.0.0.1 del flush` */
function ofCommand(command: string): Write | null {
  const words = command.split(" ");
  if (words[0] !== "lb") return null;
  if (words[1] === "conf") return { kind: "settings" };
  const [prefix = "", ...rest] = words.slice(2);
  const [protocol, port] = rest[0] === "protocol" ? [rest[1], rest[3]] : ["any", "0"];
  const vip = `${prefix} ${protocol} ${port}`;
  const isDel = words.includes("del");
  if (words[1] === "vip") return { kind: isDel ? "vip-del" : "vip-add", vip };
  const address = rest[rest[0] === "protocol" ? 4 : 0] ?? "";
  const flush = words.includes("flush");
  return { kind: isDel ? "as-del" : "as-add", vip, address, weight: isDel ? 0 : 100, flush };
}

/** A write in one line. */
export function describeWrite(write: Write): string {
  if (write.kind === "settings") return "settings";
  if (!("address" in write)) return `${write.kind} ${write.vip}`;
  const { kind, vip, address, weight, flush } = write;
  return `${kind} ${vip} ${address} ${weight}${flush ? " flush" : ""}`;
}
