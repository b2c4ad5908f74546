import assert from "node:assert/strict";
import { virtualClock } from "../../clock.ts";
import { plainStyle } from "../output/style.ts";
import type { BackendMoment } from "./backend_moment.ts";
import { easyPace } from "./pace.ts";
import { openScreen } from "./screen.ts";
import type { Site } from "./site.ts";
import type { Step } from "./story.ts";
import { type Telling, tellStory } from "./tell_story.ts";

/** A story told at a terminal or elsewhere, about one backend whose packets increase by the second. */
function telling({ isOutputTerminal = false } = {}) {
  const clock = virtualClock();
  const printed: string[] = [];
  const stop = new AbortController();
  const look = (): Promise<readonly BackendMoment[]> => {
    const packetsPerSecond = Math.floor(clock.monotonic() / 1_000);
    const app1 = { name: "app1", pool: "primary", state: "up", weight: 1, share: 1, flows: 0 };
    return Promise.resolve([{ ...app1, packetsPerSecond }]);
  };
  const print = (text: string) => printed.push(text) > 0;
  const told: Telling = {
    site: { look } as Site,
    screen: openScreen({ print, isOutputTerminal, onGone: () => stop.abort() }),
    ...{ style: plainStyle, pace: easyPace, clock, signal: stop.signal },
    run: (line) => Promise.resolve([`ran ${line}`]),
  };
  return { told, clock, printed, stop };
}

const reaches = (packets: number): Step => ({
  text: [`There are ${packets} packets.`],
  hasHappened: ({ app1 }) => app1.packetsPerSecond >= packets,
});

Deno.test("a step goes on when it has happened, and was seen long enough", async () => {
  const { told, clock, printed } = telling();
  const whole = tellStory([reaches(12), { ...reaches(13), command: "set that" }], told);
  await clock.advance(11_999);
  assert.ok(!printed.join("\n").includes("2. "));
  await clock.advance(1);
  assert.match(printed.join("\n"), /^\n1\. There are 12 packets\.\n\n.*packets\/s\n.* 12\n\n2\. /);
  assert.match(printed.join("\n"), /\$ maglev set that\n {3}ran set that\n/);
  await clock.advance(easyPace.stepMs);
  assert.equal(await whole, undefined);
  assert.equal(clock.pending, 0);
});

Deno.test("a step that does not happen ends the story", async () => {
  const { told, clock, printed } = telling();
  const [first, never, last] = [reaches(0), reaches(1_000), reaches(1)];
  const whole = tellStory([first, never, last], told);
  await clock.advance(easyPace.stepMs + easyPace.patienceMs);
  assert.deepEqual(await whole, { step: never });
  assert.ok(!printed.join("\n").includes("3. "));
});

Deno.test("a story is broken off at once", async () => {
  const { told, clock, stop } = telling();
  const whole = tellStory([reaches(1_000)], told);
  await clock.advance(1_000);
  stop.abort();
  await assert.rejects(whole, (error) => error === stop.signal.reason);
  assert.equal(clock.pending, 0);
});

Deno.test("on a terminal a table is drawn over the one before when it is another", async () => {
  const { told, clock, printed, stop } = telling({ isOutputTerminal: true });
  const whole = tellStory([reaches(1_000)], told);
  await clock.advance(2_500);
  stop.abort();
  await assert.rejects(whole);
  const drawn = printed.filter((text) => text.includes("packets/s"));
  assert.deepEqual(drawn.map((text) => text.startsWith("\u001b[2A\u001b[J")), [false, true, true]);
});
