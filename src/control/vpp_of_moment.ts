/**
 * The VPP of the moment, or why there is none to ask.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { describeAge } from "../health/mod.ts";
import type { ConnectedVpp, Controller } from "../lb/mod.ts";
import { RpcError } from "../rpc/status.ts";
import { ApiError } from "../vpp/api/mod.ts";
import { type LbClient, LbError, LbTextError } from "../vpp/lb/mod.ts";

/** What the API needs of a VPP. */
export type VppOfMoment = Pick<ConnectedVpp, "info" | "lb" | "missing">;

/** What the API needs of the controller. */
export interface DrivenVpp extends
  Pick<
    Controller,
    "absence" | "silentSince" | "warmUp" | "counters" | "readLive" | "plan" | "sync"
  > {
  readonly vpp: VppOfMoment | null;
}

/** What is looked at to find a VPP. */
export interface VppOptions {
  readonly controller: DrivenVpp | null;
  readonly clock: Clock;
}

/** A VPP and who drives it. */
export interface FoundVpp {
  readonly controller: DrivenVpp;
  readonly vpp: VppOfMoment;
}

/**
 * The VPP that is connected.
 *
 * @throws {RpcError} There is none, and its text says why.
 */
export function connectedVpp({ controller, clock }: VppOptions): FoundVpp {
  if (controller === null) {
    throw new RpcError("UNAVAILABLE", "the daemon runs without VPP: --vpp-api-addr is empty");
  }
  const { vpp } = controller;
  if (vpp === null) throw new RpcError("UNAVAILABLE", describeAbsence(controller, clock));
  return { controller, vpp };
}

/** One line about a VPP that is not connected. */
export function describeAbsence(
  { absence }: Pick<Controller, "absence">,
  clock: Pick<Clock, "now">,
): string {
  if (absence === null) return "not connected to VPP";
  return `not connected to VPP for ${describeAge(clock.now() - absence.since)}: ${absence.reason}`;
}

/**
 * The VPP that is connected and can be driven.
 *
 * @throws {RpcError} There is none, and its text says why.
 */
export function drivenVpp(options: VppOptions): FoundVpp & { readonly lb: LbClient } {
  const found = connectedVpp(options);
  const { lb, missing } = found.vpp;
  if (lb !== null) return { ...found, lb };
  const reason = `the lb plugin of this VPP cannot be used: ${missing.join(", ")}`;
  throw new RpcError("UNAVAILABLE", reason);
}

/**
 * The VPP that can be driven and, as far as is known, answers.
 *
 * @throws {RpcError} There is none, and its text says why.
 */
export function answeringVpp(options: VppOptions): ReturnType<typeof drivenVpp> {
  const found = drivenVpp(options);
  const silence = describeSilence(found.controller, options.clock);
  if (silence === null) return found;
  throw new RpcError("UNAVAILABLE", silence);
}

/** One line about a VPP that is connected and does not respond; null where it does. */
export function describeSilence(
  { silentSince }: Pick<Controller, "silentSince">,
  clock: Pick<Clock, "now">,
): string | null {
  if (silentSince === null) return null;
  return `VPP has not responded for ${describeAge(clock.now() - silentSince)}`;
}

/** Whether an error says something about VPP, and nothing about this program. */
export function isOfVpp(error: unknown): error is Error {
  return error instanceof ApiError || error instanceof LbError || error instanceof LbTextError;
}
