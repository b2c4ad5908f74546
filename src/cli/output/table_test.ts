import assert from "node:assert/strict";
import { formatTable } from "./table.ts";

Deno.test("columns line up, numbers at their right", () => {
  const rows = [["address", "weight", ""], ["10.0.0.1", "100", ""], ["größer", "5", "lingers"]];
  assert.deepEqual(formatTable(rows, ["left", "right", "left"]), [
    "address   weight",
    "10.0.0.1     100",
    "größer         5  lingers",
  ]);
  assert.deepEqual(formatTable([], ["left"]), []);
});
