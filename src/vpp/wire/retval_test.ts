import assert from "node:assert/strict";
import { retvalName } from "./retval.ts";

Deno.test("a retval has VPP's name for it", () => {
  const rows: [retval: number, name: string][] = [
    [0, "OK"],
    [-1, "UNSPECIFIED"],
    [-2, "INVALID_SW_IF_INDEX"],
    [-3, "NO_SUCH_FIB"],
    [-6, "NO_SUCH_ENTRY"],
    [-7, "INVALID_VALUE"],
    [-70, "INVALID_MEMORY_SIZE"],
    [-73, "INVALID_ARGUMENT"],
    [-81, "VALUE_EXIST"],
    [-97, "INVALID_ADDRESS_FAMILY"],
    [-165, "EAGAIN"],
    [-171, "INVALID_PREFIX_LENGTH"],
  ];
  for (const [retval, name] of rows) assert.equal(retvalName(retval), name);
});

Deno.test("a retval that is not known is its number", () => {
  assert.equal(retvalName(-21), "-21");
  assert.equal(retvalName(-999), "-999");
  assert.equal(retvalName(1), "1");
});
