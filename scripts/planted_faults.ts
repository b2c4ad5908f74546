/**
 * The faults with which `scripts/check-mutations` checks the tests: each is one that is easily made,
 * small, and bad for a user.
 *
 * @module
 */

import type { Fault } from "./fault.ts";

const health: readonly Fault[] = [
  {
    file: "src/health/backend.ts",
    text: "isSameServer && isServing(health) && entered",
    replacement: "isSameServer && entered",
    harm: "Another health check sends traffic to a server that is down.",
  },
  {
    file: "src/health/counter.ts",
    text: "return counter >= rise;",
    replacement: "return counter > rise;",
    harm: "A backend needs one pass more than it was told to, and goes down one fail early.",
  },
  {
    file: "src/health/counter.ts",
    text: "return ok ? next : 0;",
    replacement: "return next;",
    harm: "A backend that went down is up again after one pass, whatever its rise is.",
  },
  {
    file: "src/health/pools.ts",
    text: "pools.findIndex((",
    replacement: "pools.findLastIndex((",
    harm: "The standby pool serves while the primary one is healthy.",
  },
  {
    file: "src/health/pools.ts",
    text: '(state === "down" && flushOnDown)',
    replacement: 'state === "down"',
    harm: "Flows are cut when a backend goes down although the frontend wants them drained.",
  },
  {
    file: "src/health/interval.ts",
    text: "return counter === 0 ? downInterval : fastInterval;",
    replacement: "return counter === 0 ? fastInterval : downInterval;",
    harm: "A backend that begins to fail, or recovers, is probed at the slowest pace.",
  },
  {
    file: "src/health/backend.ts",
    text: "health.override?.under ?? null",
    replacement: "null",
    harm: "Resuming a backend forgets who enabled it against the file.",
  },
  {
    file: "src/health/weight_override.ts",
    text: "=== override.inFile",
    replacement: "!== undefined",
    harm: "A weight that is new in the file never holds, as an old one of an operator hides it.",
  },
];

const config: readonly Fault[] = [
  {
    file: "src/config/duration.ts",
    text: 'padStart(String(unit).length - 1, "0")',
    replacement: 'padStart(String(unit).length - 2, "0")',
    harm: "An interval of 1.001s is shown as 1.01s.",
  },
  {
    file: "src/config/rules.ts",
    text: "lb.startupMaxDelay >= lb.startupMinDelay",
    replacement: "lb.startupMaxDelay > lb.startupMinDelay",
    harm: "A file whose two delays are equal is refused, and so is one without a warm-up.",
    tests: "src/config/check_test.ts",
  },
  {
    file: "src/config/diff.ts",
    text: "if (check === undefined) return { address };",
    replacement: "if (check === undefined) return {};",
    harm: "A static backend that moves to another address is taken to be the same one.",
  },
  {
    file: "src/config/diff.ts",
    text: ", netns: config.healthchecker.netns }",
    replacement: " }",
    harm: "After a reload with another namespace, probes go on in the old one.",
  },
];

