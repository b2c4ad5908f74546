import assert from "node:assert/strict";
import { lineWriter } from "./line_writer.ts";

/** A writer that takes at most so many bytes at a time, and the text that it got. */
function slowWriter(most: number) {
  const taken: number[] = [];
  const writeSync = (bytes: Uint8Array) => {
    taken.push(...bytes.subarray(0, most));
    return Math.min(most, bytes.length);
  };
  return { writeSync, text: () => new TextDecoder().decode(new Uint8Array(taken)) };
}

Deno.test("a line is written whole, however little the writer takes at a time", () => {
  for (const most of [1, 2, 3, 7, 1000]) {
    const writer = slowWriter(most);
    const write = lineWriter(writer);
    for (const line of ["first", "", "zweitens: größer 🦕"]) write(line);
    assert.equal(writer.text(), "first\n\nzweitens: größer 🦕\n", `${most} bytes at a time`);
  }
});

Deno.test("a writer whose reader has gone is left alone for good", () => {
  let calls = 0;
  const write = lineWriter({
    writeSync: () => {
      if (++calls === 1) return 1;
      throw new Deno.errors.BrokenPipe("Broken pipe");
    },
  });
  write("first");
  write("second");
  assert.equal(calls, 2);
});

Deno.test("a writer that fails otherwise, or takes nothing, is an error each time", () => {
  const full = lineWriter({
    writeSync: () => {
      throw new Error("no space left on device");
    },
  });
  const stuck = lineWriter({ writeSync: () => 0 });
  for (let time = 0; time < 2; time++) {
    assert.throws(() => full("line"), /no space left/);
    assert.throws(() => stuck("line"), /takes no more bytes/);
  }
});
