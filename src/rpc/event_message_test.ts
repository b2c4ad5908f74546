import assert from "node:assert/strict";
import { eventMessage, type ToldEvent } from "./event_message.ts";
import { Event } from "./maglev_pb.ts";

const stamp = { sequence: 9, at: 2 };
const transition = { from: "up", to: "up", at: 1 };
const shown = { from: "up", to: "up", atUnixNs: 1_000_000n, cause: "", detail: "" };
const counts = { added: 1, changed: 2, removed: 3 };
const place = { frontend: "www", pool: "main", backend: "web1" };
const summary = {
  ...{ healthchecks: counts, backends: counts, frontends: counts, settings: 1, restarted: 2 },
};

Deno.test("each kind of event is told under its own name", () => {
  const cases: [ToldEvent, Partial<Event>][] = [
    [{ ...stamp, kind: "backend", backend: "web1", frontends: ["www"], transition }, {
      backend: { backendName: "web1", transition: shown, frontendNames: ["www"] },
    }],
    [{ ...stamp, kind: "frontend", frontend: "www", transition }, {
      frontend: { frontendName: "www", transition: shown },
    }],
    [{ ...stamp, kind: "weight", place, from: 100, to: 0, by: "::1" }, {
      weight: {
        ...{ frontendName: "www", poolName: "main", backendName: "web1", from: 100, to: 0 },
        by: "::1",
      },
    }],
    [{ ...stamp, kind: "reload", summary }, { reload: summary }],
    [{ ...stamp, kind: "lost", count: 3 }, { lost: { count: 3n } }],
    [
      {
        ...stamp,
        kind: "log",
        record: {
          ...{ at: 1, level: "warn", msg: "vpp-lost" },
          attributes: { path: "/run/vpp", tries: 3, ok: false, none: null, list: [1, "a"] },
        },
      },
      {
        log: {
          atUnixNs: 1_000_000n,
          level: "warn",
          msg: "vpp-lost",
          attrs: [
            { key: "path", value: "/run/vpp" },
            { key: "tries", value: "3" },
            { key: "ok", value: "false" },
            { key: "none", value: "null" },
            { key: "list", value: '[1,"a"]' },
          ],
        },
      },
    ],
  ];
  for (const [event, expected] of cases) {
    const told = Event.decode(Event.encode(eventMessage(event)));
    assert.deepEqual(told, { ...expected, sequence: 9n, atUnixNs: 2_000_000n });
  }
});
