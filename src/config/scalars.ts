/**
 * The scalars of the configuration file, and the rules that hold for each by itself.
 *
 * @module
 */
import { type Address, type Family, isLoopback, isMulticast, isUnspecified } from "./address.ts";
import { parseAddress } from "./address.ts";
import { type NameOptions, scalar, type Type } from "./declare.ts";
import { durationPattern, formatDuration, parseDuration } from "./duration.ts";
import { compileRegexp } from "./regexp.ts";

const quoted = "text because of its quotes; write it without them";

const booleans = new Map([
  ...["true", "yes", "on", "y"].map((word) => [word, true] as const),
  ...["false", "no", "off", "n"].map((word) => [word, false] as const),
]);

/** `true` and `false`, and the other spellings that YAML 1.1 and Go know. */
export const boolean: Type<boolean> = scalar({
  schema: { type: "boolean" },
  parse(text, isPlain) {
    const value = booleans.get(text.toLowerCase());
    if (value === undefined) return { problem: "not true or false" };
    return isPlain ? { value } : { problem: quoted };
  },
});

/** Bounds of a whole number, both inclusive. */
export interface IntegerOptions {
  readonly min: number;
  readonly max?: number;
  readonly isPowerOfTwo?: true;
}

/** A whole number, written without quotes. */
export function integer({ min, max = 2 ** 31 - 1, isPowerOfTwo }: IntegerOptions): Type<number> {
  const powers = Array.from({ length: 31 }, (_, exponent) => 2 ** exponent)
    .filter((power) => power >= min && power <= max);
  return scalar({
    schema: isPowerOfTwo ? { enum: powers } : { type: "integer", minimum: min, maximum: max },
    parse(text, isPlain) {
      const digits = text.replace(/^\+/, "").replaceAll("_", "");
      if (!/^(-?\d+|0x[\da-f]+|0o[0-7]+|0b[01]+)$/i.test(digits)) {
        return { problem: "not a whole number" };
      }
      return isPlain ? { value: Number(digits) } : { problem: quoted };
    },
    check(value) {
      if (value < min || value > max) {
        return max === 2 ** 31 - 1 ? `less than ${min}` : `not in ${min} … ${max}`;
      }
      return isPowerOfTwo && (value & (value - 1)) !== 0 ? "not a power of two" : null;
    },
  });
}

/** What a duration must satisfy. */
export interface DurationOptions {
  /** The shortest, in nanoseconds; absent = anything longer than nothing. */
  readonly minNs?: number;
  readonly maxNs?: number;
  readonly isWholeSeconds?: true;
}

/** A duration, read into nanoseconds. */
export function duration(options: DurationOptions): Type<number> {
  const { minNs, maxNs, isWholeSeconds } = options;
  return scalar({
    schema: { title: durationTitle(options), type: "string", pattern: durationPattern },
    parse: parseDuration,
    check(ns) {
      if (minNs === undefined && ns <= 0) return "not longer than 0s";
      if (ns < (minNs ?? 0) || ns > (maxNs ?? Infinity)) {
        const min = formatDuration(minNs ?? 0);
        return maxNs === undefined
          ? `less than ${min}`
          : `not in ${min} … ${formatDuration(maxNs)}`;
      }
      return isWholeSeconds && ns % 1e9 !== 0 ? "not a number of whole seconds" : null;
    },
  });
}

function durationTitle({ minNs, maxNs, isWholeSeconds }: DurationOptions): string {
  if (minNs === undefined) return "A duration longer than 0s";
  const range = maxNs === undefined
    ? ""
    : ` from ${formatDuration(minNs)} to ${formatDuration(maxNs)}`;
  return `A duration${range}${isWholeSeconds ? ", in whole seconds" : ""}`;
}

/** What an address must satisfy, beyond being neither unspecified nor multicast. */
export interface AddressOptions {
  readonly family?: Family;
  readonly refuseLoopback?: true;
}

