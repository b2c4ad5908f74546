/**
 * Small texts in files, flags and headers: durations, addresses, timeouts, messages of a status.
 *
 * @module
 */

import assert from "node:assert/strict";
import { formatDuration, parseAddress, parseDuration } from "../../src/config/mod.ts";
import { formatTimeout, parseTimeout } from "../../src/rpc/timeout.ts";
import { decodeStatusMessage, encodeStatusMessage } from "../../src/rpc/status_message.ts";
import { textMutations } from "./mutate.ts";
import { bytesOf, type FuzzTarget, textOf } from "./target.ts";

const units = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"];

/** Durations as Go writes them. */
export const durations: FuzzTarget = {
  name: "durations",
  corpus: ["2s", "1m30s", "-1.5h", "+.5s", "0", "200ms", "1h0m0.000000001s", "5"].map(bytesOf),
  mutations: textMutations(units),
  invent(random) {
    const digits = () =>
      "0123456789"[random.int(0, 9)]?.repeat(random.pick([0, 1, 3, 20, 500])) ?? "";
    const part = () => `${digits()}${random.pick(["", "."])}${digits()}${random.pick(units)}`;
    const parts = random.chance(0.002)
      ? `1${random.pick(units)}`.repeat(random.pick([10_000, 1_000_000]))
      : Array.from({ length: random.pick([1, 2, 5, 50]) }, part).join("");
    return bytesOf(random.pick(["", "-", "+"]) + parts);
  },
  mostBytes: 4_000_000,
  tries: 1_500,
  run(input) {
    const text = textOf(input);
    const parsed = parseDuration(text);
    if ("problem" in parsed) return parsed.problem;
    const { value } = parsed;
    assert.ok(Number.isSafeInteger(value) && !Object.is(value, -0));
    const written = formatDuration(value);
    assert.deepEqual(parseDuration(written), { value }, written);
    return value;
  },
};

/** IP addresses. */
export const addresses: FuzzTarget = {
  name: "addresses",
  corpus: ["192.0.2.1", "2001:db8::1", "::", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8", "fe80::1%eth0"]
    .map(bytesOf),
  mutations: textMutations(["::", "ffff", "255", "256", "%", "."]),
  tries: 4_000,
  run(input) {
    const parsed = parseAddress(textOf(input));
    if ("problem" in parsed) return parsed.problem;
    assert.deepEqual(parseAddress(parsed.value.text), parsed);
    return parsed.value;
  },
};

/** What gRPC has in headers. */
export const callHeaders: FuzzTarget = {
  name: "call-headers",
  corpus: ["5S", "99999999H", "100m", "not found: %22web1%22", "%e2%82%ac", "%"].map(bytesOf),
  mutations: textMutations(["%", "%25", "%ff", "H", "M", "S", "m", "u", "n"]),
  tries: 4_000,
  run(input) {
    const text = textOf(input);
    const timeoutMs = parseTimeout(text);
    if (timeoutMs !== undefined) {
      assert.ok(timeoutMs >= 0);
      const again = parseTimeout(formatTimeout(timeoutMs));
      assert.ok(again !== undefined, formatTimeout(timeoutMs));
    }
    const encoded = encodeStatusMessage(text);
    assert.match(encoded, /^[ -~]*$/);
    if (text.length <= 1_024) {
      assert.equal(decodeStatusMessage(encoded), text.replace(/^\ufeff/, ""));
    }
    const decoded = decodeStatusMessage(text);
    assert.ok(decoded.length <= text.length);
    return [timeoutMs, decoded];
  },
};