const lb: readonly Fault[] = [
  {
    file: "src/lb/plan_vip.ts",
    text: 'action.to > action.from ? "1" : "2"',
    replacement: 'action.to > action.from ? "2" : "1"',
    harm: "At a failover a VIP has no backend for a moment: the old ones go before the new come.",
    tests: "src/lb/plan_test.ts",
  },
  {
    file: "src/lb/plan.ts",
    text: "|| length !== wanted.prefix.length",
    replacement: "",
    harm: "A new VIP waits for the next full sync because of one of another prefix.",
  },
  {
    file: "src/lb/desired.ts",
    text: "ases[0]?.address.family ?? address.family",
    replacement: "address.family",
    harm: "An IPv4 VIP with IPv6 backends is made with an encapsulation that VPP refuses.",
  },
  {
    file: "src/lb/shares.ts",
    text: "replica >= share.weight || left === 0",
    replacement: "replica > share.weight || left === 0",
    harm: "Shares that are shown are not those of VPP's table.",
  },
  {
    file: "src/lb/moved_buckets.ts",
    text: "Math.max(0, buckets)",
    replacement: "Math.abs(buckets)",
    harm: "A dry run says that twice as many flows have to move as do.",
  },
  {
    file: "src/lb/table_hash.ts",
    text: "(low > 0xffffffff ? 1 : 0)",
    replacement: "0",
    harm: "Tables that are computed differ from VPP's in every other bucket.",
  },
  {
    file: "src/lb/apply_order.ts",
    text: "action.to <= action.from",
    replacement: "action.to < action.from",
    harm:
      "Flows are cut, without a change of weight, before the backend that replaces theirs is there.",
  },
  {
    file: "src/lb/warm_up.ts",
    text: "!isKnown && (isFirst || isNew)",
    replacement: "!isKnown",
    harm: "A frontend that was released is held back again when one of its backends changes.",
  },
  {
    file: "src/lb/retry_delay.ts",
    text: "result.lastedMs >= heldMs",
    replacement: "result.lastedMs < heldMs",
    harm: "A VPP that closes each connection at once is connected to without a pause.",
  },
];

const checkerAndWire: readonly Fault[] = [
  {
    file: "src/checker/schedule.ts",
    text: "Math.max(nowMs, startedMs + waitMs)",
    replacement: "nowMs + waitMs",
    harm: "Probes of slow servers start later than their interval says.",
  },
  {
    file: "src/vpp/wire/codec.ts",
    text: 'message.kind === "request" || message.kind === "dump"',
    replacement: 'message.kind === "request"',
    harm: "A dump may be larger than VPP takes.",
  },
  {
    file: "src/vpp/wire/frame.ts",
    text: "larger.set(this.#buffer.subarray(0, this.#buffered));",
    replacement: "",
    harm: "A long answer of VPP that comes in pieces begins with zeros.",
  },
  {
    file: "src/vpp/wire/strings.ts",
    text: "return reader.bytes.slice(from, from + length);",
    replacement: "return reader.bytes.subarray(from, from + length);",
    harm: "What VPP said changes when its next answer arrives.",
  },
];

const http2: readonly Fault[] = [
  {
    file: "src/http2/hpack/huffman.ts",
    text: "if (state > 7)",
    replacement: "if (state > 6)",
    harm: "A client whose header ends in seven bits of padding loses its connection.",
  },
  {
    file: "src/http2/hpack/decoder.ts",
    text: "if (listSize <= maxListSize) headers.push(header);",
    replacement: "if (listSize > maxListSize) break;\n        headers.push(header);",
    harm: "After one call with too many headers, those of later calls are mixed up.",
  },
  {
    file: "src/http2/session.ts",
    text: "connectionWindow.giveBack(length);\n      if (streams.endOf",
    replacement: "if (streams.endOf",
    harm:
      "Each call that is ended early narrows the connection's window, until nothing can be sent.",
    tests: "src/http2/flow_control_test.ts",
  },
  {
    file: "src/http2/stream.ts",
    text: "(announced -= bytes.length) < 0",
    replacement: "(announced -= bytes.length) <= 0",
    harm: "A call that announces its length is refused.",
    tests: "src/http2/session_test.ts",
  },
];

const cli: readonly Fault[] = [
  {
    file: "src/cli/match.ts",
    text: "!goesOn || place.rest.length > 0",
    replacement: "true",
    harm: "The line `sh backends` is said to be ambiguous, because of `shell`.",
  },
  {
    file: "src/cli/follow.ts",
    text: "filter(({ rest }) => isFinal(rest))",
    replacement: "filter(({ rest }) => rest.length === 0)",
    harm: "Help does not say that a line may end where something optional may follow.",
  },
];

/** All of them, by room. */
export const plantedFaults: readonly Fault[] = [
  ...health,
  ...config,
  ...lb,
  ...checkerAndWire,
  ...http2,
  ...cli,
];
