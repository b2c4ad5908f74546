import assert from "node:assert/strict";
import * as core from "./core_messages.ts";
import * as ip from "./ip_messages.ts";
import * as lb from "./lb_messages.ts";
import { withAnswer } from "./message.ts";
import { messages, messagesByKey, messagesByName } from "./registry.ts";

/** What VPP's own structures measure, lists and texts empty. */
const sizes: readonly [name: string, bytes: number][] = [
  ["sockclnt_create", 70],
  ["sockclnt_create_reply", 20],
  ["sockclnt_delete", 14],
  ["sockclnt_delete_reply", 10],
  ["control_ping", 10],
  ["control_ping_reply", 18],
  ["memclnt_keepalive", 10],
  ["memclnt_keepalive_reply", 10],
  ["show_version", 10],
  ["show_version_reply", 362],
  ["show_vpe_system_time", 10],
  ["show_vpe_system_time_reply", 18],
  ["show_threads", 10],
  ["show_threads_reply", 14],
  ["cli_inband", 14],
  ["cli_inband_reply", 14],
  ["api_versions", 10],
  ["api_versions_reply", 14],
  ["get_first_msg_id", 74],
  ["get_first_msg_id_reply", 12],
  ["get_api_json", 10],
  ["get_api_json_reply", 14],
  ["ip_route_lookup", 33],
  ["ip_route_lookup_reply", 37],
  ["ip_route_lookup_v2", 33],
  ["ip_route_lookup_v2_reply", 38],
  ["lb_conf", 38],
  ["lb_conf_reply", 10],
  ["lb_conf_get", 10],
  ["lb_conf_get_reply", 38],
  ["lb_add_del_vip", 49],
  ["lb_add_del_vip_reply", 10],
  ["lb_add_del_vip_v2", 50],
  ["lb_add_del_vip_v2_reply", 10],
  ["lb_add_del_as", 50],
  ["lb_add_del_as_reply", 10],
  ["lb_add_del_as_v2", 51],
  ["lb_add_del_as_v2_reply", 10],
  ["lb_as_set_weight", 50],
  ["lb_as_set_weight_reply", 10],
  ["lb_flush_vip", 31],
  ["lb_flush_vip_reply", 10],
  ["lb_vip_dump", 33],
  ["lb_vip_details", 40],
  ["lb_as_dump", 31],
  ["lb_as_details", 49],
  ["lb_as_v2_dump", 31],
  ["lb_as_v2_details", 54],
];

Deno.test("each message takes the bytes that it takes in VPP", () => {
  const declared = messages.map((
    { name, header, body },
  ) => [name, 2 + 4 * header.length + body.size]);
  assert.deepEqual(declared, sizes);
});

Deno.test("every message that is declared is registered, with what answers it", () => {
  const declared = Object.values({ ...core, ...ip, ...lb }).flatMap((each) =>
    "key" in each ? withAnswer(each) : []
  );
  assert.deepEqual(new Set(messages), new Set(declared));
});

Deno.test("no two messages have the same name", () => {
  assert.equal(messagesByName.size, messages.length);
  assert.equal(messagesByKey.size, messages.length);
});

Deno.test("a message is found by its name, and by its name and CRC", () => {
  assert.equal(messagesByName.get("lb_vip_details"), lb.lbVipDump.details);
  assert.equal(messagesByKey.get("lb_vip_details_1329ec9b"), lb.lbVipDump.details);
  assert.equal(messagesByKey.get("lb_vip_details_00000000"), undefined);
});
