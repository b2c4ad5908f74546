import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { decodeStatusMessage, encodeStatusMessage } from "./status_message.ts";

Deno.test("a text is written in printable ASCII, the rest as octets behind %", () => {
  const cases: [text: string, header: string][] = [
    ["", ""],
    [`no backend "a~b"`, `no backend "a~b"`],
    ["100%", "100%25"],
    ["a\r\nb\0", "a%0D%0Ab%00"],
    ["é€😀", "%C3%A9%E2%82%AC%F0%9F%98%80"],
    ["\x7f", "%7F"],
  ];
  for (const [text, header] of cases) {
    assert.equal(encodeStatusMessage(text), header);
    assert.equal(decodeStatusMessage(header), text);
  }
});

Deno.test("a long text is cut", () => {
  assert.equal(encodeStatusMessage("x".repeat(5_000)), "x".repeat(1_024) + "%E2%80%A6");
  assert.equal(encodeStatusMessage("x".repeat(1_024)), "x".repeat(1_024));
});

Deno.test("every text comes back, and fits a header", () => {
  forSeeds(500, (random) => {
    const letters = ["a", "%", "%4", "%41", "é", "€", "😀", "\n", "\0", "\x7f", " "];
    const text = Array.from({ length: random.int(0, 50) }, () => random.pick(letters)).join("");
    const header = encodeStatusMessage(text);
    assert.match(header, /^[\x20-\x7e]*$/);
    assert.equal(decodeStatusMessage(header), text);
  });
});

Deno.test("what is no such text is taken as it is", () => {
  const cases: [header: string, text: string][] = [
    ["50% off", "50% off"],
    ["%", "%"],
    ["%4", "%4"],
    ["%zz%41", "%zzA"],
    ["%e2%82%ac", "€"],
    ["%ff", "�"],
    ["%E2%82", "�"],
    ["\xc3\xa9", "é"],
    ["%25%34%31", "%41"],
  ];
  for (const [header, text] of cases) assert.equal(decodeStatusMessage(header), text, header);
});
