import assert from "node:assert/strict";
import { IOVEC, MMSGHDR, MSGHDR, SCM_RIGHTS, SOL_SOCKET } from "./layout.ts";
import { controlLength, holdsControl, messages, putControl } from "./message.ts";

/** A part of a message as the kernel finds it: where it begins and how long it may be. */
function partsOf(headers: Uint8Array<ArrayBuffer>, index: number): [number, number][] {
  const whole = new DataView(headers.buffer);
  const start = Deno.UnsafePointer.value(Deno.UnsafePointer.of(new Uint8Array(headers.buffer)));
  const header = index * MMSGHDR.bytes;
  const follow = (at: number) => Number(whole.getBigUint64(at, true) - start);
  const number = (at: number) => Number(whole.getBigUint64(at, true));
  const iovec = follow(header + MSGHDR.iovec);
  assert.equal(number(header + MSGHDR.iovecCount), 1);
  return [
    [follow(header + MSGHDR.name), whole.getUint32(header + MSGHDR.nameLength, true)],
    [follow(iovec + IOVEC.base), number(iovec + IOVEC.length)],
    [follow(header + MSGHDR.control), number(header + MSGHDR.controlLength)],
  ];
}

Deno.test("the kernel finds each part where it is, with the length last set", () => {
  const sizes = { name: 28, data: 77, control: 36 };
  const { headers, each } = messages(3, sizes);
  each.forEach((message, index) => {
    const parts = [message.name, message.data, message.control];
    const places = parts.map(({ bytes }) => bytes.byteOffset);
    assert.deepEqual(partsOf(headers, index), [[places[0], 28], [places[1], 77], [places[2], 36]]);
    assert.deepEqual(parts.map(({ view }) => view.byteOffset), places);
    message.prepare({ name: 16, data: 0, control: 20 });
    assert.deepEqual(partsOf(headers, index).map(([, length]) => length), [16, 0, 20]);
    message.prepare(sizes);
    assert(places.every((place) => place % 8 === 0));
  });
});

Deno.test("no part of one message is part of another", () => {
  const { headers, each } = messages(4, { name: 5, data: 9, control: 17 });
  const owners = new Set<number>();
  for (const { header, name, data, control } of each) {
    for (const { byteOffset, length } of [header, name.bytes, data.bytes, control.bytes]) {
      for (let place = byteOffset; place < byteOffset + length; place++) {
        assert(!owners.has(place));
        owners.add(place);
        assert(place < headers.buffer.byteLength);
      }
    }
  }
});

Deno.test("a control message is found if it is whole and of the kind wanted", () => {
  const rights = { level: SOL_SOCKET, type: SCM_RIGHTS };
  const { control } = messages(1, { name: 0, data: 0, control: 32 }).each[0];
  assert.equal(holdsControl(control, 32, rights, 4), false, "nothing there");
  putControl(control, rights, 4);
  assert.equal(controlLength(4), 20);
  assert.equal(holdsControl(control, 20, rights, 4), true);
  assert.equal(holdsControl(control, 24, rights, 4), true, "with padding");
  assert.equal(holdsControl(control, 19, rights, 4), false, "left over from before");
  assert.equal(holdsControl(control, 0, rights, 4), false, "left over from before");
  assert.equal(holdsControl(control, 32, rights, 8), false, "another length");
  assert.equal(holdsControl(control, 32, { ...rights, type: 2 }, 4), false, "another type");
  assert.equal(holdsControl(control, 32, { ...rights, level: 0 }, 4), false, "another level");
});
