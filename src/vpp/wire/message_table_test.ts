import assert from "node:assert/strict";
import { decode } from "./codec.ts";
import { controlPing, sockclntCreate } from "./core_messages.ts";
import { lbAsSetWeight, lbAsV2Dump, lbConfGet } from "./lb_messages.ts";
import type { AnyMessage } from "./message.ts";
import { checkTable, messageTable } from "./message_table.ts";
import { recorded, recording } from "./recording_fixture.ts";
import { messages } from "./registry.ts";

const recordedTable = messageTable(
  decode(sockclntCreate.reply, recorded(sockclntCreate.reply).bytes),
);

/** The recorded table without some messages, and with others under another CRC. */
function tableWith({ without = [], renamed = [] }: {
  readonly without?: readonly string[];
  readonly renamed?: readonly string[];
}) {
  return new Map(
    [...recordedTable].filter(([key]) => !without.includes(key))
      .map(([key, id]): [string, number] => [
        renamed.includes(key) ? key.replace(/[0-9a-f]{8}$/, "deadbeef") : key,
        id,
      ]),
  );
}

function texts(table: ReadonlyMap<string, number>, wanted: readonly AnyMessage[]): string[] {
  return checkTable(table, wanted).map(({ text }) => text);
}

Deno.test("the table has the ids under which the messages were then sent", () => {
  assert.equal(recordedTable.size, 873);
  assert.equal(recordedTable.get("lb_as_set_weight_2d89bdbd"), 101);
  for (const { message, bytes } of recording) {
    assert.equal(
      recordedTable.get(message.key),
      (bytes[0] ?? 0) << 8 | (bytes[1] ?? 0),
      message.key,
    );
  }
});

Deno.test("a VPP of today has all that is declared", () => {
  assert.deepEqual(checkTable(recordedTable, messages), []);
});

Deno.test("a message that is not there is missing", () => {
  const table = tableWith({ without: [lbConfGet.key, lbConfGet.reply.key] });
  assert.deepEqual(checkTable(table, [controlPing, lbConfGet]), [
    {
      kind: "missing",
      message: "lb_conf_get",
      text: "VPP has no message lb_conf_get: its plugin is not loaded, or this release lacks it",
    },
    {
      kind: "missing",
      message: "lb_conf_get_reply",
      text:
        "VPP has no message lb_conf_get_reply: its plugin is not loaded, or this release lacks it",
    },
  ]);
});

Deno.test("a message that is there under another CRC has another layout", () => {
  const table = tableWith({ renamed: [lbAsSetWeight.key] });
  assert.deepEqual(checkTable(table, [lbAsSetWeight]), [{
    kind: "other-layout",
    message: "lb_as_set_weight",
    text: "VPP's message lb_as_set_weight has other fields than are known here: " +
      "it is lb_as_set_weight_deadbeef, not lb_as_set_weight_2d89bdbd",
  }]);
});

Deno.test("the answers are wanted with the requests", () => {
  const table = tableWith({ renamed: [lbAsV2Dump.details.key] });
  assert.equal(texts(table, [lbAsV2Dump]).length, 1);
  assert.equal(texts(table, [lbAsSetWeight]).length, 0);
});

Deno.test("a message whose name begins like another one is not taken for it", () => {
  const table = new Map([["lb_conf_get_51077d14", 1], ["lb_conf_get_reply_923427ac", 2]]);
  const [finding] = checkTable(table, messages.filter(({ name }) => name === "lb_conf"));
  assert.equal(finding?.kind, "missing");
});
