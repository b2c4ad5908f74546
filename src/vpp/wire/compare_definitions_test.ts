import assert from "node:assert/strict";
import { readApiDefinitions } from "./api_definitions.ts";
import { compareDefinitions } from "./compare_definitions.ts";
import { fixture } from "./recording_fixture.ts";
import { messages } from "./registry.ts";

const texts = ["lb", "ip", "memclnt", "vlib", "vpe"].map((module) =>
  fixture(`api-json/${module}.api.json`)
);

/** The differences after one text in the definitions, space aside, was replaced by another. */
function differencesAfter(from: string, to: string): readonly string[] {
  const compact = texts.map((text) => JSON.stringify(JSON.parse(text)));
  assert(compact.some((text) => text.includes(from)), from);
  const changed = compact.map((text) => text.replaceAll(from, to));
  return compareDefinitions(messages, changed.map(readApiDefinitions));
}

Deno.test("all messages are declared as VPP defines them", () => {
  assert.deepEqual(compareDefinitions(messages, texts.map(readApiDefinitions)), []);
});

Deno.test("each way to differ is told apart", () => {
  const rows: [from: string, to: string, differences: string[]][] = [
    ['"crc":"0x2d89bdbd"', '"crc":"0x2d89bdbe"', [
      "lb_as_set_weight: its CRC is 2d89bdbe, declared 2d89bdbd",
    ]],
    ['["lb_flush_vip",', '["lb_flush",', ["lb_flush_vip: is not defined"]],
    ['["u32","vpe_pid"]', '["u32","pid"]', [
      "control_ping_reply: field 5 is u32 pid, declared u32 vpe_pid",
    ]],
    ['["u32","vpe_pid"]', '["u64","vpe_pid"]', [
      "control_ping_reply: field 5 is u64 vpe_pid, declared u32 vpe_pid",
    ]],
    ['["u32","vpe_pid"]', '["u32","vpe_pid"],["u8","extra"]', [
      "control_ping_reply: field 6 is u8 extra, declared nothing",
    ]],
    [',["u32","vpe_pid"]', "", [
      "control_ping_reply: field 5 is nothing, declared u32 vpe_pid",
    ]],
    ['["string","program",32]', '["string","program",64]', [
      "show_version_reply: field 4 is string program[64], declared string program[32]",
    ]],
    ['["string","cmd",0]', '["string","cmd",64]', [
      "cli_inband: field 4 is string cmd[64], declared string cmd[]",
    ]],
    ['"thread_data",0,"count"]', '"thread_data",0]', [
      "show_threads_reply: field 5 is vl_api_thread_data_t thread_data[], " +
      "declared vl_api_thread_data_t thread_data[count]",
    ]],
    ['["u8","src"],["vl_api_fib_path_t"', '["vl_api_fib_path_t"', [
      "vl_api_ip_route_v2_t: field 5 is vl_api_fib_path_t paths[n_paths], declared u8 src",
      "vl_api_ip_route_v2_t: field 6 is nothing, declared vl_api_fib_path_t paths[n_paths]",
    ]],
    ['["u8","ttl"]', '["u8","time"]', [
      "vl_api_fib_mpls_label_t: field 3 is u8 time, declared u8 ttl",
    ]],
    ['["LB_API_ENCAP_TYPE_GRE6",1]', '["LB_API_ENCAP_TYPE_GRE6",7]', [
      "vl_api_lb_encap_type_t: gre6 is 7, declared 1",
    ]],
    ['["IP_API_PROTO_RESERVED",255]', '["IP_API_PROTO_RESERVED",254]', [
      "vl_api_ip_proto_t: any is not defined, declared 255",
    ]],
    ['"timestamp":{"type":"f64"}', '"timestamp":{"type":"f32"}', [
      "show_vpe_system_time_reply: vl_api_timestamp_t vpe_system_time has NaN bytes, declared 8",
    ]],
  ];
  for (const [from, to, expected] of rows) {
    assert.deepEqual(differencesAfter(from, to), expected);
  }
});

Deno.test("a file that is no definition defines nothing", () => {
  for (const text of ["null", "[]", '{"messages":[[],null,["x"]],"types":7}']) {
    const differences = compareDefinitions(messages, [readApiDefinitions(text)]);
    assert.equal(differences.length, messages.length);
  }
});
