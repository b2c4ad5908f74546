/**
 * What the demo shows of each backend: its state, as the daemon has it, and what VPP has and does.
 *
 * @module
 */
import type { Daemon } from "../../daemon/daemon.ts";
import type { ConnectedVpp } from "../../lb/mod.ts";
import type { As } from "../../vpp/lb/mod.ts";
import { frontendName, service } from "./site_configuration.ts";

/** A backend at one moment. All that is of VPP is 0 where VPP does not have it. */
export interface BackendMoment {
  readonly name: string;
  readonly pool: string;
  readonly state: string;
  /** The weight in VPP. */
  readonly weight: number;
  /** The part of VPP's new-flow table that leads to it, from 0 to 1. */
  readonly share: number;
  /** The entries of VPP's flow table that lead to it. */
  readonly flows: number;
  /** What VPP sent to it in its last second, or few. */
  readonly packetsPerSecond: number;
}

/** The packets sent to each AS, by address, at a second of VPP's. */
interface Sent {
  readonly second: number;
  readonly packets: ReadonlyMap<string, number>;
}

const neverSent: Sent = { second: 0, packets: new Map() };

/** Looks at the frontend's backends, now and whenever what is returned is called. */
export function watchBackends(
  { checker, controller }: Pick<Daemon, "checker" | "controller">,
): () => Promise<readonly BackendMoment[]> {
  let last = neverSent;
  let rates = neverSent.packets;

  return async () => {
    const vpp = controller?.vpp ?? null;
    const { ases, tableLength } = await readVip(vpp);
    const sent = vpp === null ? neverSent : await readSent(vpp, ases);
    if (sent.second > last.second) {
      rates = ratesBetween(last, sent);
      last = sent;
    }
    const pools = checker.frontend(frontendName)?.weights ?? [];
    return pools.flatMap((pool) =>
      pool.members.map(({ backend: name, state }) => {
        const address = checker.backend(name)?.backend.address.text ?? "";
        const as = ases.find((each) => each.address.text === address);
        return {
          ...{ name, pool: pool.name, state },
          weight: as?.weight ?? 0,
          share: (as?.buckets ?? 0) / tableLength,
          flows: as?.text?.flows ?? 0,
          packetsPerSecond: rates.get(address) ?? 0,
        };
      })
    );
  };
}

async function readVip(
  vpp: ConnectedVpp | null,
): Promise<{ readonly ases: readonly As[]; readonly tableLength: number }> {
  const vips = await vpp?.lb?.readVips({ withText: true }) ?? [];
  const vip = vips.find(({ prefix, port }) =>
    prefix.address.text === service.address && port === service.port
  );
  return vip ?? { ases: [], tableLength: 1 };
}

/** VPP counts a second at a time, and tells in the same pass up to which one. */
async function readSent({ stats }: ConnectedVpp, ases: readonly As[]): Promise<Sent> {
  const values = await stats.read({ "/sys/last_update": "scalar", "/net/route/via": "combined" });
  const packets = ases.flatMap(({ address, text }) =>
    text === null
      ? []
      : [[address.text, values["/net/route/via"].sum(text.statsIndex).packets]] as const
  );
  return { second: values["/sys/last_update"] ?? 0, packets: new Map(packets) };
}

function ratesBetween(before: Sent, after: Sent): ReadonlyMap<string, number> {
  const seconds = after.second - before.second;
  return new Map(Array.from(after.packets, ([address, packets]) => [
    address,
    Math.round((packets - (before.packets.get(address) ?? 0)) / seconds),
  ]));
}
