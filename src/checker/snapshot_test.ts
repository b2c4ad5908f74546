import assert from "node:assert/strict";
import { presentState } from "./event.ts";
import { type Subject, subjectsOf, takeSnapshot } from "./snapshot.ts";
import { inWords, testChecker } from "./testing.ts";

/** Subjects of a checker that does nothing any more. */
function someSubjects() {
  const { checker } = testChecker();
  checker.stop();
  return subjectsOf(checker.backends(), checker.frontends());
}

function namesTold(kinds: readonly ("backend" | "frontend" | "log")[]): readonly string[] {
  const snapshot = takeSnapshot(someSubjects(), new Set(kinds));
  const told: string[] = [];
  while (!snapshot.isTold) {
    const state = snapshot.next();
    if (state !== undefined) told.push(...inWords([{ sequence: 1, at: 0, ...state }]));
  }
  assert.equal(snapshot.next(), undefined);
  return told.map((line) => line.split(" ")[1] ?? "");
}

Deno.test("a snapshot tells backends, then frontends, as far as they are wanted", () => {
  const backends = ["web1", "web2", "web3", "sorry"];
  const frontends = ["www", "api"];
  assert.deepEqual(namesTold(["backend", "frontend", "log"]), [...backends, ...frontends]);
  assert.deepEqual(namesTold(["backend"]), backends);
  assert.deepEqual(namesTold(["frontend"]), frontends);
  assert.deepEqual(namesTold(["log"]), []);
});

Deno.test("a snapshot keeps one state of what it still has to tell, and nothing else", () => {
  const subjects = someSubjects();
  const snapshot = takeSnapshot(subjects, new Set(["backend"]));
  const [web1, web2, , , www] = subjects.list;
  assert.ok(web1 !== undefined && web2 !== undefined && www !== undefined);
  snapshot.next();
  const stranger: Subject = { ...web2 };
  const awaited = () => [web1, web2, www, stranger].map(snapshot.awaits);
  assert.deepEqual(awaited(), [false, true, false, false]);
  const kept = presentState(web2);
  snapshot.keep(web2, kept);
  assert.deepEqual(awaited(), [false, false, false, false]);
  assert.equal(snapshot.next(), kept);
});
