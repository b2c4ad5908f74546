/**
 * How long a health check looks for its expression in a body of 1 KiB, beside JavaScript's own search,
 * which decodes the body first and knows no limit.
 *
 * @module
 */

import { seeded } from "../../tests/seeded.ts";
import { compileRegexp } from "./regexp.ts";

const body = new TextEncoder().encode(
  `{"checks":[${'{"name":"db","ms":12},'.repeat(44)}{}],"status": "ok"}`,
);
const decoder = new TextDecoder();

const expressions: readonly (readonly [source: string, reference: RegExp])[] = [
  ['"status":\\s*"ok"', /"status":\s*"ok"/],
  ["healthy|ready", /healthy|ready/],
  ["(?i)<title>.*shop", /<title>.*shop/i],
];

for (const [source, reference] of expressions) {
  const compiled = compileRegexp(source);
  if ("problem" in compiled) throw new Error(compiled.problem);
  const regexp = compiled.value;

  Deno.bench(`regexp: ${source} in 1 KiB`, () => {
    regexp.match(body);
  });

  Deno.bench(`JavaScript: ${source} in 1 KiB`, () => {
    reference.test(decoder.decode(body));
  });
}

const random = seeded(1);
const bits = Uint8Array.from({ length: 65_536 }, () => random.int(0x30, 0x31));
const nasty = compileRegexp("1[01]{300}2");

Deno.bench("regexp: 1[01]{300}2 in 64 KiB of bits, which is cut off", () => {
  if ("value" in nasty) nasty.value.match(bits);
});
