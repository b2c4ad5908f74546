import assert from "node:assert/strict";
import type { Frontend } from "../config/mod.ts";
import { type BackendState, effectiveWeights } from "../health/mod.ts";
import { address } from "../vpp/lb/lb_fixture.ts";
import { type DesiredVip, desiredVips, type FrontendInput } from "./desired.ts";

/** A frontend with pools such as `web1 web2 50`: names, each with its weight if that is not 100. */
function frontendOf(pools: readonly string[], settings: Partial<Frontend> = {}): Frontend {
  return {
    name: "www",
    description: "",
    address: address("198.51.100.1"),
    service: { protocol: "tcp", port: 443 },
    srcIpSticky: false,
    flushOnDown: true,
    flowTableLength: 1024,
    pools: pools.map((text, index) => ({
      name: `pool${index}`,
      backends: [...text.matchAll(/([a-z]+\d+)(?: (\d+))?/g)]
        .map(([, name = "", weight]) => ({ name, weight: Number(weight ?? 100) })),
    })),
    ...settings,
  };
}

function input(frontend: Frontend, states: Readonly<Record<string, BackendState>>): FrontendInput {
  return { frontend, weights: effectiveWeights(frontend, (name) => states[name] ?? "up") };
}

/** web7 has the address 10.0.0.7, and six7 2001:db8::7. */
const addressOf = (backend: string) =>
  address(backend.replace(/^web/, "10.0.0.").replace(/^six/, "2001:db8::"));

function desired(
  frontend: Frontend,
  states: Readonly<Record<string, BackendState>> = {},
): DesiredVip {
  const [vip] = desiredVips([input(frontend, states)], addressOf);
  assert(vip !== undefined);
  return vip;
}

/** The ASes in words: `10.0.0.1 100 web1 is up`. */
function asesOf(frontend: Frontend, states?: Readonly<Record<string, BackendState>>): string[] {
  return desired(frontend, states).ases.map(({ address, weight, flush, why }) =>
    `${address.text} ${weight}${flush ? " flush" : ""}: ${why}`
  );
}

Deno.test("a frontend becomes a VIP of one address", () => {
  const { ases: _, ...vip } = desired(
    frontendOf(["web1"], { srcIpSticky: true, flowTableLength: 4096 }),
  );
  assert.deepEqual(vip, {
    frontend: "www",
    prefix: { address: address("198.51.100.1"), length: 32 },
    protocol: "tcp",
    port: 443,
    encap: "gre4",
    srcIpSticky: true,
    tableLength: 4096,
  });
  const six = desired(frontendOf(["web1"], { address: address("2001:db8::1") }));
  assert.deepEqual(six.prefix, { address: address("2001:db8::1"), length: 128 });
});

Deno.test("a frontend without protocol and port becomes a VIP of every protocol and port", () => {
  const { protocol, port } = desired(frontendOf(["web1"], { service: null }));
  assert.deepEqual([protocol, port], ["any", 0]);
});

Deno.test("the encapsulation is that for the family of the backends, not of the VIP", () => {
  const families = [["198.51.100.1", "six1"], ["198.51.100.1", "web1"], ["2001:db8::1", "web1"]];
  const encaps = families.map(([host = "", backend = ""]) =>
    desired(frontendOf([backend], { address: address(host) })).encap
  );
  assert.deepEqual(encaps, ["gre6", "gre4", "gre4"]);
});

Deno.test("every backend of every pool is installed, by number, with 0 where it does not serve", () => {
  const states = { web9: "down", web2: "disabled", web3: "paused", web4: "unknown" } as const;
  assert.deepEqual(
    asesOf(frontendOf(["web10 50, web9, web2, web3, web4, web5 0", "web1"]), states),
    [
      "10.0.0.1 0: web1 stands by",
      "10.0.0.2 0 flush: web2 is disabled",
      "10.0.0.3 0: web3 is paused",
      "10.0.0.4 0: web4 is unknown",
      "10.0.0.5 0: web5 has weight 0",
      "10.0.0.9 0 flush: web9 is down",
      "10.0.0.10 50: web10 is up",
    ],
  );
});

Deno.test("a failover changes nothing but weights", () => {
  const frontend = frontendOf(["web1", "web2"], { flushOnDown: false });
  assert.deepEqual(asesOf(frontend), [
    "10.0.0.1 100: web1 is up",
    "10.0.0.2 0: web2 stands by",
  ]);
  assert.deepEqual(asesOf(frontend, { web1: "down" }), [
    "10.0.0.1 0: web1 is down",
    "10.0.0.2 100: web2 is up",
  ]);
});

Deno.test("a backend in several pools is what it is where it first appears", () => {
  const frontend = frontendOf(["web1 10", "web1 20, web2 30"]);
  assert.deepEqual(asesOf(frontend, { web1: "disabled" }), [
    "10.0.0.1 0 flush: web1 is disabled",
    "10.0.0.2 30: web2 is up",
  ]);
});

Deno.test("weights are kept between 0 and 100", () => {
  const frontend = frontendOf(["web1 101, web2 1000, web3 100"]);
  const negative = { ...frontend.pools[0], backends: [{ name: "web4", weight: -1 }], name: "x" };
  const weights = [frontend, { ...frontend, pools: [negative] }].flatMap((frontend) =>
    desired(frontend).ases.map(({ weight }) => weight)
  );
  assert.deepEqual(weights, [100, 100, 100, 0]);
});

Deno.test("the VIPs are in the order of the frontends", () => {
  const names = ["c", "a", "b"];
  const inputs = names.map((name) => input(frontendOf(["web1"], { name }), {}));
  const vips = desiredVips(inputs.values(), addressOf);
  assert.deepEqual(vips.map(({ frontend }) => frontend), names);
});
