/**
 * How long a caller waits, as gRPC says it: up to eight digits and a unit.
 *
 * @module
 */

const unitsMs: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 0.001,
  n: 0.000_001,
};

/** The milliseconds of a `grpc-timeout`; undefined = it is none. */
export function parseTimeout(text: string): number | undefined {
  const [, digits, unit = ""] = /^(\d{1,8})([HMSmun])$/.exec(text) ?? [];
  const unitMs = unitsMs[unit];
  return digits === undefined || unitMs === undefined ? undefined : Number(digits) * unitMs;
}

/** The `grpc-timeout` of some milliseconds. */
export function formatTimeout(ms: number): string {
  const whole = Math.max(1, Math.ceil(ms));
  return whole < 1e8 ? `${whole}m` : `${Math.min(99_999_999, Math.ceil(whole / 1000))}S`;
}
