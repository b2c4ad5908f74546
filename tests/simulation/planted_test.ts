import assert from "node:assert/strict";
import type { FrontendInput } from "../../src/lb/desired.ts";
import type { Watched } from "../../src/lb/mod.ts";
import { addVip } from "../../src/lb/plan_vip.ts";
import { type FieldsOf, lbAsSetWeight } from "../../src/vpp/wire/mod.ts";
import { checkEqualTables } from "./invariants/equal_tables.ts";
import { createWorld } from "./world.ts";
import { noSeams, type Seams } from "./seams.ts";
import { runSeed } from "./run_seed.ts";
import { type Invariant, invariants, Violation } from "./violation.ts";
import { readState } from "./vpp_state.ts";

/** A planted fault: the daemon, or what it stands on, does what it must not. */
interface Planted {
  readonly what: string;
  readonly seams: Partial<Seams>;
}

/** The seeds that are tried until one shows the fault. */
const seeds = Array.from({ length: 12 }, (_, index) => index + 1);

const planted: Readonly<Partial<Record<Invariant, Planted>>> = {
  1: { what: "sends everything twice", seams: { access: repeating(2) } },
  2: {
    what: "forgets its first frontend",
    seams: {
      watched: (watched) => {
        const forgotten = () => watched.config.frontends.keys().next().value;
        return changed(watched, {
          frontends: () => [...watched.frontends()].filter((each) => nameOf(each) !== forgotten()),
          frontend: (name) => name === forgotten() ? undefined : watched.frontend(name),
        });
      },
    },
  },
  3: {
    what: "takes all ASes of a VIP when it takes one",
    seams: {
      afterMessage: ({ message, fields }, { vpp, profile }) => {
        if (vpp === null || message !== lbAsSetWeight) return;
        const of = fields as FieldsOf<typeof lbAsSetWeight>;
        if (of.weight > 0) return;
        for (const { ases } of readState(vpp, profile).vips.values()) {
          for (const text of ases.keys()) {
            const asAddress = { family: text.includes(":") ? 6 : 4, text } as const;
            vpp.call(lbAsSetWeight, { ...of, asAddress });
          }
        }
      },
    },
  },
  4: {
    what: "takes a void probe for a failed one",
    seams: {
      prober: ({ prepare }) => ({
        prepare: (spec) => ({
          start: (done) =>
            prepare(spec).start((outcome) => done(outcome.kind === "void" ? failed : outcome)),
        }),
      }),
    },
  },
  5: {
    what: "does without its warm-up",
    seams: {
      watched: (watched) =>
        changed(watched, {
          get config() {
            const { config } = watched;
            const never = { startupMinDelayNs: 0, startupMaxDelayNs: 0 };
            return { ...config, loadBalancer: { ...config.loadBalancer, ...never } };
          },
        }),
    },
  },
  7: {
    what: "counts a pass as a fail",
    seams: {
      prober: ({ prepare }) => ({
        prepare: (spec) => ({ start: (done) => prepare(spec).start(() => done(failed)) }),
      }),
    },
  },
  8: { what: "sends everything seventy times", seams: { access: repeating(70) } },
  9: {
    what: "writes other weights when it is in a hurry",
    seams: {
      watched: (watched) =>
        changed(watched, {
          frontend: (name) => {
            const found = watched.frontend(name);
            return found && { ...found, weights: found.weights.map(lighter) };
          },
        }),
    },
  },
  10: {
    what: "swallows an event",
    seams: {
      subscription: (subscription) => ({
        ...subscription,
        take: (most) => subscription.take(most).filter(({ sequence }) => sequence % 5 !== 0),
      }),
    },
  },
  11: {
    what: "forgets a timer",
    seams: {
      prober: (prober, clock) => {
        clock.setTimer(1e9, () => {});
        return prober;
      },
    },
  },
};

for (const [number, { what, seams }] of Object.entries(planted)) {
  const invariant = Number(number) as Invariant;
  Deno.test(`a daemon that ${what} is caught: ${invariants[invariant]}`, async () => {
    const found: unknown[] = [];
    for (const seed of seeds) {
      const { error } = await runSeed(seed, seams);
      if (error instanceof Violation && error.invariant === invariant) return;
      found.push(error);
    }
    assert.fail(`no seed shows it, but\n${found.join("\n")}`);
  });
}

Deno.test(`a plan in the order of its inputs is caught: ${invariants[6]}`, async () => {
  const world = createWorld(1, noSeams);
  await world.step(60_000);
  const { checker } = world.daemon;
  const state = world.state();
  assert.ok(state !== null && checker.config.frontends.size > 1);
  const view = {
    frontends: [...checker.frontends()],
    addressOf: (name: string) => checker.backend(name)?.backend.address ?? assert.fail(name),
    profile: world.vpp.profile,
    state,
  };
  await checkEqualTables(view);
  await assert.rejects(
    checkEqualTables({
      ...view,
      plan: ({ desired, profile }) => desired.flatMap((vip) => addVip(vip, profile, "")),
    }),
    (error) => error instanceof Violation && error.invariant === 6,
  );
  await world.end();
});

const failed = {
  kind: "result",
  result: { ok: false, code: "L4CON", detail: "", started: 0, durationMs: 0, phases: {} },
} as const;

/** The same with some of it changed. What it tells is that of the moment. */
function changed(watched: Watched, change: Partial<Watched>): Watched {
  const same: Watched = {
    get config() {
      return watched.config;
    },
    frontends: () => watched.frontends(),
    frontend: (name) => watched.frontend(name),
    onChange: (listener) => watched.onChange(listener),
  };
  return Object.defineProperties(same, Object.getOwnPropertyDescriptors(change));
}

function nameOf({ frontend }: FrontendInput): string {
  return frontend.name;
}

function lighter(pool: FrontendInput["weights"][number]): typeof pool {
  const members = pool.members.map((member) => ({
    ...member,
    effective: member.effective > 1 ? member.effective - 1 : member.effective,
  }));
  return { ...pool, members };
}

/** A connection that writes each piece so often, but for the handshake. */
function repeating(times: number): Seams["access"] {
  return (access) => ({
    ...access,
    openApi: async (path) => {
      const transport = await access.openApi(path);
      let isFirst = true;
      return {
        read: (buffer) => transport.read(buffer),
        close: () => transport.close(),
        write: async (bytes) => {
          const all = Array.from({ length: isFirst ? 1 : times }, () => [...bytes]).flat();
          isFirst = false;
          await transport.write(Uint8Array.from(all));
          return bytes.length;
        },
      };
    },
  });
}
