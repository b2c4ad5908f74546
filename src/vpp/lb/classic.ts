/**
 * The lb plugin of VPP up to 26.06, driven by the lines of its command language: its binary messages
 * are broken in those releases, and do not know weights.
 *
 * @module
 */

import type { ApiCaller } from "../api/mod.ts";
import { type AnyMessage, cliInband } from "../wire/mod.ts";
import {
  checkBuckets,
  checkTableLength,
  checkWeight,
  type LbClient,
  LbError,
  shownVips,
} from "./lb_client.ts";
import { type Vip, type VipKey, vipKeyText } from "./vip.ts";
import type { TextVip } from "./vips_text.ts";

/** What a VPP must have to be driven this way, the plugin itself apart. */
export const classicMessages: readonly AnyMessage[] = [cliInband];

/** The weight that stands for having no weights. */
const onlyWeight = 100;

/** Drives the plugin through a connection whose VPP has the plugin and {@link classicMessages}. */
export function classicLb(api: ApiCaller): LbClient {
  const run = async (what: string, ...words: readonly string[]): Promise<void> => {
    const { retval, reply } = await api.call(cliInband, { cmd: words.join(" ") });
    // `lb vip: lb_vip_add error -81`: the number is that of the binary API's replies.
    const [, number] = /error (-\d+)/.exec(reply) ?? [];
    if (number !== undefined) throw new LbError(what, Number(number));
    if (retval !== 0) throw new LbError(`${what} (${reply.trim()})`, retval);
  };
  const readVips = async (): Promise<readonly Vip[]> => {
    const { reply } = await api.call(cliInband, { cmd: "show lb vips verbose" });
    return shownVips(reply).filter(({ isRemoved }) => !isRemoved).map(toVip);
  };
  const lb: LbClient = {
    profile: "classic",
    readSettings: () => Promise.resolve(null),
    writeSettings: async (settings) => {
      checkBuckets(settings.stickyBucketsPerCore);
      await run(
        "these settings",
        `lb conf ip4-src-address ${settings.sourceIpv4.text}`,
        `ip6-src-address ${settings.sourceIpv6.text}`,
        `buckets ${settings.stickyBucketsPerCore} timeout ${settings.flowTimeoutSeconds}`,
      );
    },
    readVips,
    addVip: async (vip) => {
      checkTableLength(vip.tableLength);
      const sticky = vip.srcIpSticky ? ["src_ip_sticky"] : [];
      const settings = `encap ${vip.encap} new_len ${vip.tableLength}`;
      await run(`to add ${vipKeyText(vip)}`, "lb vip", words(vip), settings, ...sticky);
    },
    deleteVip: (key) => run(`to delete ${vipKeyText(key)}`, "lb vip", words(key), "del"),
    addAs: async (key, address, weight) => {
      checkWeight(weight);
      if (weight === 0) return;
      await run(`to add ${address.text} to ${vipKeyText(key)}`, "lb as", words(key), address.text);
    },
    deleteAs: (key, address, { flush }) => {
      const what = `to delete ${address.text} of ${vipKeyText(key)}`;
      return run(what, "lb as", words(key), address.text, "del", ...(flush ? ["flush"] : []));
    },
    setWeight: async (key, address, weight, options) => {
      if (weight === 0) return await lb.deleteAs(key, address, options);
      try {
        await lb.addAs(key, address, weight);
      } catch (error) {
        // It is there already, and all weights are alike.
        if (!(error instanceof LbError && error.code === "VALUE_EXIST")) throw error;
      }
    },
    async flushVip(key) {
      // Quirk: lb_flush_vip looks for an IPv4 prefix in the wrong place. The ASes are flushed instead.
      const vip = (await readVips()).find((each) => vipKeyText(each) === vipKeyText(key));
      if (vip === undefined) return false;
      for (const { address } of vip.ases) {
        await lb.deleteAs(key, address, { flush: true });
        await lb.addAs(key, address, onlyWeight);
      }
      return true;
    },
  };
  return lb;
}

/** `198.51.100.1/32 protocol tcp port 80`; without the rest for a VIP of every port. */
function words({ prefix, protocol, port }: VipKey): string {
  const text = `${prefix.address.text}/${prefix.length}`;
  return port === 0 ? text : `${text} protocol ${protocol} port ${port}`;
}

function toVip(shown: TextVip): Vip {
  const ases = shown.ases.map(({ address, buckets, flows, statsIndex, isRemoved }) => ({
    as: { address, weight: onlyWeight, buckets, text: { flows, statsIndex } },
    isRemoved,
  }));
  return {
    prefix: shown.prefix,
    protocol: shown.protocol,
    port: shown.port,
    encap: shown.encap,
    tableLength: shown.tableLength,
    ases: ases.filter(({ isRemoved }) => !isRemoved).map(({ as }) => as),
    lingering: ases.filter(({ isRemoved }) => isRemoved).map(({ as }) => as),
    text: {
      srcIpSticky: shown.srcIpSticky,
      poolIndex: shown.poolIndex,
      counters: shown.counters,
    },
  };
}
