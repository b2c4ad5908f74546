/**
 * Runs commands that ask a daemon, against its service in the same process and on a virtual clock.
 *
 * @module
 */
import assert from "node:assert/strict";
import { failing } from "../checker/testing.ts";
import { checkText } from "../config/mod.ts";
import { type SimulatedDriver, simulatedDriver, testService } from "../control/testing.ts";
import type { VirtualClock } from "../clock.ts";
import { RpcError } from "../rpc/status.ts";
import type { World } from "./command.ts";
import { runCommandLine } from "./run.ts";
import type { Server } from "./server.ts";

/** What a command left behind. */
export interface ClientOutcome {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** A daemon, and a terminal. */
export interface ClientScene {
  readonly clock: VirtualClock;
  /** Runs a command line, without the program's name. */
  run(line: string): Promise<ClientOutcome>;
  /** Puts in force in VPP what should be. */
  sync(): Promise<unknown>;
  /** The calls that were made, by name. */
  readonly calls: readonly string[];
  end(): void;
}

/** A backend of each state, names as people may give them, and both families of addresses. */
const configuration = `
maglev:
  healthchecker: { transition-history: 5 }
  healthchecks:
    web:
      type: http
      port: 8080
      params: { path: /healthz, host: www.example.net, response-code: 200-204, response-regexp: "^ok" }
      interval: 2s
      fast-interval: 500ms
      down-interval: 10s
      timeout: 1s
    secure:
      type: https
      port: 443
      probe-ipv6-src: 2001:db8::9
      params: { path: /, server-name: www.example.net, insecure-skip-verify: true }
      interval: 5s
    mail: { type: tcp, port: 25, interval: 1m30s }
    imaps: { type: tcp, port: 993, params: { ssl: true, server-name: mail.example.net }, interval: 5s }
    ping: { type: icmp, interval: 200ms, rise: 1, fall: 5 }
  backends:
    web1: { address: 10.0.0.1, healthcheck: web }
    web2: { address: 10.0.0.2, healthcheck: web }
    web3: { address: 10.0.0.3, healthcheck: web }
    web4: { address: 10.0.0.4, healthcheck: web, enabled: false }
    v6: { address: "2001:db8:0:1::10", healthcheck: ping }
    sorry: { address: 10.0.9.1 }
    spare: { address: 10.0.9.2, healthcheck: mail }
  frontends:
    www:
      description: the shop
      address: 198.51.100.1
      protocol: tcp
      port: 80
      flow-table-length: 1024
      pools:
        - { name: primary, backends: { web1: { weight: 70 }, web2: {}, web3: {}, web4: {} } }
        - { name: last-resort, backends: { sorry: {} } }
    dns:
      address: "2001:db8:ffff::53"
      protocol: udp
      port: 53
      src-ip-sticky: true
      pools: [{ name: main, backends: { v6: {} } }]
    any:
      address: 198.51.100.2
      flush-on-down: true
      pools: [{ name: only, backends: { web2: {} } }]
  vpp: { lb: { ipv4-src-address: 192.0.2.10, ipv6-src-address: "2001:db8::10" } }
`;

/** Starts a daemon whose web2 fails its probes, whose web3 is paused, and whose VPP was synced before. */
export async function clientScene(text: string = configuration): Promise<ClientScene> {
  const result = checkText(text);
  assert.ok(result.ok, JSON.stringify(result));
  let driver: SimulatedDriver | undefined;
  const tested = await testService({
    config: result.config,
    script: failing("10.0.0.2"),
    vpp: (parts) => driver = simulatedDriver(parts),
  });
  assert.ok(driver !== undefined);
  const { clock, call } = tested;
  const calls: string[] = [];
  const server: Server = {
    timeoutMs: 5_000,
    call: (method, request) => {
      calls.push(method.name);
      return call(method.name as "GetBackend", request as never) as Promise<never>;
    },
    stream: () => {
      throw new RpcError("UNIMPLEMENTED", "nothing is streamed here");
    },
    isOpen: () => true,
    close: () => {},
  };
  return {
    ...{ clock, calls },
    run: async (line) => await runLine(line, server, clock),
    sync: () => call("SyncVPPLBState", {}),
    end: driver.end,
  };
}

async function runLine(line: string, server: Server, clock: VirtualClock): Promise<ClientOutcome> {
  const out: string[] = [];
  const err: string[] = [];
  const world: Pick<World, "print" | "complain" | "env" | "clock" | "withServer" | "giveUpLibc"> = {
    giveUpLibc: () => {},
    print: (text) => out.push(text) > 0,
    complain: (text) => void err.push(text),
    env: () => undefined,
    clock,
    withServer: async (_flags, use) => await use(server),
  };
  const code = await runCommandLine(line.split(" "), world as World);
  return { code, out, err };
}
