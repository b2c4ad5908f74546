import assert from "node:assert/strict";
import { output, type Sender } from "./output.ts";

/** A stream that has so many bytes of one letter to send, then trailers if it has some. */
function sender(letter: string, { length = Infinity, window = 1_000, trailers = () => {} } = {}) {
  let left = length;
  let isLocalEnded = false;
  const stream: Sender = {
    sendWindow: window,
    get isLocalEnded() {
      return isLocalEnded;
    },
    nextFrame(largest) {
      if (left === 0) {
        isLocalEnded = true;
        trailers();
        return undefined;
      }
      const size = Math.min(largest, left, stream.sendWindow);
      if (size <= 0) return undefined;
      left -= size;
      return { frame: new TextEncoder().encode(letter.repeat(size)), length: size };
    },
  };
  return stream;
}

/** An output that sends frames of at most ten bytes. */
function scene() {
  let calls = 0;
  const out = output(() => calls++);
  out.maxFrameSize = 10;
  return {
    out,
    write: (text: string, isReply = false) =>
      out.write(new TextEncoder().encode(text), { isReply }),
    take: (atMost: number) => new TextDecoder().decode(out.take(atMost)),
    get calls() {
      return calls;
    },
  };
}

Deno.test("nothing gives nothing", () => {
  assert.equal(scene().take(100), "");
});

Deno.test("what is urgent goes first, all of it", () => {
  const { out, write, take } = scene();
  out.schedule(sender("a", { length: 3 }));
  write("ping");
  write("settings");
  assert.equal(take(1), "pingsettings");
  assert.equal(take(100), "aaa");
});

Deno.test("each write and each turn is told", () => {
  const seen = scene();
  seen.write("x");
  seen.out.schedule(sender("a"));
  assert.equal(seen.calls, 2);
});

Deno.test("streams take turns, a frame each", () => {
  const { out, take } = scene();
  for (const letter of ["a", "b", "c"]) out.schedule(sender(letter, { length: 15 }));
  assert.equal(
    take(100),
    ["a", "b", "c"].map((each) => each.repeat(10)).join("") + "aaaaabbbbbccccc",
  );
});

Deno.test("a turn goes on where the last one stopped", () => {
  const { out, take } = scene();
  for (const letter of ["a", "b", "c"]) out.schedule(sender(letter));
  const taken = Array.from({ length: 6 }, () => take(1).at(0)).join("");
  assert.equal(taken, "abcabc");
});

Deno.test("who is scheduled again keeps their turn, and who is unscheduled loses it", () => {
  const { out, take } = scene();
  const [a, b] = [sender("a"), sender("b")];
  out.schedule(a);
  out.schedule(b);
  out.schedule(a);
  assert.equal(take(1).at(0), "a");
  out.unschedule(b);
  assert.equal(take(1).at(0), "a");
});

Deno.test("a stream sends as much as its window allows, and no more until it is scheduled", () => {
  const { out, take } = scene();
  const a = sender("a", { window: 12 });
  out.schedule(a);
  assert.equal(take(100), "a".repeat(12));
  assert.equal(a.sendWindow, 0);
  a.sendWindow = 3;
  assert.equal(take(100), "");
  out.schedule(a);
  assert.equal(take(100), "aaa");
});

Deno.test("all streams together send as much as the common window allows", () => {
  const { out, take } = scene();
  out.window = 25;
  for (const letter of ["a", "b"]) out.schedule(sender(letter));
  assert.equal(take(1_000), "a".repeat(10) + "b".repeat(10) + "aaaaa");
  assert.deepEqual([out.window, take(1_000)], [0, ""]);
});

Deno.test("while the common window is closed nobody loses their turn", () => {
  const { out, take } = scene();
  out.window = 0;
  const senders = ["a", "b", "c"].map((letter) => sender(letter, { length: 5 }));
  for (const each of senders) out.schedule(each);
  for (let count = 0; count < 3; count++) assert.equal(take(100), "");
  out.window = 100;
  assert.equal(take(100), "aaaaabbbbbccccc");
});

Deno.test("trailers go when the data is done, behind it, also where the window is closed", () => {
  const { out, write, take } = scene();
  out.window = 5;
  out.schedule(sender("a", { length: 5, trailers: () => write("[a ends]") }));
  out.schedule(sender("b", { length: 0, trailers: () => write("[b ends]") }));
  assert.equal(take(100), "aaaaa[b ends][a ends]");
  assert.equal(take(100), "");
});

Deno.test("a window that became negative lets nothing out", () => {
  const { out, take } = scene();
  out.schedule(sender("a", { window: -5 }));
  assert.equal(take(100), "");
});

Deno.test("replies are counted until they are taken", () => {
  const { out, write, take } = scene();
  write("not one");
  write("pong", true);
  write("ack", true);
  assert.equal(out.replies, 7);
  take(1);
  assert.equal(out.replies, 0);
});

Deno.test("about as much is taken as is asked for", () => {
  const { out, take } = scene();
  out.schedule(sender("a"));
  assert.deepEqual([take(1).length, take(25).length, take(30).length], [10, 30, 30]);
});
