/**
 * What the tests of this room share: a service over a real checker on a virtual clock and, where a
 * test wants one, a simulated VPP that is synced as by the controller.
 *
 * @module
 */

import assert from "node:assert/strict";
import { testChecker, type TestedChecker, type TestOptions } from "../checker/testing.ts";
import type { Clock } from "../clock.ts";
import type { Checker } from "../checker/mod.ts";
import { desiredVips } from "../lb/desired.ts";
import { createSyncer } from "../lb/syncer.ts";
import { logger } from "../log.ts";
import type { methods } from "../rpc/maglev_pb.ts";
import type { Handler, Service } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import type { ApiCaller, ApiConnection } from "../vpp/api/mod.ts";
import { callerOf } from "../vpp/lb/lb_fixture.ts";
import { type LbClient, openLb, type Profile } from "../vpp/lb/mod.ts";
import { type TestedVpp, testedVpp } from "../vpp/sim/testing.ts";
import { openStats } from "../vpp/stats/mod.ts";
import type { ConfigFile } from "./config_file.ts";
import { type ControlOptions, controlService } from "./control_service.ts";
import type { DrivenVpp } from "./vpp_of_moment.ts";

type Methods = typeof methods;

/** The messages of a method. */
export type RequestOf<Name extends keyof Methods> = Parameters<Handler<Methods[Name]>>[0];
type ResponseOf<Name extends keyof Methods> = ReturnType<Methods[Name]["response"]["decode"]>;

/** A request, in which what is left out is as on the wire. */
export type Asked<Name extends keyof Methods> = Partial<RequestOf<Name>>;

/** A service under test, with all that it was given. */
export interface TestedService extends TestedChecker {
  readonly service: Service;
  /** Calls a method as `tester`, and gives all that is answered. */
  answers<Name extends keyof Methods>(
    name: Name,
    request: Asked<Name>,
    signal?: AbortSignal,
  ): AsyncGenerator<ResponseOf<Name>, void>;
  /** Calls a method that answers once. */
  call<Name extends keyof Methods>(name: Name, request: Asked<Name>): Promise<ResponseOf<Name>>;
  /** How a call is refused: `NOT_FOUND no frontend named "wwww" …`. */
  refusal<Name extends keyof Methods>(name: Name, request: Asked<Name>): Promise<string>;
}

/** What a service under test begins with. */
export interface ServiceOptions extends TestOptions {
  /** How long callers wait. Default: for ever. */
  readonly timeoutMs?: number;
  readonly vpp?: (parts: TestedChecker) => DrivenVpp;
  readonly file?: Partial<ConfigFile>;
}

const unused = () => Promise.reject(new Error("not to be called"));

/** Makes a service whose backends, after three seconds, have been probed. */
export async function testService(options: ServiceOptions = {}): Promise<TestedService> {
  const parts = testChecker(options);
  await parts.clock.advance(3_000);
  const { checker, clock } = parts;
  const controller: ControlOptions["controller"] = options.vpp?.(parts) ?? null;
  const config = { file: "maglev.yaml", check: unused, reload: unused, ...options.file };
  const service = controlService({ checker, controller, config, clock });
  const never = new AbortController().signal;

  const answers: TestedService["answers"] = async function* (name, request, signal = never) {
    const served = service.methods.find(({ method }) => method.name === name);
    assert.ok(served !== undefined);
    const { request: type, response } = served.method;
    const onlyOne = async function* () {
      yield type.decode(type.encode({ ...type.decode(new Uint8Array()) as object, ...request }));
    };
    const deadlineMs = clock.monotonic() + (options.timeoutMs ?? Infinity);
    for await (const answer of served.answer(onlyOne(), { caller: "tester", deadlineMs, signal })) {
      yield response.decode(response.encode(answer)) as never;
    }
  };
  const call: TestedService["call"] = async (name, request) => {
    const all = await Array.fromAsync(answers(name, request));
    assert.equal(all.length, 1);
    return all[0] as never;
  };
  const refusal: TestedService["refusal"] = async (name, request) => {
    const error = await call(name, request).then(() => null, (error) => error);
    assert.ok(error instanceof RpcError, String(error));
    return `${error.code} ${error.message}`;
  };
  return { ...parts, service, answers, call, refusal };
}

/** A simulated VPP that is driven, with what a test may change about it. */
export interface SimulatedDriver extends DrivenVpp {
  readonly tested: TestedVpp;
  readonly lb: LbClient;
  vpp: DrivenVpp["vpp"];
  absence: DrivenVpp["absence"];
  silentSince: DrivenVpp["silentSince"];
  warmUp: DrivenVpp["warmUp"];
  /** Comes before each message. */
  fault: () => Promise<void>;
  /** Ends it, as the end of a connection does. */
  end(): void;
}

/** Drives a simulated VPP that has just started, and has nothing yet. */
export function simulatedDriver(
  { checker, clock }: { readonly checker: Checker; readonly clock: Clock },
  profile: Profile = "weighted",
): SimulatedDriver {
  const tested = testedVpp(profile);
  const caller = callerOf(tested.vpp);
  const api: ApiCaller = {
    call: async (message, fields) => {
      await driver.fault();
      return await caller.call(message, fields);
    },
    dump: async (message, fields) => {
      await driver.fault();
      return await caller.dump(message, fields);
    },
    check: caller.check,
  };
  const { lb } = openLb(api);
  assert.ok(lb !== null);
  const info = {
    version: "26.10",
    buildDate: "2026-01-01",
    buildDirectory: "/build",
    pid: 42,
    bootTimeMs: 1_795_218_712_000,
    connectedAtMs: clock.now(),
    profile,
  };
  const stats = openStats({ bytes: tested.stats, unmap: () => {} }, clock);
  const syncer = createSyncer({
    clock,
    log: logger({ clock, sink: () => {} }),
    desired: (names) => {
      const all = [...checker.frontends()];
      const wanted = all.filter(({ frontend }) => names === "all" || names.has(frontend.name));
      return desiredVips(wanted, (name) => {
        const backend = checker.config.backends.get(name);
        assert.ok(backend !== undefined);
        return backend.address;
      });
    },
    settings: () => {
      const { loadBalancer } = checker.config;
      return { ...loadBalancer, flowTimeoutSeconds: loadBalancer.flowTimeoutNs / 1e9 };
    },
    pendingFlushes: new Set(),
  });
  const driver: SimulatedDriver = {
    ...{ tested, lb, absence: null, silentSince: null },
    vpp: { info, lb, missing: [] },
    warmUp: { phase: "over", leftMs: 0 },
    fault: () => Promise.resolve(),
    get counters() {
      return syncer.counters;
    },
    readLive: syncer.readLive,
    plan: (scope) => syncer.plan(requestOf(scope)),
    sync: (scope) => syncer.sync(requestOf(scope)),
    end: syncer.disconnect,
  };
  syncer.connect({ api: api as ApiConnection, stats, lb, missing: [], info });
  return driver;
}

function requestOf(scope: Parameters<DrivenVpp["sync"]>[0]) {
  const frontends = scope.kind === "all" ? "all" as const : new Set([scope.frontend]);
  return { frontends, withText: true };
}
