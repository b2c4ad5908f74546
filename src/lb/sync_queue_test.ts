import assert from "node:assert/strict";
import { virtualClock } from "../clock.ts";
import { syncQueue, type SyncRequest } from "./sync_queue.ts";

/** A request for `all`, or for the frontends `a b`. */
function request(text: string, withText = false): SyncRequest {
  return { frontends: text === "all" ? "all" : new Set(text.split(" ")), withText };
}

function textOf({ frontends, withText }: SyncRequest): string {
  return `${frontends === "all" ? "all" : [...frontends].join(" ")}${withText ? " text" : ""}`;
}

/** A queue whose runs last 10 ms each, and give what they were asked for. */
function slowQueue() {
  const clock = virtualClock();
  const begun: string[] = [];
  let running = 0;
  const queue = syncQueue(async (request) => {
    assert.equal(++running, 1, "one at a time");
    const run = textOf(request);
    begun.push(run);
    await clock.sleep(10);
    running--;
    return run;
  });
  return { clock, begun, queue };
}

Deno.test("what is asked for at once is one run", async () => {
  const { clock, begun, queue } = slowQueue();
  const asked = [request("a"), request("b a"), request("c")].map(queue.add);
  assert.ok(queue.isBusy());
  await clock.advance(10);
  assert.deepEqual(await Promise.all(asked), ["a b c", "a b c", "a b c"]);
  assert.deepEqual(begun, ["a b c"]);
  assert.equal(queue.isBusy(), false);
});

Deno.test("what is asked for during a run is one more run, with all of it", async () => {
  const { clock, begun, queue } = slowQueue();
  const first = queue.add(request("a"));
  await clock.advance(5);
  const later = [request("a"), request("b"), request("c")].map(queue.add);
  await clock.advance(5);
  assert.equal(await first, "a");
  await clock.advance(10);
  assert.deepEqual(await Promise.all(later), ["a b c", "a b c", "a b c"]);
  assert.deepEqual(begun, ["a", "a b c"]);
});

Deno.test("everything includes the single frontends, and who wants the text gets it", async () => {
  for (
    const [one, other, expected] of [
      [request("a"), request("all"), "all"],
      [request("all"), request("a"), "all"],
      [request("all"), request("all"), "all"],
      [request("a", true), request("b"), "a b text"],
      [request("a"), request("all", true), "all text"],
      [request("all", true), request("a"), "all text"],
    ] as const
  ) {
    const { clock, begun, queue } = slowQueue();
    queue.add(one);
    queue.add(other);
    await clock.advance(10);
    assert.deepEqual(begun, [expected]);
  }
});

Deno.test("after a rest a run begins again, one for each time that is asked", async () => {
  const { clock, begun, queue } = slowQueue();
  for (let turn = 0; turn < 3; turn++) {
    const asked = queue.add(request(`${turn}`));
    await clock.advance(10);
    assert.equal(await asked, `${turn}`);
    assert.equal(queue.isBusy(), false);
  }
  assert.deepEqual(begun, ["0", "1", "2"]);
});

Deno.test("who asks as soon as an answer comes is answered as well", async () => {
  const { clock, begun, queue } = slowQueue();
  const chained = queue.add(request("a")).then(() => queue.add(request("b")));
  await clock.advance(10);
  await clock.advance(10);
  assert.equal(await chained, "b");
  assert.deepEqual(begun, ["a", "b"]);
});

Deno.test("a request is not changed by those that join it", async () => {
  const { clock, queue } = slowQueue();
  const first = request("a");
  queue.add(first);
  queue.add(request("b"));
  await clock.advance(10);
  assert.equal(textOf(first), "a");
});