/** An IP address of a host. */
export function address({ family, refuseLoopback }: AddressOptions): Type<Address> {
  const formats = [4, 6].filter((each) => family === undefined || each === family);
  return scalar({
    schema: {
      title: `An ${family === undefined ? "IP" : `IPv${family}`} address`,
      type: "string",
      anyOf: formats.map((each) => ({ format: `ipv${each}` })),
    },
    parse: parseAddress,
    check(value) {
      if (family !== undefined && value.family !== family) return `not an IPv${family} address`;
      if (isUnspecified(value)) return "the unspecified address";
      if (isMulticast(value)) return "a multicast address";
      return refuseLoopback && isLoopback(value) ? "a loopback address" : null;
    },
  });
}

/** Names that the operator chooses: of health checks, backends, frontends and pools. */
export const names: NameOptions = {
  schema: { type: "string", minLength: 1, maxLength: 64, pattern: "^[^\\s\\p{Cc}]*$" },
  check(name) {
    if (name === "") return "empty";
    if ([...name].length > 64) return "longer than 64 characters";
    return /[\s\p{Cc}]/u.test(name) ? "not free of white space and control characters" : null;
  },
};

/** A name by which something else is meant, or by which a pool is called. */
export const name: Type<string> = text({
  schema: { title: "A name", ...names.schema },
  check: names.check,
});

/** What a text must satisfy. */
export interface TextOptions {
  readonly schema?: { readonly [key: string]: unknown };
  readonly check?: (value: string) => string | null;
}

/** Any text, quoted or not. */
export function text({ schema = {}, check = () => null }: TextOptions): Type<string> {
  return scalar({
    schema: { title: "Any text", type: ["string", "number", "boolean"], ...schema },
    parse: (value) => ({ value }),
    check,
  });
}

/** The target of an HTTP request. */
export const requestTarget: Type<string> = text({
  schema: { title: "A path that begins with /", type: "string", pattern: "^/" },
  check(value) {
    if (!value.startsWith("/")) return "not a path that begins with /";
    return /^[!-~]*$/.test(value) ? null : "not plain ASCII; percent-encode what is not";
  },
});

/** The name of a host, or an address, with or without a port. */
export const hostName: Type<string> = text({
  schema: { title: "A name or an address, with or without a port" },
  check: (value) => /^[\w.:[\]-]{1,255}$/.test(value) ? null : "not the name of a host",
});

/** The name of a network namespace, or the path of its file. */
export const namespace: Type<string> = text({
  schema: { title: "A name, or an absolute path" },
  check(value) {
    // deno-lint-ignore no-control-regex -- the kernel takes any byte but this one.
    if (value === "" || /[\x00-\x1f]/.test(value)) return "not the name of a network namespace";
    const isName = !value.includes("/") && value !== "." && value !== "..";
    return isName || value.startsWith("/") ? null : "neither a name nor an absolute path";
  },
});

/** A range of HTTP status codes. */
export interface CodeRange {
  readonly min: number;
  readonly max: number;
}

/** `200`, or `200-204`. */
export const responseCode: Type<CodeRange> = scalar({
  schema: {
    title: "A code or min-max, from 100 to 599",
    type: ["integer", "string"],
    minimum: 100,
    maximum: 599,
    pattern: "^[1-5]\\d{2}(-[1-5]\\d{2})?$",
  },
  parse(text) {
    const [, min, max = min] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(text) ?? [];
    if (min === undefined) {
      return { problem: "not a status code such as 200, or a range as 200-204" };
    }
    return { value: { min: Number(min), max: Number(max) } };
  },
  check({ min, max }) {
    if (min < 100 || max > 599) return "not in 100 … 599";
    return min > max ? "a range that ends before it begins" : null;
  },
});

/** A regular expression in Go's syntax, which is kept as it was written. */
export const regexp: Type<string> = text({
  schema: { title: "A regular expression in Go's syntax", type: "string" },
  check(value) {
    const compiled = compileRegexp(value);
    return "problem" in compiled ? compiled.problem : null;
  },
});
