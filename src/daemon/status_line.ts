/**
 * How the daemon is, in one line for people.
 *
 * @module
 */

/** What the line tells of. */
export interface StatusParts {
  readonly checker: {
    backends(): Iterable<{ readonly health: { readonly state: string } }>;
  };
  /** Null where there is no VPP to drive. */
  readonly controller: {
    readonly vpp: { readonly lb: object | null } | null;
    readonly warmUp: { readonly phase: string };
  } | null;
}

/** `12 of 14 backends up, VPP connected, warm-up over` */
export function statusLine({ checker, controller }: StatusParts): string {
  let up = 0;
  let all = 0;
  for (const { health: { state } } of checker.backends()) {
    all++;
    if (state === "up") up++;
  }
  const backends = `${up} of ${all} backend${all === 1 ? "" : "s"} up`;
  if (controller === null) return `${backends}, without VPP`;
  const { vpp, warmUp } = controller;
  return `${backends}, VPP ${vppState(vpp)}, warm-up ${warmUp.phase}`;
}

function vppState(vpp: { readonly lb: object | null } | null): string {
  if (vpp === null) return "not connected";
  return vpp.lb === null ? "connected without a usable lb plugin" : "connected";
}
