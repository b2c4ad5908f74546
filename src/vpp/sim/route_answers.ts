/**
 * How the simulated VPP answers who looks up routes.
 *
 * @module
 */

import { ipRouteLookup, ipRouteLookupV2 } from "../wire/ip_messages.ts";
import type { ValueOf } from "../wire/wire_type.ts";
import { type Answer, answerRequest } from "./answer.ts";
import type { Fib, Route } from "./fib.ts";
import { fromIp46, isIp4, toIp46 } from "./ip46.ts";
import { retval } from "./retval.ts";
import { trafficInterface } from "./vpp_stats.ts";

type Lookup = ValueOf<typeof ipRouteLookup.body>;
type Reply = ValueOf<typeof ipRouteLookup.reply.body>;
type Path = Reply["route"]["paths"][number];

/** The numbers that VPP gives to those who make routes: the lb plugin, and who only follows one. */
const sources = { vip: 23, tracked: 18 };

/** What answers lookups. Both messages have the same fields; the second one's reply tells more. */
export function routeAnswers(fib: Fib): readonly Answer[] {
  return [
    answerRequest(ipRouteLookup, (fields) => replyOf(find(fib, fields))),
    answerRequest(ipRouteLookupV2, (fields) => {
      const found = find(fib, fields);
      const { retval, route } = replyOf(found);
      const src = typeof found === "number" ? 0 : sources[found.isVip ? "vip" : "tracked"];
      return { retval, route: { ...route, src } };
    }),
  ];
}

/** The route, or why there is none. */
function find(fib: Fib, { tableId, exact, prefix }: Lookup): Route | number {
  if (tableId !== 0) return retval.noSuchFib;
  const { address, length } = prefix;
  const wanted = { family: address.family, address: toIp46(address), length };
  return (exact ? fib.find(wanted) : fib.findLongest(wanted)) ?? retval.noSuchEntry;
}

function replyOf(found: Route | number): Reply {
  if (typeof found === "number") return { retval: found, route: noRoute };
  const { family, address, length } = found.prefix;
  return {
    retval: retval.ok,
    route: {
      tableId: 0,
      statsIndex: found.index,
      prefix: {
        address: family === 4 || !isIp4(address) ? fromIp46(address) : { family, text: "::" },
        length,
      },
      paths: [pathOf(found)],
    },
  };
}

const noRoute: Reply["route"] = {
  tableId: 0,
  statsIndex: 0,
  prefix: { address: { family: 4, text: "0.0.0.0" }, length: 0 },
  paths: [],
};

const noInterface = 0xffffffff;
const noLabel = { isUniform: 0, label: 0, ttl: 0, exp: 0 };

function pathOf({ prefix, isVip, isReachable }: Route): Path {
  return {
    swIfIndex: isReachable && !isVip ? trafficInterface : noInterface,
    tableId: 0,
    rpfId: 0,
    weight: 1,
    preference: 0,
    type: isReachable || isVip ? "normal" : "drop",
    flags: 0,
    proto: prefix.family === 4 ? "ip4" : "ip6",
    nh: { address: new Uint8Array(16), viaLabel: 0, objId: 0, classifyTableIndex: 0 },
    nLabels: 0,
    labelStack: Array(16).fill(noLabel),
  };
}
